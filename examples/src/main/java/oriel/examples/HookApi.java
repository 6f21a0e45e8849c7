package oriel.examples;

import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/**
 * Prints calls of a function: {@code HookApi "kernel32!HMODULE LoadLibraryA(LPCSTR name)" app.exe}.
 */
public final class HookApi {
    private HookApi() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.hook(args[0])
                    .onEnter((call, stop) -> System.out.println("-> " + call.describe()))
                    .onLeave((call, stop) -> System.out.println("<- " + call.resultText(stop)));
            session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            session.run();
        }
    }
}
