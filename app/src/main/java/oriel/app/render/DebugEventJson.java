package oriel.app.render;

import java.io.OutputStream;
import oriel.engine.session.DebugEvent;

/** Events of the debugger, one line of JSON for each. */
public final class DebugEventJson {
    private DebugEventJson() {}

    /**
     * Writes an event.
     *
     * @param words what a person would be told
     */
    public static void write(OutputStream out, DebugEvent event, String words) {
        try (var json = new JsonPage(out, false)) {
            json.object(
                    () -> {
                        json.text("event", event.getClass().getSimpleName());
                        json.number("process", event.thread().processId());
                        json.number("thread", event.thread().threadId());
                        json.text("text", words);
                        more(json, event);
                    });
            json.endLine();
        }
    }

    private static void more(JsonPage json, DebugEvent event) {
        switch (event) {
            case DebugEvent.ModuleLoaded e -> json.hex("base", e.module().base());
            case DebugEvent.ModuleUnloaded e -> json.hex("base", e.module().base());
            case DebugEvent.ProcessExited e -> json.number("code", e.exitCode());
            case DebugEvent.BreakpointHit e -> {
                json.number("breakpoint", e.breakpoint().id());
                json.hex("address", e.va());
            }
            case DebugEvent.ExceptionRaised e -> {
                json.hex("code", e.exception().code() & 0xffffffffL);
                json.hex("address", e.exception().address());
                json.flag("firstChance", e.firstChance());
            }
            case DebugEvent.StepDone e -> json.hex("address", e.va());
            default -> {
                // Its words say it all.
            }
        }
    }
}
