package oriel.engine.emulate;

/** Takes what an emulated instruction stores. */
@FunctionalInterface
public interface MemoryWriter {
    /**
     * Writes all of the bytes, or none.
     *
     * @param va address of the first
     * @return whether they were written; if not, the instruction counts as not executed
     */
    boolean write(long va, byte[] bytes);
}
