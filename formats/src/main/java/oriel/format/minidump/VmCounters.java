package oriel.format.minidump;

import java.util.OptionalLong;
import oriel.bytes.Bytes;

/**
 * Memory use of the process in bytes: MINIDUMP_PROCESS_VM_COUNTERS_1 and _2.
 *
 * @param revision 1 or 2
 * @param pageFaults number of page faults
 * @param peakWorkingSet most of the following
 * @param workingSet memory in RAM
 * @param pagedPool kernel paged pool charged to it
 * @param nonPagedPool kernel non-paged pool charged to it
 * @param pagefile committed memory
 * @param peakPagefile most of it
 * @param privateUsage private committed memory
 * @param peakVirtualSize most of the following
 * @param virtualSize address space in use
 * @param privateWorkingSet private memory in RAM
 * @param sharedCommit shared committed memory
 */
public record VmCounters(
        int revision,
        long pageFaults,
        long peakWorkingSet,
        long workingSet,
        long pagedPool,
        long nonPagedPool,
        long pagefile,
        long peakPagefile,
        OptionalLong privateUsage,
        OptionalLong peakVirtualSize,
        OptionalLong virtualSize,
        OptionalLong privateWorkingSet,
        OptionalLong sharedCommit) {
    private static final int VIRTUAL_SIZE = 2;
    private static final int EX = 4;
    private static final int EX2 = 8;

    static VmCounters read(Bytes in) {
        int revision = in.u16(0);
        boolean second = revision >= 2;
        int flags = second ? in.u16(2) : 0;
        return new VmCounters(
                revision,
                in.u32(4),
                in.u64(8),
                in.u64(16),
                in.u64(32),
                in.u64(48),
                in.u64(56),
                in.u64(64),
                second ? when(flags & (EX | EX2), in, 88) : when(1, in, 72),
                when(flags & VIRTUAL_SIZE, in, 72),
                when(flags & VIRTUAL_SIZE, in, 80),
                when(flags & EX2, in, 96),
                when(flags & EX2, in, 104));
    }

    private static OptionalLong when(int flag, Bytes in, long offset) {
        return flag != 0 && in.contains(offset, 8)
                ? OptionalLong.of(in.u64(offset))
                : OptionalLong.empty();
    }
}
