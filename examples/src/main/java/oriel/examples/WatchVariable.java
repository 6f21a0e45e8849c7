package oriel.examples;

import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.session.Access;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Prints each new value of a variable: {@code WatchVariable app!counter app.exe}. */
public final class WatchVariable {
    private WatchVariable() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            var start = session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            long va = start.labels().resolve(args[0]);
            session.watch(start.processId(), va, Access.WRITE, 4)
                    .run((hit, stop) -> System.out.println("now " + stop.readNumber(va, 4)));
            session.run();
        }
    }
}
