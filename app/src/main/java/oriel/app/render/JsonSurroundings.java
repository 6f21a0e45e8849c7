package oriel.app.render;

import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.model.PdbId;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.UnloadedModule;
import oriel.triage.report.CrashReport;
import oriel.triage.report.HandleSummary;
import oriel.triage.report.ModuleEntry;

/** Process, system, handles, modules and memory as JSON. */
final class JsonSurroundings {
    private final JsonPage json;

    JsonSurroundings(JsonPage json) {
        this.json = json;
    }

    /** Members of a report that are not about the crash itself. */
    void write(CrashReport report) {
        json.object("process", () -> process(report.process()));
        json.object("system", () -> system(report.system()));
        report.handles().ifPresent(h -> json.object("handles", () -> handles(h)));
        json.objects("modules", report.modules(), this::module);
        json.objects("unloadedModules", report.unloadedModules(), this::unloaded);
        json.objects(
                "annotations",
                report.annotations(),
                a -> {
                    json.text("group", a.group());
                    json.text("name", a.name());
                    json.text("value", a.value());
                });
        json.objects(
                "diagnostics",
                report.diagnostics(),
                d -> {
                    json.text("subject", d.subject());
                    json.text("problem", d.problem());
                });
    }

    void process(ProcessInfo process) {
        json.number("id", process.processId());
        json.text("imagePath", process.imagePath());
        json.text("commandLine", process.commandLine());
        json.texts("environment", process.environment());
        json.hex("peb", process.pebVa());
        json.time("created", process.created());
        json.time("captured", process.captured());
        json.seconds("userTime", process.userTime());
        json.seconds("kernelTime", process.kernelTime());
    }

    void system(SystemInfo system) {
        json.word("platform", system.platform());
        json.text("version", system.version());
        json.text("servicePack", system.servicePack());
        json.text("product", system.product());
        system.machine().ifPresent(m -> json.word("machine", m));
        json.number("processors", system.processors());
        json.text("cpu", system.cpu());
    }

    private void handles(HandleSummary handles) {
        json.number("total", handles.total());
        json.objects(
                "types",
                handles.types(),
                t -> {
                    json.text("type", t.typeName());
                    json.number("count", t.count());
                });
        json.objects("list", handles.handles(), this::handle);
    }

    private void handle(HandleInfo handle) {
        json.hex("value", handle.value());
        json.text("type", handle.typeName());
        json.text("object", handle.objectName());
        json.hex("attributes", handle.attributes());
        json.hex("access", handle.grantedAccess());
        json.number("handleCount", handle.handleCount());
        json.number("pointerCount", handle.pointerCount());
        handle.owner()
                .ifPresent(
                        owner ->
                                json.object(
                                        "owner",
                                        () -> {
                                            json.number("processId", owner.processId());
                                            json.number("threadId", owner.threadId());
                                        }));
    }

    private void module(ModuleEntry entry) {
        module(entry.module());
        if (entry.main()) {
            json.flag("main", true);
        }
        json.texts(
                "marks",
                entry.marks().stream()
                        .map(m -> m.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                        .toList());
        json.texts("symbols", entry.symbols());
    }

    /** Members of an image. */
    void module(LoadedModule module) {
        json.text("name", module.name());
        json.text("path", module.path());
        json.hex("base", module.base());
        json.hex("size", module.range().sizeBytes());
        json.hex("timestamp", module.timestamp());
        json.hex("checksum", module.checksum());
        module.version().ifPresent(v -> json.text("version", v.toString()));
        module.pdb().ifPresent(p -> json.object("pdb", () -> pdb(p)));
    }

    private void pdb(PdbId pdb) {
        json.text("file", pdb.fileName());
        json.text("guid", pdb.guid().toString());
        json.number("age", pdb.age());
        json.text("key", pdb.key());
    }

    /** Members of an image that is no longer mapped. */
    void unloaded(UnloadedModule module) {
        json.text("name", module.name());
        json.hex("base", module.range().start());
        json.hex("size", module.range().sizeBytes());
        json.hex("timestamp", module.timestamp());
        json.hex("checksum", module.checksum());
    }

    /** Members of a run of pages. */
    void region(MemoryRegion region) {
        json.hex("base", region.range().start());
        json.hex("size", region.range().sizeBytes());
        json.hex("allocationBase", region.allocationBase());
        json.word("state", region.state());
        json.text("protection", Protections.text(region));
        json.word("type", region.type());
    }
}
