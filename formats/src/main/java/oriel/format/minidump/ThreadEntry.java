package oriel.format.minidump;

import oriel.bytes.Bytes;
import oriel.model.AddressRange;

/**
 * A thread: MINIDUMP_THREAD, or the part of MINIDUMP_THREAD_EX that is the same.
 *
 * @param threadId unsigned 32 bits
 * @param suspendCount unsigned 32 bits; some writers put ffffffff for "not known"
 * @param priorityClass of its process
 * @param priority base priority, signed
 * @param tebVa address of the thread environment block; 0 when not known
 * @param stackVa where the stack in {@code stack} lies in the process
 * @param stack the stack's bytes; empty in dumps of all memory, which list them there
 * @param context the CONTEXT's bytes
 */
public record ThreadEntry(
        long threadId,
        long suspendCount,
        long priorityClass,
        int priority,
        long tebVa,
        long stackVa,
        Location stack,
        Location context) {
    static final int SIZE = 48;
    static final int EX_SIZE = 64;

    static ThreadEntry read(Bytes in) {
        return new ThreadEntry(
                in.u32(0),
                in.u32(4),
                in.u32(8),
                in.s32(12),
                in.u64(16),
                in.u64(24),
                Location.read(in, 32),
                Location.read(in, 40));
    }

    /** The stack as a range of addresses. */
    public AddressRange stackRange() {
        return new AddressRange(stackVa, stack.sizeBytes());
    }
}
