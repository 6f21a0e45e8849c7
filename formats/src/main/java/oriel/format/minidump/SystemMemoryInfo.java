package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;

/**
 * Memory of the machine: the parts of MINIDUMP_SYSTEM_MEMORY_INFO_1 that say something about a
 * crash; the further performance counters are in {@code counters}.
 *
 * @param revision of the structure, 1
 * @param flags which parts hold
 * @param pageSizeBytes size of a page
 * @param physicalPages pages of RAM
 * @param allocationGranularityBytes alignment of allocations
 * @param minimumUserVa lowest address of programs
 * @param maximumUserVa highest address of programs
 * @param processors number of processors
 * @param commit use of RAM and page files, when the flags say so
 * @param counters MINIDUMP_SYSTEM_PERFORMANCE_INFORMATION
 */
public record SystemMemoryInfo(
        int revision,
        int flags,
        long pageSizeBytes,
        long physicalPages,
        long allocationGranularityBytes,
        long minimumUserVa,
        long maximumUserVa,
        long processors,
        Optional<Commit> commit,
        Bytes counters) {
    private static final int BASIC_PERFORMANCE = 2;
    private static final int COUNTERS = 148;

    /**
     * Use of memory, in pages.
     *
     * @param available free
     * @param committed promised to programs
     * @param limit the most that can be promised
     * @param peak the most that ever was
     */
    public record Commit(long available, long committed, long limit, long peak) {}

    static SystemMemoryInfo read(Bytes in) {
        int flags = in.u16(2);
        Optional<Commit> commit = Optional.empty();
        if ((flags & BASIC_PERFORMANCE) != 0) {
            commit = Optional.of(new Commit(in.u64(116), in.u64(124), in.u64(132), in.u64(140)));
        }
        return new SystemMemoryInfo(
                in.u16(0),
                flags,
                in.u32(8),
                in.u32(12),
                in.u32(24),
                in.u64(28),
                in.u64(36),
                in.u32(52),
                commit,
                in.size() > COUNTERS ? in.from(COUNTERS) : in.slice(0, 0));
    }
}
