package oriel.app.render;

import oriel.engine.symbols.Symbolizer;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.Target;
import oriel.model.TargetThread;

/** Parts of a target as JSON, for the commands that list them. */
public final class JsonListing {
    private JsonListing() {}

    /** Mapped and unloaded images. */
    public static void modules(JsonPage json, Target target) {
        var writer = new JsonSurroundings(json);
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects("modules", target.modules(), writer::module);
                    json.objects("unloadedModules", target.unloadedModules(), writer::unloaded);
                });
        json.endLine();
    }

    /** Threads with their registers. */
    public static void threads(JsonPage json, Target target, Symbolizer symbolizer) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects(
                            "threads",
                            target.threads(),
                            thread -> thread(json, target, symbolizer, thread));
                });
        json.endLine();
    }

    private static void thread(
            JsonPage json, Target target, Symbolizer symbolizer, TargetThread thread) {
        long id = thread.ref().threadId();
        json.number("threadId", id);
        json.text("name", thread.name());
        json.flag("crashed", target.stoppingThread().map(t -> t.threadId() == id).orElse(false));
        json.number("suspendCount", thread.suspendCount());
        json.number("priority", thread.priority());
        json.time("created", thread.created());
        json.seconds("userTime", thread.userTime());
        json.seconds("kernelTime", thread.kernelTime());
        json.hex("teb", thread.tebVa());
        thread.registers()
                .pc()
                .ifPresent(
                        pc ->
                                json.object(
                                        "location",
                                        () ->
                                                new JsonStacks(json)
                                                        .location(symbolizer.locate(pc))));
        json.object("registers", () -> registers(json, thread.registers()));
    }

    static void registers(JsonPage json, RegisterSet set) {
        for (Register register : Registers.of(set.architecture())) {
            if (!set.has(register)) {
                continue;
            }
            long low = set.value(register).orElse(0);
            if (register.bits() > 64) {
                long high = set.high(register).orElse(0);
                String text =
                        high == 0
                                ? Long.toHexString(low)
                                : Long.toHexString(high) + Page.hexText(low, 16);
                json.text(register.name(), "0x" + text);
            } else {
                json.hex(register.name(), low);
            }
        }
    }

    /** The memory map; when the target has none, the ranges that can be read. */
    public static void memory(JsonPage json, Target target) {
        var writer = new JsonSurroundings(json);
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects("regions", target.regions(), writer::region);
                    json.objects(
                            "readable",
                            target.readableRanges(),
                            range -> {
                                json.hex("base", range.start());
                                json.hex("size", range.sizeBytes());
                            });
                });
        json.endLine();
    }
}
