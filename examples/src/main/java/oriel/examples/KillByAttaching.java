package oriel.examples;

import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Ends a process by being its debugger and leaving: {@code KillByAttaching 4242}. */
public final class KillByAttaching {
    private KillByAttaching() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new).killAttached(true)) {
            session.attach(Long.parseLong(args[0]));
        }
    }
}
