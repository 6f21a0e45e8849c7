package oriel.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import oriel.app.render.CallJson;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.driver.DriverException;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.InstructionFormatter;
import oriel.engine.session.CallTrace;
import oriel.engine.session.DebugSession;
import oriel.engine.session.ExceptionRules.StopAt;
import oriel.engine.session.Hook;
import oriel.engine.session.Stop;
import oriel.engine.session.Trace;
import oriel.engine.session.TracedCall;
import oriel.engine.symbols.find.SymbolPathLocator;

/** {@code oriel trace}: prints what a program executes: instructions, branches, calls. */
final class TraceCommand implements Command {
    private static final int USUAL = 1000;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Prints what a program executes: instructions, branches, or calls.",
                        "Without --module and --function, --calls tells all functions of the program"
                                + " itself.")
                .optionalOperand("PROGRAM", "A program to start.")
                .optionalOperand("ARGUMENT...", "Its arguments.")
                .options(DebugTarget.OPTIONS)
                .option(
                        Option.value(
                                "--from",
                                "PLACE",
                                "Begin when a thread comes here: a label; else at the entry point."))
                .option(Option.flag("--branches", "Print only where branches lead to."))
                .option(Option.flag("--calls", "Print calls as a tree, with times."))
                .option(
                        Option.value("--module", "NAME", "With --calls: functions of this module.")
                                .manyTimes())
                .option(Option.flag("--exports", "With --module: only what it exports."))
                .option(
                        Option.value("--function", "PLACE", "With --calls: this function.")
                                .manyTimes())
                .option(
                        Option.flag(
                                "--steps",
                                "With --calls: find calls by stepping, from --from on; with"
                                        + " --module only there."))
                .option(Option.flag("--syscalls", "Print system calls with arguments and results."))
                .option(
                        Option.value(
                                        "--name",
                                        "PATTERN",
                                        "With --syscalls: only these, as Nt*File.")
                                .manyTimes())
                .option(Option.flag("--threads", "Trace all threads, not only the one that came."))
                .option(
                        Option.value(
                                "--limit",
                                "COUNT",
                                "End after so many lines; 1000 else, for calls none."))
                .option(LiveOptions.JSON)
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(Option.value("--image-path", "DIR", "Where images may lie.").manyTimes())
                .option(TargetInput.COLOR)
                .examples(
                        "oriel trace app.exe",
                        "oriel trace --from 'app!parse' --limit 200 app.exe file",
                        "oriel trace --branches --threads app.exe",
                        "oriel trace --calls app.exe",
                        "oriel trace --syscalls --name 'Nt*File' app.exe");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        Page page = TargetInput.page(given, console);
        DebugTarget target = DebugTarget.of(given);
        try (SymbolPathLocator symbols = DebugTarget.symbols(given);
                DebugSession session = DebugTarget.open(symbols)) {
            Stop start = target.begin(session);
            long shown;
            if (given.has("--syscalls")) {
                shown = systemCalls(session, given, console, page);
            } else if (given.has("--calls")) {
                shown = calls(session, start, given, console, page);
            } else {
                shown = instructions(session, start, given, page);
            }
            page.flush();
            return shown > 0 ? ExitCode.FOUND : ExitCode.NOTHING;
        } catch (DriverException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Runs to where the trace begins. */
    private static Optional<Stop> begin(DebugSession session, Stop start, Arguments given) {
        String from = given.value("--from", "");
        if (from.isEmpty() && !start.modules().isEmpty()) {
            from = start.modules().get(0).label() + "!start";
        }
        session.breakAt(from).once();
        Optional<Stop> there = session.go();
        return session.processIds().isEmpty() ? Optional.empty() : there;
    }

    // --- instructions and branches --------------------------------------------------------------

    private static long instructions(DebugSession session, Stop start, Arguments given, Page page) {
        int limit = given.count("--limit", USUAL, Integer.MAX_VALUE);
        Optional<Stop> there = begin(session, start, given);
        if (there.isEmpty()) {
            return 0;
        }
        Trace.Grain grain = given.has("--branches") ? Trace.Grain.BRANCH : Trace.Grain.INSTRUCTION;
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
        return shown[0];
    }

    private static void show(Page page, Stop stop) {
        long pc = stop.pc();
        page.number(stop.thread().threadId()).text("  ");
        page.hex(pc, stop.architecture().is64Bit() ? 12 : 8).text("  ");
        InstructionFormatter text =
                InstructionFormatter.of(stop.architecture(), FormatOptions.WINDBG);
        page.text(text.format(stop.instruction(pc))).to(64);
        page.styled(Style.NAME, stop.symbolizer().locate(pc).label()).end();
        page.show();
    }

    // --- calls ----------------------------------------------------------------------------------

    private static long calls(
            DebugSession session, Stop start, Arguments given, Console console, Page page) {
        long limit = given.count("--limit", Integer.MAX_VALUE, Integer.MAX_VALUE);
        List<String> modules = given.values("--module");
        List<String> functions = given.values("--function");
        session.exceptions().stop(StopAt.SECOND_CHANCE);
        if (given.has("--steps")) {
            Optional<Stop> there = begin(session, start, given);
            if (there.isEmpty()) {
                return 0;
            }
            var text = new CallTraceText(page, limit);
            CallTrace trace = session.traceCalls(listener(given, console, text, limit));
            trace.step(there.get().thread(), modules);
            return follow(session, trace, text);
        }
        var text = new CallTraceText(page, limit);
        CallTrace trace = session.traceCalls(listener(given, console, text, limit));
        CallTrace.Functions which =
                given.has("--exports") ? CallTrace.Functions.EXPORTS : CallTrace.Functions.ALL;
        functions.forEach(trace::function);
        modules.forEach(m -> trace.module(m, which));
        if (functions.isEmpty() && modules.isEmpty() && !start.modules().isEmpty()) {
            trace.module(start.modules().get(0).label(), which);
        }
        return follow(session, trace, text);
    }

    private static long follow(DebugSession session, CallTrace trace, CallTraceText text) {
        session.run();
        trace.stop();
        text.finish();
        return trace.calls();
    }

    private static CallTrace.Listener listener(
            Arguments given, Console console, CallTraceText text, long limit) {
        if (!given.has(LiveOptions.JSON.name())) {
            return text;
        }
        return new CallTrace.Listener() {
            private long told;

            @Override
            public void entered(TracedCall call, Stop stop) {
                CallJson.traced(console.out(), call, false);
                console.out().flush();
                if (++told >= limit) {
                    stop.hold();
                }
            }

            @Override
            public void left(TracedCall call, Stop stop) {
                CallJson.traced(console.out(), call, true);
                console.out().flush();
            }
        };
    }

    // --- system calls ---------------------------------------------------------------------------

    private static long systemCalls(
            DebugSession session, Arguments given, Console console, Page page) {
        long limit = given.count("--limit", Integer.MAX_VALUE, Integer.MAX_VALUE);
        boolean json = given.has(LiveOptions.JSON.name());
        long[] shown = {0};
        Hook.CallAction leave =
                (call, stop) -> {
                    if (json) {
                        CallJson.hooked(
                                console.out(),
                                call,
                                call.hasReturned() ? call.resultText(stop) : "",
                                List.of());
                        console.out().flush();
                    } else {
                        CallText.show(page, call, stop, List.of());
                    }
                    if (++shown[0] >= limit) {
                        stop.hold();
                    }
                };
        session.exceptions().stop(StopAt.SECOND_CHANCE);
        session.traceSystemCalls(names(given.values("--name")), (call, stop) -> {}, leave);
        session.run();
        return shown[0];
    }

    private static Predicate<String> names(List<String> patterns) {
        return name ->
                patterns.isEmpty()
                        || patterns.stream()
                                .anyMatch(
                                        p ->
                                                NamePattern.of(p)
                                                        .map(wanted -> wanted.test(name))
                                                        .orElse(name.equalsIgnoreCase(p)));
    }
}
