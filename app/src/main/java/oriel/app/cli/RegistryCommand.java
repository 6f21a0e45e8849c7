package oriel.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.win32.Registry;
import oriel.win32.RegistryExport;
import oriel.win32.RegistryKey;
import oriel.win32.RegistryValue;

/** {@code oriel registry}: reads, searches and changes the registry. */
final class RegistryCommand implements Command {
    private static final int ALL = Integer.MAX_VALUE;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Reads, searches and changes the registry.",
                        "list KEY, get KEY [NAME], set KEY NAME VALUE, delete KEY [NAME], copy KEY NEW,"
                                + " export KEY FILE, search KEY REGEX.")
                .operand("ACTION", "list, get, set, create, delete, copy, export or search.")
                .optionalOperand("KEY", "A path such as HKLM\\Software\\Oriel.")
                .optionalOperand("ARGUMENT...", "What the action needs.")
                .option(
                        Option.value(
                                        "--type",
                                        "TYPE",
                                        "With set: text, expand, texts, number, long or hex.")
                                .oneOf("text", "expand", "texts", "number", "long", "hex"))
                .option(Option.flag("--32", "As 32-bit programs see it."))
                .option(Option.value("--machine", "NAME", "The registry of another machine."))
                .option(Option.flag("--ignore-case", "With search.").withShortName("-i"))
                .option(Option.value("--limit", "COUNT", "With search: stop after so many."))
                .option(LiveOptions.YES)
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel registry list 'HKLM\\Software\\Microsoft'",
                        "oriel registry get 'HKCU\\Environment' TEMP",
                        "oriel registry set 'HKCU\\Software\\Oriel' Level 3 --type number",
                        "oriel registry search HKLM 'debugger$' -i",
                        "oriel registry export 'HKCU\\Software' software.reg");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.require();
        String action = given.operand(0).toLowerCase(Locale.ROOT);
        Registry registry =
                given.has("--machine")
                        ? Registry.remote(given.value("--machine", ""))
                        : Registry.local();
        registry = given.has("--32") ? registry.view32() : registry;
        try {
            return switch (action) {
                case "list" -> list(registry, given, console);
                case "get" -> get(registry, given, console);
                case "set" -> set(registry, given);
                case "create" -> create(registry, given);
                case "delete" -> delete(registry, given, console);
                case "copy" -> copy(registry, given);
                case "export" -> export(registry, given);
                case "search" -> search(registry, given, console);
                default -> throw new UsageException("'" + action + "' is no action of registry");
            };
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static String argument(Arguments given, int index, String what) {
        if (given.operands().size() <= index) {
            throw new UsageException("registry " + given.operand(0) + ": " + what + " is missing");
        }
        return given.operand(index);
    }

    private static String key(Arguments given) {
        return argument(given, 1, "the key");
    }

    private static int list(Registry registry, Arguments given, Console console) {
        Page page = TargetInput.page(given, console);
        if (given.operands().size() == 1) {
            Registry.hives().forEach(page::line);
            page.flush();
            return ExitCode.FOUND;
        }
        try (RegistryKey key = registry.open(key(given))) {
            List<RegistryValue> values = key.values();
            List<String> subkeys = key.subkeys();
            if (given.has("--json")) {
                try (var json = new JsonPage(console.out(), true)) {
                    JsonLive.key(json, key.path(), subkeys, values);
                }
            } else {
                page.styled(Style.TITLE, key.path()).end();
                subkeys.forEach(name -> page.to(2).styled(Style.NAME, name).line("\\"));
                values.forEach(value -> row(page, value));
                page.flush();
            }
            return ExitCode.FOUND;
        }
    }

    private static void row(Page page, RegistryValue value) {
        page.to(2).text(value.name().isEmpty() ? "(default)" : value.name()).to(34);
        page.styled(Style.DIM, value.typeName()).to(48).line(value.display());
    }

    private static int get(Registry registry, Arguments given, Console console) {
        String name = given.operands().size() > 2 ? given.operand(2) : "";
        try (RegistryKey key = registry.open(key(given))) {
            var value = key.value(name);
            if (value.isEmpty()) {
                String which = name.isEmpty() ? "default value" : "value '" + name + "'";
                console.err().println("oriel: " + key.path() + " has no " + which);
                return ExitCode.NOTHING;
            }
            if (given.has("--json")) {
                try (var json = new JsonPage(console.out(), true)) {
                    JsonLive.key(json, key.path(), List.of(), List.of(value.get()));
                }
            } else {
                console.out().println(value.get().display());
            }
            return ExitCode.FOUND;
        }
    }

    private static int set(Registry registry, Arguments given) {
        String name = argument(given, 2, "the name of the value");
        String text = argument(given, 3, "what to set it to");
        RegistryValue value = value(given, name, text);
        try (RegistryKey key = registry.create(key(given))) {
            key.set(value);
        }
        return ExitCode.FOUND;
    }

    private static RegistryValue value(Arguments given, String name, String text) {
        return switch (given.value("--type", "text")) {
            case "expand" -> RegistryValue.ofExpandable(name, text);
            case "texts" ->
                    RegistryValue.ofTexts(
                            name, given.operands().subList(3, given.operands().size()));
            case "number" -> RegistryValue.ofNumber(name, Long.decode(text).intValue());
            case "long" -> RegistryValue.ofLongNumber(name, Long.decode(text));
            case "hex" ->
                    RegistryValue.ofBytes(name, HexFormat.of().parseHex(text.replace(" ", "")));
            default -> RegistryValue.ofText(name, text);
        };
    }

    private static int create(Registry registry, Arguments given) {
        registry.create(key(given)).close();
        return ExitCode.FOUND;
    }

    private static int delete(Registry registry, Arguments given, Console console)
            throws IOException {
        String path = key(given);
        if (given.operands().size() > 2) {
            String name = given.operand(2);
            LiveOptions.confirm("Delete the value " + name + " of " + path + "?", given, console);
            try (RegistryKey key = registry.openToWrite(path)) {
                return key.deleteValue(name) ? ExitCode.FOUND : ExitCode.NOTHING;
            }
        }
        LiveOptions.confirm("Delete " + path + " and all that is in it?", given, console);
        registry.delete(path);
        return ExitCode.FOUND;
    }

    private static int copy(Registry registry, Arguments given) {
        registry.copy(key(given), argument(given, 2, "the new key"));
        return ExitCode.FOUND;
    }

    private static int export(Registry registry, Arguments given) throws IOException {
        var file = TargetInput.path(argument(given, 2, "the file"));
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_16LE)) {
            // The registry editor wants to see that it is UTF-16.
            out.append('\ufeff');
            RegistryExport.write(registry, key(given), out);
        }
        return ExitCode.FOUND;
    }

    private static int search(Registry registry, Arguments given, Console console) {
        int limit = given.count("--limit", ALL, ALL);
        Pattern wanted;
        try {
            wanted =
                    Pattern.compile(
                            argument(given, 2, "what to look for"),
                            given.has("--ignore-case")
                                    ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE
                                    : 0);
        } catch (PatternSyntaxException e) {
            throw new UsageException(e.getDescription() + ": " + e.getPattern());
        }
        Page page = TargetInput.page(given, console);
        var found = new ArrayList<Registry.Found>();
        registry.search(
                key(given),
                wanted,
                place -> {
                    found.add(place);
                    if (!given.has("--json")) {
                        page.styled(Style.NAME, place.path()).end();
                        place.value().ifPresent(value -> row(page, value));
                    }
                    return found.size() < limit && !page.isAbandoned();
                });
        page.flush();
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.found(json, found);
            }
        }
        return found.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }
}
