package oriel.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import oriel.app.render.JsonLive;
import oriel.win32.ProcessEntry;
import oriel.win32.Termination;
import oriel.win32.WindowsProcess;

/** {@code oriel kill}: ends running processes. */
final class KillCommand implements Command {
    private static final int SECONDS = 5;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Ends running processes.",
                        "Tries one after the other: TerminateProcess, ExitProcess called in the"
                                + " process, and attaching as a debugger that ends.")
                .operand("PROCESS...", RunningProcesses.HELP)
                .option(
                        Option.value("--by", "WAY", "Only one way: terminate, exit or debugger.")
                                .oneOf("terminate", "exit", "debugger"))
                .option(Option.value("--code", "NUMBER", "The exit code; 0 unless given."))
                .option(LiveOptions.JSON)
                .option(LiveOptions.YES)
                .examples(
                        "oriel kill 4242 --yes",
                        "oriel kill 'test-*' --by exit",
                        "oriel kill stubborn.exe --by debugger --yes");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        int exitCode = code(given.value("--code", "0"));
        List<Termination.Way> ways =
                given.has("--by")
                        ? List.of(
                                Termination.Way.valueOf(
                                        given.value("--by", "").toUpperCase(Locale.ROOT)))
                        : List.of(Termination.Way.values());
        List<ProcessEntry> chosen = RunningProcesses.all(given.operands());
        LiveOptions.confirm("End " + RunningProcesses.names(chosen) + "?", given, console);
        var results = new ProcessResults(chosen, given, console);
        for (ProcessEntry entry : chosen) {
            results.attempt(
                    entry,
                    () -> {
                        try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
                            Termination.Way way =
                                    Termination.end(
                                            process, ways, exitCode, Duration.ofSeconds(SECONDS));
                            results.done(
                                    entry,
                                    RunningProcesses.name(entry) + ": ended by " + way.words(),
                                    JsonLive.ended(way.words()));
                        }
                    });
        }
        return results.end();
    }

    private static int code(String text) {
        try {
            return Long.decode(text).intValue();
        } catch (NumberFormatException e) {
            throw new UsageException("--code: '" + text + "' is no number");
        }
    }
}
