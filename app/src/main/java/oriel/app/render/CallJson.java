package oriel.app.render;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.TracedCall;

/** Calls that were traced or hooked, one line of JSON for each event. */
public final class CallJson {
    private CallJson() {}

    /** Writes the beginning or the end of a traced call. */
    public static void traced(OutputStream out, TracedCall call, boolean ended) {
        try (var json = new JsonPage(out, false)) {
            json.object(
                    () -> {
                        json.text("event", ended ? "leave" : "enter");
                        json.number("process", call.thread().processId());
                        json.number("thread", call.thread().threadId());
                        json.number("depth", call.depth());
                        json.text("function", call.name());
                        json.hex("address", call.functionVa());
                        json.hex("returnAddress", call.returnVa());
                        json.number("beginNanos", call.begun().toNanos());
                        if (ended) {
                            json.number("elapsedNanos", call.elapsed().toNanos());
                            json.flag("returned", call.hasReturned());
                        }
                    });
            json.endLine();
        }
    }

    /**
     * Writes a hooked call that has ended.
     *
     * @param result in words; empty when there is none
     * @param callers the innermost first; empty when nobody asked for them
     */
    public static void hooked(
            OutputStream out, FunctionCall call, String result, List<String> callers) {
        try (var json = new JsonPage(out, false)) {
            json.object(
                    () -> {
                        json.number("process", call.thread().processId());
                        json.number("thread", call.thread().threadId());
                        json.number("depth", call.depth());
                        json.text("function", call.hook().signature().name());
                        var indices = new ArrayList<Integer>();
                        for (int i = 0; i < call.argumentCount(); i++) {
                            indices.add(i);
                        }
                        json.objects("arguments", indices, i -> argument(json, call, i));
                        json.hex("returnAddress", call.returnVa());
                        json.flag("returned", call.hasReturned());
                        if (!result.isEmpty()) {
                            json.text("result", result);
                        }
                        if (!callers.isEmpty()) {
                            json.texts("callers", callers);
                        }
                    });
            json.endLine();
        }
    }

    private static void argument(JsonPage json, FunctionCall call, int index) {
        json.text("name", call.argumentName(index));
        json.hex("value", call.argument(index));
        json.text("text", call.text(index));
    }
}
