package oriel.format.pe;

/**
 * An image that can be read by rva: a file through {@link PeImage#read}, or a mapped one through
 * the memory of a target. Function tables and unwind data are read through this, without copying
 * them first.
 */
@FunctionalInterface
public interface ImageBytes {
    /**
     * Reads up to {@code length} bytes, stopping at the first that is not there.
     *
     * @return bytes read, 0 when the first one is not there; never negative
     */
    int read(long rva, byte[] into, int offset, int length);
}
