package oriel.app.render;

import java.util.List;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KernelThread;
import oriel.kd.KdStop;
import oriel.kd.protocol.TargetVersion;
import oriel.model.LoadedModule;

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
}
