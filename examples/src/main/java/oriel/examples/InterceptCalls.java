package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugHandler;
import oriel.engine.session.DebugSession;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;

/** Tells which files and registry keys a program opens: {@code InterceptCalls app.exe}. */
public final class InterceptCalls extends DebugHandler {
    private InterceptCalls() {
        for (String text : new String[] {"A(LPCSTR", "W(LPCWSTR"}) {
            hook(
                    "kernel32!HANDLE CreateFile" + text + " name, DWORD access, DWORD share)",
                    (call, stop) -> say(call, "opens file " + call.text("name")),
                    (call, stop) -> say(call, (int) call.result(stop) == -1 ? "failed" : "done"));
        }
        for (String text : new String[] {"A(HKEY key, LPCSTR", "W(HKEY key, LPCWSTR"}) {
            hook(
                    "advapi32!LONG RegCreateKeyEx" + text + " name)",
                    (call, stop) -> say(call, "opens key " + call.text("name")),
                    this::created);
        }
    }

    private void created(FunctionCall call, Stop stop) {
        say(call, call.result(stop) == 0 ? "done" : "error " + call.result(stop));
    }

    private static void say(FunctionCall call, String what) {
        if (call.depth() == 0) {
            System.out.println(call.thread().threadId() + ": " + what);
        }
    }

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.handle(new InterceptCalls());
            session.start(Launch.of(args));
            session.run();
        }
    }
}
