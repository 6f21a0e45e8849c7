package oriel.app.render;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import oriel.engine.search.FoundString;
import oriel.model.LoadedModule;
import oriel.win32.DesktopWindow;
import oriel.win32.ProcessEntry;
import oriel.win32.Registry;
import oriel.win32.RegistryValue;
import oriel.win32.ServiceEntry;

/** Running processes and what belongs to them as JSON. */
public final class JsonLive {
    private JsonLive() {}

    /** A list of processes. */
    public static void processes(JsonPage json, List<ListedProcess> processes) {
        json.object(() -> json.objects("processes", processes, p -> process(json, p)));
        json.endLine();
    }

    private static void process(JsonPage json, ListedProcess process) {
        ProcessEntry entry = process.entry();
        json.number("processId", entry.processId());
        json.number("parentId", entry.parentId());
        json.text("name", entry.name());
        json.text("path", process.path());
        json.text("commandLine", process.commandLine());
        process.architecture().ifPresent(a -> json.word("architecture", a));
        json.number("sessionId", entry.sessionId());
        identity(json, process.identity());
        json.flag("held", process.held());
        json.number("threads", entry.threads().size());
        json.number("handles", entry.handleCount());
        json.number("workingSetBytes", entry.workingSetBytes());
        json.number("privateBytes", entry.privateBytes());
        json.time("created", entry.created());
        json.texts("windows", process.windows());
        json.texts("services", process.services());
        json.objects("modules", process.modules(), m -> module(json, m));
    }

    private static void identity(JsonPage json, ListedIdentity identity) {
        json.text("user", identity.user());
        identity.owner()
                .ifPresent(
                        owner -> {
                            json.word("integrity", owner.integrity());
                            json.flag("elevated", owner.elevated());
                            json.flag("sandboxed", owner.sandboxed());
                        });
        identity.protection().ifPresent(p -> json.text("protection", p.words()));
        json.text("package", identity.packageName());
    }

    private static void module(JsonPage json, LoadedModule module) {
        json.hex("base", module.base());
        json.hex("size", module.range().sizeBytes());
        json.text("path", module.path());
    }

    /**
     * What was done to a process.
     *
     * @param facts about it
     */
    public record Result(ProcessEntry entry, Consumer<JsonPage> facts) {}

    /** What was done to each of several processes. */
    public static void results(JsonPage json, List<Result> results) {
        json.object(
                () ->
                        json.objects(
                                "processes",
                                results,
                                one -> {
                                    json.number("processId", one.entry().processId());
                                    json.text("name", one.entry().name());
                                    one.facts().accept(json);
                                }));
        json.endLine();
    }

    /** Nothing could be done. */
    public static Consumer<JsonPage> failed(String why) {
        return json -> json.text("error", why);
    }

    /** What ended it, in words. */
    public static Consumer<JsonPage> ended(String by) {
        return json -> json.text("endedBy", by);
    }

    /** Whether it is held now. */
    public static Consumer<JsonPage> held(boolean held) {
        return json -> json.flag("held", held);
    }

    /** A program that was started, and how it ended when that was waited for. */
    public static void started(
            JsonPage json, long processId, OptionalLong threadId, OptionalInt exitCode) {
        json.object(
                () -> {
                    json.number("processId", processId);
                    json.number("threadId", threadId);
                    json.number("exitCode", exitCode);
                });
        json.endLine();
    }

    /** The library that was put into it. */
    public static Consumer<JsonPage> injected(LoadedModule module) {
        return json -> json.object("module", () -> module(json, module));
    }

    /** What code returned that was put into it. */
    public static Consumer<JsonPage> returned(long threadId, long result) {
        return json -> {
            json.number("threadId", threadId);
            json.hex("result", result);
        };
    }

    /** Bytes of it that were written over others. */
    public static Consumer<JsonPage> written(long va, byte[] before, byte[] after) {
        return json -> {
            json.hex("address", va);
            json.text("before", HexFormat.of().formatHex(before));
            json.text("after", HexFormat.of().formatHex(after));
        };
    }

    /** The dump of it that was written. */
    public static Consumer<JsonPage> dumped(String file, long sizeBytes) {
        return json -> {
            json.text("file", file);
            json.number("sizeBytes", sizeBytes);
        };
    }

    /** Bytes of a target. */
    public static void read(JsonPage json, long va, byte[] bytes) {
        json.object(
                () -> {
                    json.hex("address", va);
                    json.text("bytes", HexFormat.of().formatHex(bytes));
                });
        json.endLine();
    }

