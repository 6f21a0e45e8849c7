package oriel.app.render;

import java.io.OutputStream;
import oriel.engine.session.DebugEvent;
import oriel.model.LoadedModule;
import oriel.triage.reason.CodeNames;

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
            case DebugEvent.ProcessStarted e -> {
                module(json, e.image());
                address(json, "start", e.startVa());
            }
            case DebugEvent.ProcessExited e -> json.number("code", e.exitCode());
            case DebugEvent.ThreadStarted e -> address(json, "start", e.startVa());
            case DebugEvent.ThreadExited e -> json.number("code", e.exitCode());
            case DebugEvent.ThreadNamed e -> {
                json.number("named", e.named().threadId());
                json.text("name", e.name());
            }
            case DebugEvent.ModuleLoaded e -> module(json, e.module());
            case DebugEvent.ModuleUnloaded e -> module(json, e.module());
            case DebugEvent.OutputWritten e -> json.text("output", e.text());
            case DebugEvent.LoaderStopped e -> {
                // Its kind says it all.
            }
            case DebugEvent.ProgramStopped e -> json.hex("address", e.va());
            case DebugEvent.Interrupted e -> {
                // Its kind says it all.
            }
            case DebugEvent.BreakpointHit e -> {
                json.number("breakpoint", e.breakpoint().id());
                json.number("hits", e.breakpoint().hits());
                json.hex("address", e.va());
                json.word("access", e.access());
                json.hex("accessAddress", e.accessVa());
            }
            case DebugEvent.StepDone e -> json.hex("address", e.va());
            case DebugEvent.ExceptionRaised e -> {
                json.hex("exceptionCode", e.exception().code() & 0xffffffffL);
                json.text("name", CodeNames.exception(e.exception().code()).name());
                json.hex("address", e.exception().address());
                json.texts(
                        "parameters",
                        e.exception().parameters().stream()
                                .map(p -> "0x" + Long.toHexString(p))
                                .toList());
                json.flag("firstChance", e.firstChance());
            }
            case DebugEvent.SystemFailed e -> json.number("error", e.error());
            case DebugEvent.CallbackFailed e -> {
                json.text("where", e.where());
                json.text("failure", e.failure().toString());
            }
        }
    }

    private static void module(JsonPage json, LoadedModule module) {
        json.text("path", module.path());
        json.hex("base", module.base());
        json.hex("size", module.range().sizeBytes());
    }

    private static void address(JsonPage json, String name, long va) {
        if (va != 0) {
            json.hex(name, va);
        }
    }
}
