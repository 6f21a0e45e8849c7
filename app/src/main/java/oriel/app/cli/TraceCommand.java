package oriel.app.cli;

import java.io.IOException;
import java.util.Optional;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.driver.DriverException;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.InstructionFormatter;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.session.Trace;
import oriel.engine.symbols.find.SymbolPathLocator;

/** {@code oriel trace}: prints the instructions that a program executes. */
final class TraceCommand implements Command {
    private static final int USUAL = 1000;

    @Override
    public Syntax syntax() {
        return Syntax.of("Prints the instructions that a program executes.")
                .optionalOperand("PROGRAM", "A program to start.")
                .optionalOperand("ARGUMENT...", "Its arguments.")
                .options(DebugTarget.OPTIONS)
                .option(
                        Option.value(
                                "--from",
                                "PLACE",
                                "Begin when a thread comes here: a label; else at the entry point."))
                .option(Option.flag("--branches", "Print only where branches lead to."))
                .option(Option.flag("--threads", "Trace all threads, not only the one that came."))
                .option(
                        Option.value(
                                "--limit", "COUNT", "End after so many instructions; 1000 else."))
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(Option.value("--image-path", "DIR", "Where images may lie.").manyTimes())
                .option(TargetInput.COLOR)
                .examples(
                        "oriel trace app.exe",
                        "oriel trace --from 'app!parse' --limit 200 app.exe file",
                        "oriel trace --branches --threads app.exe");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        int limit = given.count("--limit", USUAL, Integer.MAX_VALUE);
        Page page = TargetInput.page(given, console);
        DebugTarget target = DebugTarget.of(given);
        try (SymbolPathLocator symbols = DebugTarget.symbols(given);
                DebugSession session = DebugTarget.open(symbols)) {
            Stop start = target.begin(session);
            String from = given.value("--from", "");
            if (from.isEmpty() && !start.modules().isEmpty()) {
                from = start.modules().get(0).label() + "!start";
            }
            session.breakAt(from).once();
            Optional<Stop> there = session.go();
            if (there.isEmpty() || session.processIds().isEmpty()) {
                return ExitCode.NOTHING;
            }
            Trace.Grain grain =
                    given.has("--branches") ? Trace.Grain.BRANCH : Trace.Grain.INSTRUCTION;
            long[] shown = {0};
            Trace.Listener listener =
                    (executed, stop) -> {
                        show(page, stop);
                        if (++shown[0] >= limit) {
                            stop.hold();
                        }
                    };
            Trace trace =
                    given.has("--threads")
                            ? session.traceAll(grain, listener)
                            : session.trace(there.get().thread(), grain, listener);
            session.run();
            trace.stop();
            page.flush();
            return shown[0] > 0 ? ExitCode.FOUND : ExitCode.NOTHING;
        } catch (DriverException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void show(Page page, Stop stop) {
        long pc = stop.pc();
        page.number(stop.thread().threadId()).text("  ");
        page.hex(pc, stop.architecture().is64Bit() ? 12 : 8).text("  ");
        InstructionFormatter text =
                InstructionFormatter.of(stop.architecture(), FormatOptions.WINDBG);
        page.text(text.format(stop.instruction(pc))).to(64);
        page.styled(Style.NAME, stop.symbolizer().locate(pc).label()).end();
    }
}
