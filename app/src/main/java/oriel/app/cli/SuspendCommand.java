package oriel.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import oriel.app.render.JsonLive;
import oriel.win32.ProcessEntry;
import oriel.win32.WindowsProcess;

/** {@code oriel suspend}: holds processes and leaves them so. */
final class SuspendCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Holds all threads of processes, until 'oriel resume' lets them go.",
                        "Each time counts: what is held twice goes on when it was resumed twice.")
                .operand("PROCESS...", RunningProcesses.HELP)
                .option(LiveOptions.JSON)
                .examples("oriel suspend 4242", "oriel suspend 'worker-*'");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        return change(
                given,
                console,
                process -> {
                    process.suspend().leave();
                    return true;
                });
    }

    /**
     * Holds the chosen processes or lets them go.
     *
     * @param action returns whether the process is held after it
     */
    static int change(Arguments given, Console console, Predicate<WindowsProcess> action)
            throws IOException {
        WindowsOnly.requireToOpenProcesses();
        List<ProcessEntry> chosen = RunningProcesses.all(given.operands());
        var results = new ProcessResults(chosen, given, console);
        for (ProcessEntry entry : chosen) {
            results.attempt(
                    entry,
                    () -> {
                        try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
                            boolean held = action.test(process);
                            String words = held ? ": held" : ": runs";
                            results.done(
                                    entry,
                                    RunningProcesses.name(entry) + words,
                                    JsonLive.held(held));
                        }
                    });
        }
        return results.end();
    }
}
