package oriel.examples;

import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.session.Access;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Tells who writes to a buffer: {@code WatchBuffer app!buffer 4096 app.exe}. */
public final class WatchBuffer {
    private WatchBuffer() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            var start = session.start(Launch.of(Arrays.copyOfRange(args, 2, args.length)));
            long va = start.labels().resolve(args[0]);
            session.watchBuffer(start.processId(), va, Long.parseLong(args[1]), Access.WRITE)
                    .run(
                            (hit, stop) ->
                                    System.out.println(
                                            stop.label(hit.va())
                                                    + " wrote at "
                                                    + (hit.accessVa() - va)));
            session.run();
        }
    }
}
