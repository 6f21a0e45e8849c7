package oriel.examples;

import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.win32.SystemSnapshot;
import oriel.win32.WindowsDriver;

/** Attaches to all processes of a name and waits for their ends: {@code AttachByName "note*"}. */
public final class AttachByName {
    private AttachByName() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.on(
                    DebugEvent.ProcessExited.class,
                    (event, stop) -> System.out.println(stop.processId() + " has ended"));
            for (var process : SystemSnapshot.take().named(args[0])) {
                System.out.println(process.processId() + " " + process.name());
                session.attach(process.processId());
            }
            session.run();
        }
    }
}
