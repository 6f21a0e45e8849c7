package oriel.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Breaks into a program that runs, from another thread: {@code BreakIn app.exe}. */
public final class BreakIn {
    private BreakIn() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(args));
            var later = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
            CompletableFuture.runAsync(session::interrupt, later);
            var stop = session.go().orElseThrow();
            // Something else may happen just then.
            stop.events().forEach(e -> System.out.println(e.getClass().getSimpleName()));
            for (var thread : stop.threads()) {
                long pc = stop.from(thread.ref()).pc();
                System.out.println(thread.ref().threadId() + " is at " + stop.label(pc));
            }
        }
    }
}
