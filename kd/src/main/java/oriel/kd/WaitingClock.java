package oriel.kd;

/**
 * Time that was spent waiting for a line. A program that was held up, or a computer that slept, has
 * not waited meanwhile: what came is not read yet, and nobody is to be given up for it. Asked after
 * each wait. For one thread.
 */
final class WaitingClock {
    /** No wait for a line takes longer. */
    private static final long LONGEST = 500_000_000L;

    private long passed;
    private long askedAt = System.nanoTime();

    /** Nanoseconds spent waiting since this clock began. */
    long now() {
        long now = System.nanoTime();
        passed += Math.min(now - askedAt, LONGEST);
        askedAt = now;
        return passed;
    }
}
