package oriel.win32;

/**
 * A thread as the system listed it. It may be gone by now.
 *
 * @param threadId unsigned 32 bits
 * @param processId process it belongs to
 * @param startVa where it began, as far as the system tells
 * @param priority current priority
 * @param basePriority priority without boosts
 * @param state KTHREAD_STATE: 2 running, 5 waiting
 * @param waitReason KWAIT_REASON, when waiting: 5 suspended, 6 user request
 */
public record ThreadEntry(
        long threadId,
        long processId,
        long startVa,
        int priority,
        int basePriority,
        int state,
        int waitReason) {}
