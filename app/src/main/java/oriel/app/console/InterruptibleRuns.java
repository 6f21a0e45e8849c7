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
        return during(() -> moved(motion));
    }

    private Halt moved(Motion motion) {
        Halt halt = target.move(motion);
        while (isLeftOver(motion)) {
            halt = target.move(new Motion(Motion.Way.GO, motion.until()));
        }
        return halt;
    }

    /** Whether the run that is under way, or was the last one, is to stop. For any thread. */
    synchronized boolean isWanted() {
        return wanted;
    }

    /** Whether an interrupt stopped a run that was asked for during another one. */
    private boolean isLeftOver(Motion motion) {
        boolean goes =
                switch (motion.way()) {
                    case GO, GO_HANDLED, GO_NOT_HANDLED -> true;
                    case INTO, OVER, OUT -> false;
                };
        return goes && !isWanted() && target.wasOnlyInterrupted();
    }

    /** Does something that lets the target run. */
    <T> T during(Supplier<T> run) {
        begin();
        try {
            return run.get();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        target.forgetInterrupt();
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
