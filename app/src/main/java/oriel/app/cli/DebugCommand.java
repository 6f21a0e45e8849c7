package oriel.app.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import oriel.app.console.LineInput;
import oriel.app.debug.DebugConsole;
import oriel.driver.DriverException;
import oriel.engine.session.DebugSession;
import oriel.engine.symbols.find.SymbolPathLocator;

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
                .option(
                        Option.value("--exec", "COMMANDS", "Do commands, separated by ';'.")
                                .manyTimes())
                .option(Option.value("--script", "FILE", "Do the commands in a file."))
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
        boolean color = !given.has("--json-events") && TargetInput.wantsColor(given, console);
        boolean person = !given.has("--exec") && !given.has("--script");
        try (SymbolPathLocator symbols = DebugTarget.symbols(given);
                DebugSession session = DebugTarget.open(symbols);
                LineInput lines = lines(given, console)) {
            var debugger =
                    new DebugConsole(
                            session,
                            console.out(),
                            console.err(),
                            color,
                            given.has("--json-events"));
            DebugTarget target = DebugTarget.of(given);
            target.attached().ifPresent(debugger::attach);
            target.launch().ifPresent(debugger::start);
            boolean all = debugger.run(lines, person);
            return all || person ? ExitCode.FOUND : ExitCode.NOTHING;
        } catch (DriverException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static LineInput lines(Arguments given, Console console) throws IOException {
        if (given.has("--exec")) {
            return LineInput.of(new StringReader(String.join("\n", given.values("--exec"))));
        }
        if (given.has("--script")) {
            return LineInput.of(
                    Files.newBufferedReader(TargetInput.path(given.value("--script", ""))));
        }
        // The console of Wine drops ESC and prints the rest of what an editor of lines draws; the
        // launcher names the drive of this system's files when it goes on under Wine.
        boolean wine = !System.getProperty("oriel.drive", "").isEmpty();
        if (console.outIsTerminal() && !wine) {
            return LineInput.terminal();
        }
        return LineInput.prompting(
                new InputStreamReader(System.in, StandardCharsets.UTF_8), console.out());
    }
}
