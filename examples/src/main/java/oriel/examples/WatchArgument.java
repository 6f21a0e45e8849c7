package oriel.examples;

import java.util.HashMap;
import java.util.Map;
import oriel.driver.Launch;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugSession;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.Stop;
import oriel.model.ThreadRef;
import oriel.win32.WindowsDriver;

/** Tells which code reads the name that GetProcAddress is given: {@code WatchArgument app.exe}. */
public final class WatchArgument {
    private WatchArgument() {}

    private static final Map<ThreadRef, Breakpoint> WATCHED = new HashMap<>();

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.hook("kernel32!FARPROC GetProcAddress(HMODULE module, LPCSTR name)")
                    .onEnter(WatchArgument::entered)
                    .onLeave(WatchArgument::left);
            session.start(Launch.of(args));
            session.run();
        }
    }

    private static void entered(FunctionCall call, Stop stop) {
        long name = call.argument("name");
        boolean isNumber = name >>> 16 == 0;
        if (!isNumber) {
            System.out.println(call.describe());
            WATCHED.put(
                    call.thread(),
                    stop.session()
                            .watchBuffer(
                                    stop.processId(),
                                    name,
                                    stop.text(name).length() + 1,
                                    Access.READ)
                            .run((hit, then) -> System.out.println(then.disassemble(hit.va()))));
        }
    }

    private static void left(FunctionCall call, Stop stop) {
        Breakpoint watch = WATCHED.remove(call.thread());
        if (watch != null) {
            watch.erase();
        }
    }
}
