package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
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
                        "Has a running process load a library, or run machine code.",
                        "The library must be for the same processor as the process.")
                .operand("PROCESS", RunningProcesses.HELP)
                .optionalOperand("DLL", "The library.")
                .option(Option.value("--code", "FILE", "Run the plain machine code in a file."))
                .option(
                        Option.value(
                                "--parameter", "NUMBER", "With --code: what the code is given."))
                .option(Option.value("--timeout", "SECONDS", "How long to wait; 10 unless given."))
                .option(LiveOptions.JSON)
                .option(LiveOptions.YES)
                .examples(
                        "oriel inject 4242 probe.dll",
                        "oriel inject app --code shellcode.bin --parameter 0x10 --yes");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        boolean code = given.has("--code");
        if (code == given.operands().size() > 1) {
            throw new UsageException("give either a library or --code");
        }
        Path file = TargetInput.path(code ? given.value("--code", "") : given.operand(1));
        byte[] bytes = Files.readAllBytes(file);
        ProcessEntry entry = RunningProcesses.one(given.operand(0));
        Duration timeout = Duration.ofSeconds(given.count("--timeout", SECONDS, 86_400));
        LiveOptions.confirm(
                "Put "
                        + file.getFileName()
                        + " into "
                        + entry.name()
                        + " "
                        + entry.processId()
                        + "?",
                given,
                console);
        try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
            if (code) {
                long parameter = number(given.value("--parameter", "0"));
                RemoteCode.Outcome outcome = RemoteCode.run(process, bytes, parameter, timeout);
                if (given.has("--json")) {
                    try (var json = new JsonPage(console.out(), true)) {
                        JsonLive.returned(json, entry, outcome.threadId(), outcome.result());
                    }
                    return ExitCode.FOUND;
                }
                console.out()
                        .println(
                                "thread "
                                        + outcome.threadId()
                                        + " returned 0x"
                                        + Long.toHexString(outcome.result()));
            } else {
                LoadedModule module = RemoteCode.inject(process, file, timeout);
                if (given.has("--json")) {
                    try (var json = new JsonPage(console.out(), true)) {
                        JsonLive.injected(json, entry, module);
                    }
                    return ExitCode.FOUND;
                }
                console.out().println(module.path() + " at 0x" + Long.toHexString(module.base()));
            }
        }
        return ExitCode.FOUND;
    }

    private static long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--parameter: '" + text + "' is no number");
        }
    }
}
