package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugHandler;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;

/** A handler of its own for each process, children too: {@code CountEvents app.exe}. */
public final class CountEvents extends DebugHandler {
    private int modules;

    @Override
    public void onModuleLoaded(DebugEvent.ModuleLoaded event, Stop stop) {
        modules++;
    }

    @Override
    public void onProcessExited(DebugEvent.ProcessExited event, Stop stop) {
        System.out.println("exit code " + event.exitCode() + " after " + modules + " modules");
    }

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.handleEach(CountEvents::new);
            session.start(Launch.of(args).following());
            session.run();
        }
    }
}
