package oriel.model;

/** A physical address space: a type of its own, so that the two spaces cannot be mixed up. */
@FunctionalInterface
public interface PhysicalMemory {
    /**
     * Reads up to {@code length} bytes, stopping at the first that is not there.
     *
     * @return bytes read, 0 when the first one is not there; never negative
     */
    int read(long pa, byte[] into, int offset, int length);
}
