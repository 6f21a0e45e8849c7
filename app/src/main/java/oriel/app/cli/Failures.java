package oriel.app.cli;

import java.io.IOException;
import oriel.driver.DriverException;
import oriel.win32.ProcessEntry;

/**
 * Keeps a command going over several processes when one of them cannot be opened or has ended. With
 * one process alone the failure is that of the command.
 */
final class Failures {
    private final Console console;
    private final int total;
    private int failed;

    /** What is done with a process. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    Failures(Console console, int total) {
        this.console = console;
        this.total = total;
    }

    void guard(ProcessEntry entry, Work work) throws IOException {
        try {
            work.run();
        } catch (DriverException e) {
            if (total == 1) {
                throw e;
            }
            failed++;
            console.out().flush();
            console.err()
                    .println(
                            "oriel: "
                                    + entry.name()
                                    + " "
                                    + entry.processId()
                                    + ": "
                                    + e.getMessage());
        }
    }

    /** How the command ends: unreadable when no process could be worked on. */
    int code() {
        return failed == total ? ExitCode.UNREADABLE : ExitCode.FOUND;
    }
}
