package oriel.app.console;

import java.util.concurrent.TimeUnit;

/**
 * Whom Ctrl-C is for: the commands of the line that was sent last, or nobody while a line is waited
 * for. For any thread.
 */
final class Interrupts {
    private Runnable action = () -> {};
    private Runnable forget = () -> {};
    private long wanted;
    private long come;
    private boolean gone;

    /**
     * @param interrupt what ends the commands of a line
     * @param forgotten what is done when a line is over, whose interrupt may have come too late
     */
    synchronized void on(Runnable interrupt, Runnable forgotten) {
        action = interrupt;
        forget = forgotten;
    }

    /** A line is wanted: what is pressed from now on is not for the one before. */
    synchronized void waitForLine() {
        wanted++;
        forget.run();
        if (gone) {
            press();
        }
    }

    /** A line has come, or its beginning: what is pressed from now on is for it. */
    synchronized void lineComes() {
        come++;
        notifyAll();
    }

    private boolean isWaiting() {
        return come < wanted;
    }

    /** Ctrl-C; whether it was for a line. */
    synchronized boolean press() {
        boolean meant = !isWaiting();
        if (meant) {
            action.run();
        }
        return meant;
    }

    /** The same, for a line besides that comes so soon that it was on its way already. */
    synchronized boolean press(long patienceMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        for (long left = 1; isWaiting() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return press();
    }

    /** Nobody is there any more who could stop what runs: each line that has come is stopped. */
    synchronized void leave() {
        gone = true;
        press();
    }
}
