package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.app.debug.DebugConsole;
import oriel.app.debug.DumpConsole;
import oriel.driver.DriverException;
import oriel.engine.session.DebugSession;
import oriel.model.Target;

/** {@code oriel debug}: the console of the debugger. */
final class DebugCommand implements Command {
    private static final Option DUMP =
            Option.value("--dump", "FILE", "Look at a dump in place of a program; on any system.");

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Debugs a program that it starts or attaches to, or looks at a dump.",
                        "Commands have the names of WinDbg; 'help' lists them.")
                .optionalOperand("PROGRAM", "A program to start.")
                .optionalOperand("ARGUMENT...", "Its arguments; behind -- when they begin with -.")
                .options(DebugTarget.OPTIONS)
                .option(DUMP)
                .options(ConsoleLines.OPTIONS)
                .option(Option.flag("--json-events", "Print a line of JSON for each event."))
                .options(TargetInput.FILE_OPTIONS)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel debug C:\\app.exe argument",
                        "oriel debug --attach 1234",
                        "oriel debug --dump crash.dmp",
                        "oriel debug --exec 'bp kernel32!CreateFileW; g; k' -- app.exe -v",
                        "oriel debug --follow --json-events --script commands.txt app.exe");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        if (RemoteConsole.isMeant(given, console)) {
            return RemoteConsole.run(console);
        }
        String dump = given.value(DUMP.name(), "");
        return dump.isEmpty() ? debug(given, console) : look(dump, given, console);
    }

    private static int look(String file, Arguments given, Console console) throws IOException {
        if (!given.operands().isEmpty() || given.has("--attach")) {
            throw new UsageException("either a dump, or a program, or --attach PROCESS");
        }
        boolean json = given.has("--json-events");
        boolean color = !json && TargetInput.wantsColor(given, console);
        boolean person = ConsoleLines.isPerson(given);
        var output = new ConsoleOutput(console.out(), console.err(), color, json);
        List<Path> images = SymbolOptions.images(given, TargetInput.path(file));
        try (SymbolPlaces symbols = SymbolOptions.places(given, images);
                LineInput lines = ConsoleLines.open(given, console)) {
            Target dump = TargetInput.dump(file, given, symbols);
            var looking =
                    new DumpConsole(
                            dump, symbols, output, !json && ConsoleLines.isFull(given, console));
            looking.place();
            boolean all = looking.run(lines, person);
            return all || person ? ExitCode.FOUND : ExitCode.NOTHING;
        }
    }

    private static int debug(Arguments given, Console console) throws IOException {
        boolean json = given.has("--json-events");
        boolean color = !json && TargetInput.wantsColor(given, console);
        boolean person = ConsoleLines.isPerson(given);
        var output = new ConsoleOutput(console.out(), console.err(), color, json);
        try (SymbolPlaces symbols = DebugTarget.symbolPlaces(given);
                DebugSession session = DebugTarget.open(symbols);
                LineInput lines = ConsoleLines.open(given, console)) {
            var debugger =
                    new DebugConsole(
                            session, symbols, output, !json && ConsoleLines.isFull(given, console));
            lines.onInterrupt(debugger::interrupt, () -> {});
            DebugTarget target = DebugTarget.of(given);
            target.prepare(session);
            target.attached().ifPresent(debugger::attach);
            target.launch().ifPresent(debugger::start);
            boolean all = debugger.run(lines, person);
            return all || person ? ExitCode.FOUND : ExitCode.NOTHING;
        } catch (DriverException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
