package oriel.app.cli;

import java.io.PrintStream;

/**
 * A bar on the error stream that shows how far long work is. Draws nothing unless the stream is a
 * terminal, nothing in the first half second, and at most ten times a second. Safe for any thread.
 */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long FIRST_NANOS = 500_000_000;
    private static final long EVERY_NANOS = 100_000_000;

    private final PrintStream err;
    private final boolean visible;
    private final String what;
    private final long total;
    private final long start = System.nanoTime();
    private long nextDraw = start + FIRST_NANOS;
    private int drawn;

    /**
     * @param what a word or two on the work
     * @param total what {@link #at} will reach
     */
    Progress(Console console, String what, long total) {
        this.err = console.err();
        this.visible = console.errIsTerminal();
        this.what = what;
        this.total = Math.max(1, total);
    }

    /** Says how much is done. */
    synchronized void at(long done) {
        if (!visible || System.nanoTime() - nextDraw < 0) {
            return;
        }
        nextDraw = System.nanoTime() + EVERY_NANOS;
        double share = Math.min(1, Math.max(0, (double) done / total));
        int full = (int) (share * WIDTH);
        var text = new StringBuilder("\r");
        text.append(what).append(" [");
        text.append("#".repeat(full)).append(" ".repeat(WIDTH - full)).append("] ");
        text.append((int) (share * 100)).append(" %");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        if (share > 0.02 && seconds > 1) {
            text.append(", ").append((long) (seconds / share - seconds)).append(" s left  ");
        }
        drawn = Math.max(drawn, text.length());
        err.print(text);
        err.flush();
    }

    /** Wipes the bar, so that a line can be printed in its place. */
    synchronized void clear() {
        if (drawn > 0) {
            err.print("\r" + " ".repeat(drawn) + "\r");
            err.flush();
            drawn = 0;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
