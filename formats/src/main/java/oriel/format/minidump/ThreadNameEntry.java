package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * The name of a thread: MINIDUMP_THREAD_NAME.
 *
 * @param threadId unsigned 32 bits
 * @param nameOffset file offset of a string
 */
public record ThreadNameEntry(long threadId, long nameOffset) {
    static final int SIZE = 12;

    static ThreadNameEntry read(Bytes in) {
        return new ThreadNameEntry(in.u32(0), in.u64(4));
    }
}
