package oriel.examples;

import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Stops at a function and shows its callers: {@code BreakOnFunction app!main app.exe}. */
public final class BreakOnFunction {
    private BreakOnFunction() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            session.breakAt(args[0]).once();
            session.go()
                    .ifPresent(
                            stop -> {
                                System.out.println("stopped at " + stop.label(stop.pc()));
                                stop.stackTrace()
                                        .frames()
                                        .forEach(f -> System.out.println(stop.label(f.pc())));
                            });
        }
    }
}
