package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.Access;
import oriel.engine.session.DebugSession;
import oriel.engine.session.HitAction;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;

/**
 * Watches return addresses, to tell what GetProcAddress returns: {@code WatchReturn app.exe}. A
 * hook does it in one line; this shows watches of one thread, and what to do when the processor has
 * none left.
 */
public final class WatchReturn {
    private WatchReturn() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.breakAt("kernel32!GetProcAddress").run((hit, stop) -> entered(stop));
            session.start(Launch.of(args));
            session.run();
        }
    }

    private static void entered(Stop stop) {
        DebugSession session = stop.session();
        long slot = stop.sp();
        long back = stop.readPointer(slot);
        HitAction returned =
                (hit, then) -> {
                    hit.breakpoint().erase();
                    System.out.printf("GetProcAddress returned %x%n", then.evaluate("$retreg"));
                };
        var watch =
                session.watch(
                                stop.processId(),
                                slot,
                                Access.ACCESS,
                                stop.architecture().pointerSize())
                        .onThread(stop.thread().threadId())
                        .run(returned);
        if (watch.problem().isPresent()) {
            watch.erase();
            session.breakAt(stop.processId(), back).run(returned);
        }
    }
}
