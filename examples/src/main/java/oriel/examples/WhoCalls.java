package oriel.examples;

import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Tells who calls a function, from every thread: {@code WhoCalls kernel32!CreateFileW app.exe}. */
public final class WhoCalls {
    private WhoCalls() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.breakAt(args[0])
                    .run(
                            (hit, stop) ->
                                    System.out.printf(
                                            "%s called from %s by thread %d at process %d%n",
                                            args[0],
                                            stop.label(stop.readPointer(stop.sp())),
                                            stop.thread().threadId(),
                                            stop.processId()));
            session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            session.run();
        }
    }
}
