package oriel.app.console;

import java.util.function.Supplier;

/**
 * Lets a target run so that no interrupt is lost and none is left over. One that comes while
 * commands are done and the target stands stops it when they let it run; one that came too late for
 * the run it was meant for stops no other. For one thread, except {@link #interrupt}.
 */
final class InterruptibleRuns {
    private final ConsoleTarget target;
    private boolean running;
    private boolean kept;
    private boolean wanted;
    private boolean going;

    InterruptibleRuns(ConsoleTarget target) {
        this.target = target;
    }

    /** Stops the run that is under way, or the next one of the same commands. For any thread. */
    synchronized void interrupt() {
        wanted = running;
        kept = !running;
        if (running) {
            target.interrupt();
        }
    }

    /** Other commands begin, to which an interrupt of before does not matter. */
    synchronized void forget() {
        kept = false;
    }

    /** Moves the target. */
    Halt move(Motion motion) {
        boolean goes =
                switch (motion.way()) {
                    case GO, GO_HANDLED, GO_NOT_HANDLED -> true;
                    case INTO, OVER, OUT -> false;
                };
        return during(goes, () -> moved(motion));
    }

    private Halt moved(Motion motion) {
        Halt halt = target.move(motion);
        while (passesInterruptsOver() && target.wasOnlyInterrupted()) {
            halt = target.move(new Motion(Motion.Way.GO, motion.until()));
        }
        return halt;
    }

    /**
     * Whether the run that is under way, or was the last one, goes on when an interrupt stops it:
     * that was asked for during another one. A step does not go on; it would have to be taken from
     * where it was stopped. For any thread.
     */
    synchronized boolean passesInterruptsOver() {
        return going && !wanted;
    }

    /** Does something else that lets the target run. */
    <T> T letRun(Supplier<T> run) {
        return during(false, run);
    }

    private <T> T during(boolean goes, Supplier<T> run) {
        begin(goes);
        try {
            return run.get();
        } finally {
            end();
        }
    }

    private synchronized void begin(boolean goes) {
        target.forgetInterrupt();
        going = goes;
        running = true;
        wanted = kept;
        kept = false;
        if (wanted) {
            target.interrupt();
        }
    }

    private synchronized void end() {
        running = false;
    }
}
