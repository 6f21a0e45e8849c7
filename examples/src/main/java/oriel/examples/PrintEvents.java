package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Prints every event with its address, process and thread: {@code PrintEvents app.exe}. */
public final class PrintEvents {
    private PrintEvents() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.on(
                    DebugEvent.class,
                    (event, stop) ->
                            System.out.printf(
                                    "%s at %s, process %d, thread %d%n",
                                    event.getClass().getSimpleName(),
                                    stop.label(stop.pc()),
                                    stop.processId(),
                                    event.thread().threadId()));
            session.start(Launch.of(args));
            session.run();
        }
    }
}
