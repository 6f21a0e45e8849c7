package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * A run of pages as VirtualQuery tells: MINIDUMP_MEMORY_INFO.
 *
 * @param va first address
 * @param allocationVa first address of the allocation
 * @param allocationProtection PAGE_* at allocation
 * @param sizeBytes number of bytes, unsigned 64 bits
 * @param state MEM_COMMIT, MEM_RESERVE or MEM_FREE
 * @param protection PAGE_* now
 * @param type MEM_IMAGE, MEM_MAPPED or MEM_PRIVATE
 */
public record MemoryInfoEntry(
        long va,
        long allocationVa,
        long allocationProtection,
        long sizeBytes,
        long state,
        long protection,
        long type) {
    static final int SIZE = 48;

    static MemoryInfoEntry read(Bytes in) {
        return new MemoryInfoEntry(
                in.u64(0), in.u64(8), in.u32(16), in.u64(24), in.u32(32), in.u32(36), in.u32(40));
    }
}
