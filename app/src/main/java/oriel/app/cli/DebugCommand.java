package oriel.app.cli;

import java.io.IOException;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.app.debug.DebugConsole;
import oriel.driver.DriverException;
import oriel.engine.session.DebugSession;

/** {@code oriel debug}: the console of the debugger. */
final class DebugCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Debugs a program: starts it, or attaches to it where it runs.",
                        "Commands have the names of WinDbg; 'help' lists them.")
                .optionalOperand("PROGRAM", "A program to start.")
                .optionalOperand("ARGUMENT...", "Its arguments; behind -- when they begin with -.")
                .options(DebugTarget.OPTIONS)
                .options(ConsoleLines.OPTIONS)
                .option(Option.flag("--json-events", "Print a line of JSON for each event."))
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(Option.value("--image-path", "DIR", "Where images may lie.").manyTimes())
                .option(TargetInput.COLOR)
                .examples(
                        "oriel debug C:\\app.exe argument",
                        "oriel debug --attach 1234",
                        "oriel debug --exec 'bp kernel32!CreateFileW; g; k' -- app.exe -v",
                        "oriel debug --follow --json-events --script commands.txt app.exe");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        if (RemoteConsole.isMeant(given, console)) {
            return RemoteConsole.run(console);
        }
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
