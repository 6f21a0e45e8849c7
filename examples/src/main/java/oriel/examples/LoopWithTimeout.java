package oriel.examples;

import java.time.Duration;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Ends a program that takes too long: {@code LoopWithTimeout app.exe}. */
public final class LoopWithTimeout {
    private LoopWithTimeout() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(args));
            session.run(Duration.ofMillis(500));
            session.processIds()
                    .forEach(
                            id -> {
                                System.out.println("takes too long");
                                session.kill(id);
                            });
            session.run();
        }
    }
}
