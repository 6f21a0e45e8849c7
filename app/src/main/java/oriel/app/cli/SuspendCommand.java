package oriel.app.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
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
        Map<ProcessEntry, Boolean> done = new LinkedHashMap<>();
        var failures = new Failures(console, chosen.size());
        for (ProcessEntry entry : chosen) {
            failures.guard(
                    entry,
                    () -> {
                        try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
                            done.put(entry, action.test(process));
                        }
                    });
        }
        tell(done, given, console);
        return failures.code();
    }

    /** Says of each process whether it is held now. */
    private static void tell(Map<ProcessEntry, Boolean> done, Arguments given, Console console) {
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.held(json, done);
            }
            return;
        }
        done.forEach(
                (entry, held) ->
                        console.out()
                                .println(
                                        entry.name()
                                                + " "
                                                + entry.processId()
                                                + (held ? ": held" : ": runs")));
    }
}
