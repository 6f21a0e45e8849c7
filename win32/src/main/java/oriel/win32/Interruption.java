package oriel.win32;

import java.util.function.BooleanSupplier;

/**
 * Stops a process that is to stop with its next event, when none comes for a while. That is how
 * processes are stopped under Wine. There a thread of the process starts the thread that breaks in;
 * one that has just raised an exception for the debugger does it in its signal handler, and the new
 * thread inherits that no further SIGTRAP may come: its breakpoint ends the process, with exit code
 * 1. {@code WidthsLiveTest.attachesBreaksInAndLetsGo} did so on one processor.
 */
final class Interruption extends Thread {
    private static final long PATIENCE_NANOS = 250_000_000;
    private static final long STEP_MILLIS = 20;

    private final DebuggedProcess process;
    private final BooleanSupplier awaiting;
    private final Runnable breakIn;

    /**
     * Stops a process once it wants that ({@link DebuggedProcess#wantInterrupt}).
     *
     * @param awaiting whether the debugger waits for an event, so that none is in line
     * @param breakIn how to stop a process that has no events
     */
    Interruption(DebuggedProcess process, BooleanSupplier awaiting, Runnable breakIn) {
        super("oriel-interrupt-" + process.processId());
        setDaemon(true);
        this.process = process;
        this.awaiting = awaiting;
        this.breakIn = breakIn;
    }

    @Override
    public void run() {
        try {
            while (process.wantsInterrupt() && !process.isDead()) {
                if (awaiting.getAsBoolean() && process.quietNanos() >= PATIENCE_NANOS) {
                    if (process.takeInterrupt()) {
                        breakIn.run();
                    }
                    return;
                }
                sleep(STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            // Nobody does that; the next event will do.
            interrupt();
        }
    }
}
