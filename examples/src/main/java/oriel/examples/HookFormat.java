package oriel.examples;

import java.util.ArrayList;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;

/** Prints the calls of wsprintfW with all their arguments: {@code HookFormat app.exe}. */
public final class HookFormat {
    private HookFormat() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.hook("user32!int wsprintfW(LPWSTR out, LPCWSTR format, ...)")
                    .onEnter(HookFormat::entered)
                    .onLeave((call, stop) -> System.out.println(stop.wideText(call.argument(0))));
            session.start(Launch.of(args));
            session.run();
        }
    }

    private static void entered(FunctionCall call, Stop stop) {
        String format = stop.wideText(call.argument("format"));
        long count = format.replace("%%", "").chars().filter(c -> c == '%').count();
        var values = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            values.add(Long.toHexString(call.variadic(i, stop)));
        }
        System.out.println("wsprintfW(\"" + format + "\", " + String.join(", ", values) + ")");
    }
}
