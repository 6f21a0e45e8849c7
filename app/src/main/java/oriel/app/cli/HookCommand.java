package oriel.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import oriel.app.render.CallJson;
import oriel.app.render.Page;
import oriel.driver.DriverException;
import oriel.engine.session.DebugSession;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.Hook;
import oriel.engine.session.HookPattern;
import oriel.engine.session.Stop;
import oriel.engine.symbols.find.SymbolPathLocator;

/** {@code oriel hook}: prints the calls of functions, with arguments and results. */
final class HookCommand implements Command {
    private static final int MOST_SECONDS = 1_000_000;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Prints the calls of functions, with arguments and results.",
                        "A function is MODULE!NAME, with * and ? for many, or MODULE!DECLARATION, as"
                                + " C declares it.")
                .operand("FUNCTION", "What to look for: has an exclamation mark.")
                .optionalOperand(
                        "FUNCTION|PROGRAM...", "More of them, then a program and its arguments.")
                .options(DebugTarget.OPTIONS)
                .option(
                        Option.value(
                                "--when",
                                "EXPRESSION",
                                "Only calls for which it is not 0: @ecx==5."))
                .option(Option.value("--stack", "COUNT", "Print so many callers of each call."))
                .option(Option.value("--limit", "COUNT", "End after so many calls."))
                .option(Option.value("--time", "SECONDS", "End after so many seconds."))
                .option(LiveOptions.JSON)
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(Option.value("--image-path", "DIR", "Where images may lie.").manyTimes())
                .option(TargetInput.COLOR)
                .examples(
                        "oriel hook kernel32!CreateFileW kernel32!ReadFile app.exe",
                        "oriel hook 'kernelbase!*File*' --stack 3 --follow app.exe",
                        "oriel hook 'app!int parse(const char *text, int size)' app.exe",
                        "oriel hook --attach 1234 --time 10 user32!MessageBoxW");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        List<String> operands = given.operands();
        int count = 0;
        while (count < operands.size() && operands.get(count).indexOf('!') > 0) {
            count++;
        }
        if (count == 0) {
            throw new UsageException("a function is MODULE!NAME or MODULE!DECLARATION");
        }
        DebugTarget target = DebugTarget.of(given, operands.subList(count, operands.size()));
        try (SymbolPathLocator symbols = DebugTarget.symbols(given);
                DebugSession session = DebugTarget.open(symbols)) {
            var monitor = new Monitor(given, console);
            for (String function : operands.subList(0, count)) {
                monitor.add(session, function);
            }
            target.begin(session);
            int seconds = given.count("--time", 0, MOST_SECONDS);
            if (seconds > 0) {
                session.run(Duration.ofSeconds(seconds));
            } else {
                session.run();
            }
            return monitor.end(console) > 0 ? ExitCode.FOUND : ExitCode.NOTHING;
        } catch (DriverException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Prints each call when it has ended. */
    private static final class Monitor {
        private final Console console;
        private final Page page;
        private final boolean json;
        private final int callers;
        private final long limit;
        private final String condition;
        private final List<HookPattern> patterns = new ArrayList<>();
        private long shown;

        Monitor(Arguments given, Console console) {
            this.console = console;
            this.page = TargetInput.page(given, console);
            this.json = given.has(LiveOptions.JSON.name());
            this.callers = given.count("--stack", 0, 1000);
            this.limit = given.count("--limit", Integer.MAX_VALUE, Integer.MAX_VALUE);
            this.condition = given.value("--when", "");
        }

        void add(DebugSession session, String function) {
            try {
                boolean many =
                        function.indexOf('(') < 0
                                && (function.indexOf('*') >= 0 || function.indexOf('?') >= 0);
                if (many) {
                    patterns.add(session.hookMatching(function, condition, this::show));
                    return;
                }
                Hook hook = session.hook(function).onLeave(this::show);
                if (!condition.isEmpty()) {
                    hook.when(condition);
                }
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }

        private void show(FunctionCall call, Stop stop) {
            if (shown >= limit) {
                return;
            }
            List<String> from = callers(call, stop);
            if (json) {
                String result = call.hasReturned() ? call.resultText(stop) : "";
                CallJson.hooked(console.out(), call, result, from);
                console.out().flush();
            } else {
                CallText.show(page, call, stop, from);
            }
            if (++shown >= limit) {
                stop.hold();
            }
        }

        /** It stands where the call has returned to: the stack there is that of the callers. */
        private List<String> callers(FunctionCall call, Stop stop) {
            if (callers == 0 || call.isUnwound()) {
                return List.of();
            }
            return stop.stackTrace().frames().stream()
                    .limit(callers)
                    .map(frame -> stop.symbolizer().locate(frame).label())
                    .toList();
        }

        /** Says what was not found. Returns how many calls were shown. */
        long end(Console to) {
            page.flush();
            for (HookPattern each : patterns) {
                if (each.size() == 0) {
                    to.err().println("oriel: no function matches " + each);
                } else if (each.leftOut() > 0) {
                    to.err().println("oriel: " + each.leftOut() + " more functions match " + each);
                }
            }
            return shown;
        }
    }
}
