package oriel.format.userdump;

import oriel.bytes.Bytes;

/**
 * A thread: CRASH_THREAD32 or 64, and its CONTEXT.
 *
 * @param threadId unsigned 32 bits
 * @param suspendCount how often it is suspended
 * @param priorityClass of its process
 * @param priority base priority, signed
 * @param tebVa address of the thread environment block
 * @param context its registers; empty when the file does not hold them
 */
public record UserDumpThread(
        long threadId,
        long suspendCount,
        long priorityClass,
        int priority,
        long tebVa,
        Bytes context) {}
