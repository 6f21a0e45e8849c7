package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import oriel.app.render.CallJson;
import oriel.app.render.Page;
import oriel.driver.DriverException;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Hook;
import oriel.engine.symbols.find.SymbolPathLocator;

/** {@code oriel hook}: prints the calls of functions, with arguments and results. */
final class HookCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Prints the calls of functions, with arguments and results.",
                        "A function is MODULE!NAME or MODULE!DECLARATION, as C declares it.")
                .operand("FUNCTION", "What to look for: has an exclamation mark.")
                .optionalOperand(
                        "FUNCTION|PROGRAM...", "More of them, then a program and its arguments.")
                .options(DebugTarget.OPTIONS)
                .option(LiveOptions.JSON)
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(Option.value("--image-path", "DIR", "Where images may lie.").manyTimes())
                .option(TargetInput.COLOR)
                .examples(
                        "oriel hook 'kernel32!HANDLE CreateFileW(LPCWSTR name, DWORD access)'"
                                + " app.exe",
                        "oriel hook --attach 1234 user32!MessageBoxW");
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
        List<String> functions = operands.subList(0, count);
        DebugTarget target = DebugTarget.of(given, operands.subList(count, operands.size()));
        Page page = TargetInput.page(given, console);
        try (SymbolPathLocator symbols = DebugTarget.symbols(given);
                DebugSession session = DebugTarget.open(symbols)) {
            boolean json = given.has(LiveOptions.JSON.name());
            Hook.CallAction leave =
                    (call, stop) -> {
                        if (json) {
                            String result = call.hasReturned() ? call.resultText(stop) : "";
                            CallJson.hooked(console.out(), call, result);
                        } else {
                            CallText.show(page, call, stop);
                        }
                    };
            var hooks = new ArrayList<Hook>();
            for (String function : functions) {
                hooks.add(hook(session, function).onLeave(leave));
            }
            target.begin(session);
            session.run();
            page.flush();
            long calls = hooks.stream().mapToLong(Hook::calls).sum();
            return calls > 0 ? ExitCode.FOUND : ExitCode.NOTHING;
        } catch (DriverException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Hook hook(DebugSession session, String function) {
        try {
            return session.hook(function);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
