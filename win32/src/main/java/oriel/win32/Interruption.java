package oriel.win32;

/** Stops a process that is to stop with its next event, when none comes soon. */
final class Interruption extends Thread {
    private static final long PATIENCE_MILLIS = 100;

    private final DebuggedProcess process;
    private final Runnable breakIn;

    Interruption(DebuggedProcess process, Runnable breakIn) {
        super("oriel-interrupt-" + process.processId());
        setDaemon(true);
        this.process = process;
        this.breakIn = breakIn;
    }

    @Override
    public void run() {
        try {
            sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            // Then at once.
            interrupt();
        }
        if (process.takeInterrupt()) {
            breakIn.run();
        }
    }
}
