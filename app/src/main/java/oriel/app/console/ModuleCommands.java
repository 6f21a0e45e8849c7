package oriel.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.app.render.ModuleTable;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.symbols.SymbolSource;
import oriel.model.LoadedModule;
import oriel.model.Target;
import oriel.model.UnloadedModule;
import oriel.model.Wildcards;

/** The command that lists modules. */
final class ModuleCommands implements CommandGroup {
    private final ConsoleContext context;
    private final Page page;

    ModuleCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "lm [v] [m PATTERN] [a ADDRESS]", "modules; v with all that is known"),
                new HelpEntry("lm1m, lmu, !dlls", "names only; without the unloaded ones; all"));
    }

    @Override
    public boolean run(CommandLine command) {
        if (command.name().equals("!dlls")) {
            list("");
            return true;
        }
        if (!command.name().startsWith("lm")) {
            return false;
        }
        list(command.word().substring(2) + " " + command.rest());
        return true;
    }

    private void list(String text) {
        Target target = context.target();
        String pattern = "";
        String address = "";
        String options = "";
        List<String> words = new CommandLine("lm", text.strip()).words();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean more = i + 1 < words.size();
            if (word.endsWith("m") && more && !word.equals("1m")) {
                pattern = words.get(++i);
            } else if (word.endsWith("a") && more) {
                address = words.get(++i);
            }
            options += word.toLowerCase(Locale.ROOT);
        }
        List<LoadedModule> found = matching(target, pattern);
        if (!address.isEmpty()) {
            long va = context.expressions().address(address);
            found = found.stream().filter(m -> m.range().contains(va)).toList();
        }
        if (options.startsWith("1m")) {
            found.forEach(m -> page.line(m.label()));
            return;
        }
        var table = new ModuleTable(page, target.architecture());
        table.header();
        for (LoadedModule module : found) {
            table.row(module, List.of());
            if (options.contains("v")) {
                details(module);
            }
        }
        List<UnloadedModule> gone = target.unloadedModules();
        boolean narrowed = !pattern.isEmpty() || !address.isEmpty();
        if (!gone.isEmpty() && !narrowed && !options.contains("l")) {
            page.heading("Unloaded");
            gone.forEach(table::row);
        }
    }

    private void details(LoadedModule module) {
        List<SymbolSource> sources = context.symbolizer().sources(module);
        line("Image path", module.path());
        line("Image name", module.name());
        line("Range", range(module));
        line("Timestamp", Long.toHexString(module.timestamp() & 0xffffffffL));
        line("CheckSum", Long.toHexString(module.checksum() & 0xffffffffL));
        module.version().ifPresent(v -> line("File version", v.toString()));
        module.pdb().ifPresent(p -> line("PDB", p.baseName() + " " + p.key()));
        for (SymbolSource source : sources) {
            line("Symbols", source.description());
        }
        if (sources.isEmpty()) {
            line("Symbols", "none");
        }
    }

    private static String range(LoadedModule module) {
        return Long.toHexString(module.base()) + " - " + Long.toHexString(module.range().end());
    }

    private void line(String title, String value) {
        page.to(4).styled(Style.DIM, title + ": ").to(20).line(value);
    }

    /** Modules whose names match a pattern with * and ?; all for no pattern. */
    static List<LoadedModule> matching(Target target, String pattern) {
        var found = new ArrayList<LoadedModule>();
        for (LoadedModule module : target.modules()) {
            if (pattern.isEmpty()
                    || module.isNamed(pattern)
                    || Wildcards.match(pattern, module.label())
                    || Wildcards.match(pattern, module.name())) {
                found.add(module);
            }
        }
        return found;
    }
}
