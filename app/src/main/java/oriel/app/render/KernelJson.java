package oriel.app.render;

import java.util.List;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KernelThread;
import oriel.engine.symbols.Symbolizer;
import oriel.kd.KdStop;
import oriel.kd.KernelBreakpoint;
import oriel.kd.protocol.TargetVersion;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.model.StackTrace;

/** What the commands of the kernel console found out, one line of JSON for each. */
public final class KernelJson {
    private KernelJson() {}

    /** What a target says of itself. */
    public static JsonFact banner(KdStop stop) {
        TargetVersion version = stop.version();
        long mask = stop.architecture().addressMask();
        return json -> {
            json.text("product", version.product());
            json.number("build", version.build());
            json.text("machine", version.machineName());
            json.flag("pointer64", version.isPointer64());
            json.flag("checked", version.isChecked());
            json.number("protocol", version.protocol());
            json.number("processors", stop.change().processors());
            json.hex("kernelBase", version.kernelBase() & mask);
            json.hex("loadedModuleList", version.moduleListVa() & mask);
            stop(stop).write(json);
        };
    }

    /** Where a target stands. */
    public static JsonFact stop(KdStop stop) {
        return json -> {
            json.number("processor", stop.processor());
            json.hex("pc", stop.pc());
            json.hex("thread", stop.threadVa());
            stop.exception().ifPresent(e -> json.hex("exceptionCode", e.code() & 0xffffffffL));
        };
    }

    /** Images. */
    public static JsonFact modules(List<LoadedModule> modules) {
        return json -> json.objects("modules", modules, new JsonSurroundings(json)::module);
    }

    /** Processes. */
    public static JsonFact processes(List<KernelProcess> processes) {
        return json ->
                json.objects(
                        "processes",
                        processes,
                        p -> {
                            json.hex("address", p.va());
                            json.number("processId", p.processId());
                            json.number("parentId", p.parentId());
                            json.text("name", p.name());
                            json.hex("directoryTableBase", p.directoryTableBase());
                            json.hex("peb", p.pebVa());
                            json.time("created", p.created());
                        });
    }

    /** Threads. */
    public static JsonFact threads(List<KernelThread> threads) {
        return json ->
                json.objects(
                        "threads",
                        threads,
                        t -> {
                            json.hex("address", t.va());
                            json.number("processId", t.ref().processId());
                            json.number("threadId", t.ref().threadId());
                            json.text("state", t.stateText());
                            json.number("processor", t.processor());
                            json.hex("teb", t.tebVa());
                            json.hex("start", t.startVa());
                        });
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
    public static JsonFact breakpoints(List<KernelBreakpoint> breakpoints) {
        return json ->
                json.objects(
                        "breakpoints",
                        breakpoints,
                        b -> {
                            json.number("number", b.number());
                            json.hex("address", b.va());
                            json.flag("enabled", b.enabled());
                        });
    }
}
