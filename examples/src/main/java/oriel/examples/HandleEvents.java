package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugHandler;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;

/** A method for each kind of event: {@code HandleEvents app.exe argument ...}. */
public final class HandleEvents extends DebugHandler {
    @Override
    public void onThreadStarted(DebugEvent.ThreadStarted event, Stop stop) {
        System.out.println("thread at " + stop.label(event.startVa()));
    }

    @Override
    public void onOutput(DebugEvent.OutputWritten event, Stop stop) {
        System.out.println("output: " + event.text());
    }

    @Override
    public void onAccessViolation(DebugEvent.ExceptionRaised event, Stop stop) {
        System.out.println("access violation at " + stop.label(stop.pc()));
        stop.session().kill(stop.processId());
    }

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.handle(new HandleEvents());
            session.start(Launch.of(args));
            session.run();
        }
    }
}
