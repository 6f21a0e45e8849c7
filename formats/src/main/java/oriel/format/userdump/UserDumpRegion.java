package oriel.format.userdump;

/**
 * A run of pages, and its bytes: MEMORY_BASIC_INFORMATION32 or 64.
 *
 * @param va first address
 * @param allocationVa first address of the allocation
 * @param allocationProtection PAGE_* at allocation
 * @param sizeBytes number of bytes
 * @param state MEM_COMMIT, MEM_RESERVE or MEM_FREE
 * @param protection PAGE_* now
 * @param type MEM_IMAGE, MEM_MAPPED or MEM_PRIVATE
 * @param fileOffset where its bytes are; -1 when they were left out
 */
public record UserDumpRegion(
        long va,
        long allocationVa,
        long allocationProtection,
        long sizeBytes,
        long state,
        long protection,
        long type,
        long fileOffset) {}
