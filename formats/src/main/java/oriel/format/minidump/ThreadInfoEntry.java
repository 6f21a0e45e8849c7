package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * What a thread did so far: MINIDUMP_THREAD_INFO.
 *
 * @param threadId unsigned 32 bits
 * @param dumpFlags what went wrong when it was dumped, a bit each
 * @param dumpError HRESULT of that
 * @param exitStatus STILL_ACTIVE (259) while it runs
 * @param createTime 100 ns units since 1601; 0 when not known
 * @param exitTime 100 ns units since 1601; 0 while it runs
 * @param kernelTime 100 ns units
 * @param userTime 100 ns units
 * @param startVa address of its function
 * @param affinity bit set of processors
 */
public record ThreadInfoEntry(
        long threadId,
        long dumpFlags,
        long dumpError,
        long exitStatus,
        long createTime,
        long exitTime,
        long kernelTime,
        long userTime,
        long startVa,
        long affinity) {
    static final int SIZE = 64;

    /** The thread could not be dumped without error. */
    public static final int ERROR_THREAD = 1;

    /** The thread wrote the dump. */
    public static final int WRITING_THREAD = 2;

    /** The thread had ended. */
    public static final int EXITED_THREAD = 4;

    /** Times, start and affinity are not known. */
    public static final int INVALID_INFO = 8;

    /** The context is not valid. */
    public static final int INVALID_CONTEXT = 16;

    /** The thread environment block could not be read. */
    public static final int INVALID_TEB = 32;

    static ThreadInfoEntry read(Bytes in) {
        return new ThreadInfoEntry(
                in.u32(0),
                in.u32(4),
                in.u32(8),
                in.u32(12),
                in.u64(16),
                in.u64(24),
                in.u64(32),
                in.u64(40),
                in.u64(48),
                in.u64(56));
    }

    /** Whether times, start address and affinity are known. */
    public boolean isValid() {
        return (dumpFlags & INVALID_INFO) == 0;
    }
}
