package oriel.format.userdump;

import oriel.bytes.Bytes;

/**
 * The header: USERMODE_CRASHDUMP_HEADER32 or 64. Offsets are file offsets, 0 for parts that are not
 * there.
 *
 * @param is64 whether pointers have 8 bytes
 * @param majorVersion of the writer
 * @param minorVersion of the writer
 * @param machine IMAGE_FILE_MACHINE_*
 * @param threadCount number of threads
 * @param moduleCount number of modules
 * @param regionCount number of memory regions
 * @param contextsOffset ThreadOffset: a CONTEXT for each thread
 * @param modulesOffset the modules
 * @param dataOffset the bytes of the regions, one behind the other
 * @param regionsOffset MEMORY_BASIC_INFORMATION of each region
 * @param debugEventOffset the DEBUG_EVENT for which the dump was written
 * @param threadsOffset ThreadStateOffset: CRASH_THREAD of each thread
 * @param versionOffset CRASHDUMP_VERSION_INFO
 */
public record UserDumpHeader(
        boolean is64,
        long majorVersion,
        long minorVersion,
        int machine,
        long threadCount,
        long moduleCount,
        long regionCount,
        long contextsOffset,
        long modulesOffset,
        long dataOffset,
        long regionsOffset,
        long debugEventOffset,
        long threadsOffset,
        long versionOffset) {
    static UserDumpHeader read(Bytes in, boolean is64) {
        long[] offsets = new long[7];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = is64 ? in.u64(32 + 8L * i) : in.u32(32 + 4L * i);
        }
        return new UserDumpHeader(
                is64,
                in.u32(8),
                in.u32(12),
                in.u16(16),
                in.u32(20),
                in.u32(24),
                in.u32(28),
                offsets[0],
                offsets[1],
                offsets[2],
                offsets[3],
                offsets[4],
                offsets[5],
                offsets[6]);
    }
}