    /** The map of a process. */
    public static void map(JsonPage json, ProcessEntry entry, LiveMap map, boolean all) {
        json.object(
                () -> {
                    json.number("processId", entry.processId());
                    json.text("name", entry.name());
                    json.objects(
                            "regions",
                            map.regions(all),
                            region -> {
                                json.hex("base", region.range().start());
                                json.hex("size", region.range().sizeBytes());
                                json.word("state", region.state());
                                json.text("protection", Protections.text(region));
                                json.word("type", region.type());
                                json.text("file", map.file(region));
                            });
                    long[] totals = map.totals();
                    json.object(
                            "totals",
                            () -> {
                                for (int i = 0; i < totals.length; i++) {
                                    json.number(LiveMap.TOTALS.get(i), totals[i]);
                                }
                            });
                });
        json.endLine();
    }

    /**
     * What a search found in a process.
     *
     * @param entry the process
     * @param matches by address
     */
    public record Matches(ProcessEntry entry, List<Place> matches) {}

    /**
     * A place that matches.
     *
     * @param va first address
     * @param bytes what is there
     * @param pattern what matched
     */
    public record Place(long va, byte[] bytes, String pattern) {}

    /** What searches found. */
    public static void matches(JsonPage json, List<Matches> found) {
        json.object(
                () ->
                        json.objects(
                                "processes",
                                found,
                                process -> {
                                    json.number("processId", process.entry().processId());
                                    json.text("name", process.entry().name());
                                    json.objects("matches", process.matches(), m -> match(json, m));
                                }));
        json.endLine();
    }

    private static void match(JsonPage json, Place place) {
        json.hex("address", place.va());
        json.text("pattern", place.pattern());
        json.text("bytes", HexFormat.of().formatHex(place.bytes()));
    }

    /** The strings of processes. */
    public static void strings(JsonPage json, Map<ProcessEntry, List<FoundString>> processes) {
        json.object(
                () ->
                        json.objects(
                                "processes",
                                processes.entrySet(),
                                each -> {
                                    json.number("processId", each.getKey().processId());
                                    json.text("name", each.getKey().name());
                                    json.objects("strings", each.getValue(), s -> string(json, s));
                                }));
        json.endLine();
    }

    private static void string(JsonPage json, FoundString string) {
        json.hex("address", string.va());
        json.text("encoding", string.wide() ? "utf-16" : "ascii");
        json.text("text", string.text());
    }

    /** Services. */
    public static void services(JsonPage json, List<ServiceEntry> services) {
        json.object(
                () ->
                        json.objects(
                                "services",
                                services,
                                service -> {
                                    json.text("name", service.name());
                                    json.text("displayName", service.displayName());
                                    json.word("state", service.state());
                                    json.hex("type", service.type());
                                    json.number("processId", service.processId());
                                    json.number("exitCode", service.exitCode());
                                }));
        json.endLine();
    }

    /** Windows, with those in them when a tree is wanted. */
    public static void windows(JsonPage json, List<DesktopWindow> windows, boolean tree) {
        json.object(() -> json.objects("windows", windows, w -> window(json, w, tree)));
        json.endLine();
    }

    private static void window(JsonPage json, DesktopWindow window, boolean tree) {
        json.hex("handle", window.handle());
        json.number("processId", window.processId());
        json.number("threadId", window.threadId());
        json.text("class", window.className());
        json.text("text", window.text());
        json.hex("style", window.style());
        json.hex("extendedStyle", window.extendedStyle());
        json.flag("visible", window.isVisible());
        json.flag("enabled", window.isEnabled());
        window.area()
                .ifPresent(
                        area ->
                                json.object(
                                        "area",
                                        () -> {
                                            json.number("x", area.x());
                                            json.number("y", area.y());
                                            json.number("width", area.width());
                                            json.number("height", area.height());
                                        }));
        if (tree) {
            json.objects("children", window.children(), w -> window(json, w, true));
        }
    }

    /** A key of the registry. */
    public static void key(
            JsonPage json, String path, List<String> subkeys, List<RegistryValue> values) {
        json.object(
                () -> {
                    json.text("path", path);
                    json.texts("keys", subkeys);
                    json.objects("values", values, value -> value(json, value));
                });
        json.endLine();
    }

    private static void value(JsonPage json, RegistryValue value) {
        json.text("name", value.name());
        json.text("type", value.typeName());
        value.number().ifPresent(n -> json.number("number", n));
        json.texts("texts", value.texts());
        json.text("bytes", HexFormat.of().formatHex(value.data()));
    }

    /** What a search of the registry found. */
    public static void found(JsonPage json, List<Registry.Found> found) {
        json.object(
                () ->
                        json.objects(
                                "found",
                                found,
                                place -> {
                                    json.text("path", place.path());
                                    place.value()
                                            .ifPresent(
                                                    value ->
                                                            json.object(
                                                                    "value",
                                                                    () -> value(json, value)));
                                }));
        json.endLine();
    }
}
