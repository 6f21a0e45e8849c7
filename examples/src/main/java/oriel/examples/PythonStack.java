package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.python.PythonRuntime;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;

/**
 * Prints the Python stack with all variables wherever a script calls DebugBreak: {@code PythonStack
 * python.exe script.py}, with {@code ctypes.windll.kernel32.DebugBreak()} in the script.
 */
public final class PythonStack {
    private PythonStack() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.on(DebugEvent.ProgramStopped.class, (event, stop) -> print(stop));
            session.start(Launch.of(args));
            session.run();
        }
    }

    private static void print(Stop stop) {
        PythonRuntime python = PythonRuntime.find(stop, stop.labels()).orElseThrow();
        for (var thread : python.threads()) {
            System.out.println("Python " + python.version() + ", thread " + thread.threadId());
            for (var frame : thread.frames()) {
                System.out.println("  " + frame);
                frame.locals()
                        .forEach(
                                (name, va) ->
                                        System.out.println(
                                                "    " + name + " = " + python.objects().text(va)));
            }
        }
    }
}
