package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** A debugger that is ended from outside while its target runs. */
public final class DebuggerThatDies {
    private DebuggerThatDies() {}

    /** Attaches to a process, or starts a program; prints 'running ID' and waits for its end. */
    public static void main(String[] args) {
        try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
            long id =
                    args[0].equals("attach")
                            ? session.attach(Long.parseLong(args[1])).processId()
                            : session.start(Launch.of(args[1], "wait").outputTo(args[2]))
                                    .processId();
            System.out.println("running " + id);
            session.run();
        }
    }
}
