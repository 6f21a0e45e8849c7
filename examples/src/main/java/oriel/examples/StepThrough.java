package oriel.examples;

import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Goes, steps into, over and out, and reads a result: {@code StepThrough app!work app.exe}. */
public final class StepThrough {
    private StepThrough() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            session.breakAt(args[0]).once();
            session.go();
            session.stepInto();
            session.stepOver().ifPresent(stop -> System.out.println("in " + stop.label(stop.pc())));
            session.stepOut()
                    .ifPresent(stop -> System.out.println("result " + stop.evaluate("$retreg")));
        }
    }
}
