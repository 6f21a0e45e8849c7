package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Starts a program and prints what happens: {@code DebugProgram app.exe argument ...}. */
public final class DebugProgram {
    private DebugProgram() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.on(
                    DebugEvent.ProcessExited.class,
                    (event, stop) -> System.out.println("exit code " + event.exitCode()));
            session.on(
                    DebugEvent.ModuleLoaded.class,
                    (event, stop) -> System.out.println("loaded " + event.module().name()));
            session.on(
                    DebugEvent.ExceptionRaised.class,
                    (event, stop) -> System.out.println("exception at " + stop.label(stop.pc())));
            session.start(Launch.of(args));
            session.run();
        }
    }
}
