package oriel.triage.finding;

/**
 * A thread waits for something that another thread has to give.
 *
 * @param threadId who waits
 * @param ownerId whom it waits for
 * @param key what it waits for: the address of a lock, or a handle
 * @param what the same in words, e.g. {@code the critical section app!lock}
 * @param owned how the other one has it: owns it, is it
 */
record Wait(long threadId, long ownerId, long key, String what, String owned) {
    /** {@code thread 8 waits for the critical section app!lock, which thread 9 owns}. */
    String shown() {
        return "thread " + threadId + " waits for " + what + ", which thread " + ownerId + owned;
    }
}
