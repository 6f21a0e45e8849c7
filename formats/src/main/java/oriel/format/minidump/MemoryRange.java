package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * Bytes of the process that are in the file: MINIDUMP_MEMORY_DESCRIPTOR.
 *
 * @param va address of the first one
 * @param sizeBytes number of bytes, not negative
 * @param fileOffset where they are
 */
public record MemoryRange(long va, long sizeBytes, long fileOffset) {
    static final int SIZE = 16;

    static MemoryRange read(Bytes in) {
        return new MemoryRange(in.u64(0), in.u32(8), in.u32(12));
    }
}
