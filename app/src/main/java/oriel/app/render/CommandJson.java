package oriel.app.render;

import java.io.OutputStream;
import java.util.List;
import oriel.engine.symbols.Symbolizer;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.model.StackTrace;

/** Results of commands of a console, one line of JSON for each. */
public final class CommandJson {
    private CommandJson() {}

    /**
     * Writes the result of a command.
     *
     * @param ok whether it could be done
     * @param text what it would have printed
     */
    public static void result(
            OutputStream out, String command, boolean ok, List<String> text, JsonFact fact) {
        try (var json = new JsonPage(out, false)) {
            json.object(
                    () -> {
                        json.text("command", command);
                        json.flag("ok", ok);
                        fact.write(json);
                        json.texts("output", text);
                    });
            json.endLine();
        }
    }

    /** Images. */
    public static JsonFact modules(List<LoadedModule> modules) {
        return json -> json.objects("modules", modules, new JsonSurroundings(json)::module);
    }

    /** A stack. */
    public static JsonFact frames(StackTrace trace, Symbolizer symbolizer) {
        return json -> json.objects("frames", trace.frames(), f -> frame(json, f, symbolizer));
    }

    private static void frame(JsonPage json, StackFrame frame, Symbolizer symbolizer) {
        json.hex("sp", frame.sp());
        json.hex("pc", frame.pc());
        json.word("trust", frame.trust());
        new JsonStacks(json).location(symbolizer.locate(frame));
    }

    /** Registers. */
    public static JsonFact registers(RegisterSet set) {
        return json -> json.object("registers", () -> JsonListing.registers(json, set));
    }

    /** Breakpoints. */
    public static JsonFact breakpoints(List<BreakpointRow> breakpoints) {
        return json ->
                json.objects(
                        "breakpoints",
                        breakpoints,
                        b -> {
                            json.number("number", b.number());
                            json.text("place", b.place());
                            b.addresses().stream()
                                    .findFirst()
                                    .ifPresent(va -> json.hex("address", (long) va));
                            json.flag("enabled", b.enabled());
                            json.number("hits", b.hits());
                        });
    }
}
