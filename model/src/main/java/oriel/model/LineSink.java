package oriel.model;

/** Takes where the code of source lines begins. */
@FunctionalInterface
public interface LineSink {
    /**
     * Takes one piece of code.
     *
     * @param line of the source file, from 1
     * @param address where its code begins, as the giver counts addresses
     */
    void accept(int line, long address);
}
