package oriel.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.win32.ProcessStart;
import oriel.win32.ShellStart;
import oriel.win32.WindowsProcess;

/** {@code oriel spawn}: starts a program in every way that Windows has. */
final class SpawnCommand implements Command {
    /** What Windows cannot be asked for when it asks the user first. */
    private static final List<String> NOT_ELEVATED =
            List.of(
                    "--parent",
                    "--suspended",
                    "--console",
                    "--folder",
                    "--env",
                    "--inherit",
                    "--trust",
                    "--as-user");

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Starts a program: as the child of another process, held, with another folder,"
                                + " environment or trust.",
                        "Arguments that begin with a dash come after '--'.")
                .operand("PROGRAM", "The program: a path, or a name that is looked for.")
                .optionalOperand("ARGUMENT...", "Its arguments.")
                .option(Option.value("--parent", "PROCESS", "Whose child it is to be."))
                .option(Option.flag("--suspended", "Hold its first thread before it runs."))
                .option(
                        Option.value(
                                        "--console",
                                        "WHICH",
                                        "Its console: inherited, new, hidden or none.")
                                .oneOf("inherited", "new", "hidden", "none"))
                .option(Option.value("--folder", "DIR", "Its current directory."))
                .option(
                        Option.value("--env", "NAME=VALUE", "A variable besides those it inherits.")
                                .manyTimes())
                .option(Option.flag("--inherit", "Let it have the handles of this program."))
                .option(
                        Option.value("--trust", "LEVEL", "untrusted, normal or full.")
                                .oneOf("untrusted", "normal", "full"))
                .option(
                        Option.flag(
                                "--as-user",
                                "Not elevated, even where this program is (the shell's rights)."))
                .option(
                        Option.flag(
                                "--elevated",
                                "As administrator; Windows asks first. With none of the other"
                                        + " options but --wait."))
                .option(LiveOptions.JSON)
                .option(Option.flag("--wait", "Wait until it ends; its exit code is told."))
                .examples(
                        "oriel spawn --parent explorer notepad.exe notes.txt",
                        "oriel spawn --suspended -- app.exe --verbose",
                        "oriel spawn --env MODE=test --folder 'C:\\data' --wait app.exe");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.require();
        if (given.has("--elevated")) {
            for (String other : NOT_ELEVATED) {
                if (given.has(other)) {
                    throw new UsageException("--elevated and " + other + " exclude each other");
                }
            }
            List<String> command = given.operands();
            try (WindowsProcess process =
                    ShellStart.elevated(command.get(0), command.subList(1, command.size()))) {
                tell(process, OptionalLong.empty(), given, console);
            }
            return ExitCode.FOUND;
        }
        try (ProcessStart.Started started = start(given).start()) {
            tell(started.process(), OptionalLong.of(started.mainThreadId()), given, console);
        }
        return ExitCode.FOUND;
    }

    private static void tell(
            WindowsProcess process, OptionalLong thread, Arguments given, Console console) {
        boolean asJson = given.has("--json");
        if (!asJson) {
            String more = thread.isPresent() ? ", thread " + thread.getAsLong() : "";
            console.out().println("process " + process.processId() + more);
            console.out().flush();
        }
        OptionalInt exitCode = OptionalInt.empty();
        if (given.has("--wait")) {
            while (!process.await(Duration.ofHours(1))) {
                continue;
            }
            exitCode = process.exitCode();
        }
        if (asJson) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.started(json, process.processId(), thread, exitCode);
            }
        } else if (exitCode.isPresent()) {
            console.out().println("exit code " + exitCode.getAsInt());
        }
    }

    private static ProcessStart start(Arguments given) {
        ProcessStart start =
                ProcessStart.of(given.operands())
                        .console(
                                ProcessStart.Console.valueOf(
                                        given.value("--console", "inherited")
                                                .toUpperCase(Locale.ROOT)));
        if (given.has("--parent")) {
            start.parent(RunningProcesses.one(given.value("--parent", "")).processId());
        }
        if (given.has("--suspended")) {
            start.suspended();
        }
        if (given.has("--folder")) {
            start.folder(TargetInput.path(given.value("--folder", "")));
        }
        if (given.has("--inherit")) {
            start.inheritHandles();
        }
        if (given.has("--env")) {
            start.environment(environment(given.values("--env")));
        }
        if (given.has("--trust")) {
            start.trust(
                    ProcessStart.Trust.valueOf(
                            given.value("--trust", "").toUpperCase(Locale.ROOT)));
        }
        if (given.has("--as-user")) {
            start.withoutElevation();
        }
        return start;
    }

    private static Map<String, String> environment(List<String> more) {
        var all = new HashMap<>(System.getenv());
        for (String variable : more) {
            int equals = variable.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--env: '" + variable + "' is not NAME=VALUE");
            }
            all.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return all;
    }
}
