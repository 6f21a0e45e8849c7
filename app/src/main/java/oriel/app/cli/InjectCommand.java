package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import oriel.app.render.JsonLive;
import oriel.model.LoadedModule;
import oriel.win32.ProcessEntry;
import oriel.win32.RemoteCode;
import oriel.win32.WindowsProcess;

/** {@code oriel inject}: a library, or code, into running processes. */
final class InjectCommand implements Command {
    private static final int SECONDS = 10;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Has running processes load a library, or run machine code.",
                        "The library must be for the same processor as the process.")
                .operands(
                        "PROCESS... [DLL]",
                        1,
                        RunningProcesses.HELP + " Then the library, unless there is --code.")
                .option(Option.value("--code", "FILE", "Run the plain machine code in a file."))
                .option(
                        Option.value(
                                "--parameter", "NUMBER", "With --code: what the code is given."))
                .option(
                        Option.value(
                                "--timeout",
                                "SECONDS",
                                "How long to wait for each process; 10 unless given."))
                .option(LiveOptions.JSON)
                .option(LiveOptions.YES)
                .examples(
                        "oriel inject 4242 probe.dll",
                        "oriel inject 'worker-*' 4242 probe.dll --yes",
                        "oriel inject app --code shellcode.bin --parameter 0x10 --yes");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        boolean code = given.has("--code");
        List<String> operands = given.operands();
        int processes = code ? operands.size() : operands.size() - 1;
        if (processes == 0) {
            throw new UsageException("give processes, and behind them a library unless --code");
        }
        Path file = TargetInput.path(code ? given.value("--code", "") : operands.get(processes));
        byte[] bytes = Files.readAllBytes(file);
        long parameter = number(given.value("--parameter", "0"));
        List<ProcessEntry> chosen = RunningProcesses.all(operands.subList(0, processes));
        Duration timeout = Duration.ofSeconds(given.count("--timeout", SECONDS, 86_400));
        LiveOptions.confirm(
                "Put " + file.getFileName() + " into " + RunningProcesses.names(chosen) + "?",
                given,
                console);
        var results = new ProcessResults(chosen, given, console);
        for (ProcessEntry entry : chosen) {
            results.attempt(
                    entry,
                    () -> {
                        try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
                            if (code) {
                                run(process, bytes, parameter, timeout, entry, results);
                            } else {
                                load(process, file, timeout, entry, results);
                            }
                        }
                    });
        }
        return results.end();
    }

    private static void run(
            WindowsProcess process,
            byte[] code,
            long parameter,
            Duration timeout,
            ProcessEntry entry,
            ProcessResults results) {
        RemoteCode.Outcome outcome = RemoteCode.run(process, code, parameter, timeout);
        results.done(
                entry,
                results.lead(entry)
                        + "thread "
                        + outcome.threadId()
                        + " returned 0x"
                        + Long.toHexString(outcome.result()),
                JsonLive.returned(outcome.threadId(), outcome.result()));
    }

    private static void load(
            WindowsProcess process,
            Path library,
            Duration timeout,
            ProcessEntry entry,
            ProcessResults results) {
        LoadedModule module = RemoteCode.inject(process, library, timeout);
        results.done(
                entry,
                results.lead(entry) + module.path() + " at 0x" + Long.toHexString(module.base()),
                JsonLive.injected(module));
    }

    private static long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--parameter: '" + text + "' is no number");
        }
    }
}
