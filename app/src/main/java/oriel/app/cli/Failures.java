package oriel.app.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import oriel.driver.DriverException;
import oriel.engine.eval.EvalException;
import oriel.win32.ProcessEntry;

/**
 * Keeps a command going over several processes when one of them cannot be opened or has ended. With
 * one process alone the failure is that of the command.
 */
final class Failures {
    private final Console console;
    private final int total;
    private final Map<ProcessEntry, String> failed = new LinkedHashMap<>();

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
        } catch (DriverException | EvalException e) {
            if (total == 1) {
                throw e;
            }
            failed(entry, String.valueOf(e.getMessage()));
        }
    }

    /** Says that something is the matter with one process. */
    void failed(ProcessEntry entry, String why) {
        failed.put(entry, why);
        console.out().flush();
        String who = total == 1 ? "" : RunningProcesses.name(entry) + ": ";
        console.err().println("oriel: " + who + why);
    }

    /** What was the matter, by process. */
    Map<ProcessEntry, String> all() {
        return failed;
    }

    /** How a command ends that looks: unreadable when no process could be worked on. */
    int code() {
        return failed.size() == total ? ExitCode.UNREADABLE : ExitCode.FOUND;
    }

    /** How a command ends that changes: unreadable when any process could not be worked on. */
    int strictCode() {
        return failed.isEmpty() ? ExitCode.FOUND : ExitCode.UNREADABLE;
    }
}
