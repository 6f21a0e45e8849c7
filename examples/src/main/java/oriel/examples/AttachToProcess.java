package oriel.examples;

import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Attaches to a process and waits for its end: {@code AttachToProcess 4242}. */
public final class AttachToProcess {
    private AttachToProcess() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.on(
                    DebugEvent.ProcessExited.class,
                    (event, stop) -> System.out.println("exit code " + event.exitCode()));
            session.attach(Long.parseLong(args[0]));
            session.run();
        }
    }
}
