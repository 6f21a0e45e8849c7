package oriel.win32;

import java.time.Duration;
import java.util.List;
import oriel.driver.DriverException;
import oriel.win32.raw.DebugApi;
import oriel.win32.raw.Failures;

/** Ways to end a process that may not want to. */
public final class Termination {
    private static final int TIMEOUT = 258;

    /** How. */
    public enum Way {
        /** At once; its code has no say. */
        TERMINATE("TerminateProcess"),
        /** By ExitProcess on a new thread, so that its libraries are told. */
        EXIT("ExitProcess in the process"),
        /** By a debugger that attaches and ends, which takes its debuggee along. */
        DEBUGGER("a debugger that ended");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    private Termination() {}

    /**
     * Tries ways one after the other until the process has ended.
     *
     * @param exitCode that it ends with; a debugger cannot choose
     * @param patience how long to wait for each way
     * @return the way that ended it
     * @throws DriverException why the last way failed
     */
    public static Way end(WindowsProcess process, List<Way> ways, int exitCode, Duration patience) {
        DriverException failure =
                new DriverException("end of process " + process.processId(), TIMEOUT, "No way.");
        for (Way way : ways) {
            try {
                switch (way) {
                    case TERMINATE -> process.kill(exitCode);
                    case EXIT -> process.exitCleanly(exitCode, patience);
                    case DEBUGGER -> byDebugger(process);
                }
                if (process.await(patience)) {
                    return way;
                }
                failure =
                        new DriverException(
                                way.words(),
                                TIMEOUT,
                                "The process has not ended after " + patience.toMillis() + " ms.");
            } catch (DriverException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Windows ends a debuggee with the thread that attached to it. */
    private static void byDebugger(WindowsProcess process) {
        var failure = new DriverException[1];
        var debugger =
                new Thread(
                        () -> {
                            if (!DebugApi.DebugActiveProcess((int) process.processId())) {
                                failure[0] =
                                        Failures.last("DebugActiveProcess " + process.processId());
                                return;
                            }
                            DebugApi.DebugSetProcessKillOnExit(true);
                        });
        debugger.start();
        try {
            debugger.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
