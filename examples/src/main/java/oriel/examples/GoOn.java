package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Goes on after every stop until the program is gone: {@code GoOn app.exe}. */
public final class GoOn {
    private GoOn() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(args));
            for (var stop = session.go(); stop.isPresent(); stop = session.go()) {
                stop.get().events().forEach(e -> System.out.println(e.getClass().getSimpleName()));
            }
            System.out.println("the program has ended");
        }
    }
}
