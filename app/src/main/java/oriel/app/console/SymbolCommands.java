package oriel.app.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.demangle.Demangler;
import oriel.engine.eval.Expressions;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.types.TypeFinder;
import oriel.engine.symbols.types.TypePrinter;
import oriel.engine.symbols.types.TypeSystem;
import oriel.engine.symbols.types.ValueReader;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.PdbId;
import oriel.model.Target;
import oriel.model.Wildcards;

/** The commands that ask symbols: x, ln, dt. */
final class SymbolCommands {
    private static final int MOST = 10_000;

    private final Inspected on;
    private final Page page;

    SymbolCommands(Inspected on, Page page) {
        this.on = on;
        this.page = page;
    }

    /** {@code x module!pattern}. */
    void examine(String rest) {
        int mark = rest.indexOf('!');
        String modulePattern = mark < 0 ? "" : rest.substring(0, mark).strip();
        String pattern = rest.substring(mark + 1).strip();
        if (pattern.isEmpty()) {
            throw new ConsoleException("x MODULE!PATTERN");
        }
        Target target = on.target();
        int shown = 0;
        for (LoadedModule module : InspectCommands.modules(target, modulePattern)) {
            List<SymbolSource> sources = on.symbolizer().sources(module);
            if (sources.isEmpty()) {
                continue;
            }
            for (RvaSymbol symbol : matching(sources.get(0), pattern)) {
                if (shown++ < MOST) {
                    page.hex(
                            module.base() + symbol.rva(), target.architecture().is64Bit() ? 16 : 8);
                    page.text("  ").styled(Style.NAME, module.label() + "!" + symbol.name()).end();
                }
            }
        }
        if (shown == 0) {
            throw new ConsoleException("no symbol matches '" + rest + "'");
        }
        if (shown >= MOST) {
            page.line("... more than " + MOST + " match");
        }
    }

    /** The symbols that a pattern means, with their readable names. */
    private static List<RvaSymbol> matching(SymbolSource source, String pattern) {
        // A function is told with its own name and, by the linker, with its mangled one.
        var found = new LinkedHashMap<String, RvaSymbol>();
        source.forEach(
                symbol -> {
                    String name = Demangler.demangle(symbol.name(), Demangler.Level.SHORT);
                    if (found.size() < MOST
                            && (Wildcards.match(pattern, name)
                                    || Wildcards.match(pattern, symbol.name()))) {
                        var readable =
                                new RvaSymbol(
                                        symbol.rva(), symbol.sizeBytes(), name, symbol.function());
                        found.putIfAbsent(symbol.rva() + name, readable);
                    }
                });
        var sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparing(RvaSymbol::name));
        return sorted;
    }

    /** {@code ln address}. */
    void nearest(long va) {
        CodeLocation location = on.symbolizer().locate(va);
        page.hex(va, on.target().architecture().is64Bit() ? 16 : 8).text("  ");
        page.styled(Style.NAME, location.label());
        location.line().ifPresent(l -> page.text("  [" + l.file() + ":" + l.line() + "]"));
        page.end();
    }

    /** {@code dt module!type [address]}. */
    void type(String rest, Expressions expressions) {
        String[] words = rest.split("\\s+", 2);
        int mark = words[0].indexOf('!');
        if (words[0].isEmpty()) {
            throw new ConsoleException("dt MODULE!TYPE [ADDRESS]");
        }
        String name = words[0].substring(mark + 1);
        String modulePattern = mark < 0 ? "" : words[0].substring(0, mark);
        var without = new ArrayList<LoadedModule>();
        for (LoadedModule module : InspectCommands.modules(on.target(), modulePattern)) {
            Optional<TypeSystem> types = types(module);
            if (types.isEmpty()) {
                without.add(module);
                continue;
            }
            OptionalLong index = new TypeFinder(types.get()).find(name);
            if (index.isPresent()) {
                show(types.get(), index.getAsLong(), words, expressions);
                return;
            }
        }
        throw new ConsoleException(
                without.isEmpty() ? "there is no type '" + words[0] + "'" : missing(without, name));
    }

    private void show(TypeSystem types, long index, String[] words, Expressions expressions) {
        String text;
        if (words.length > 1) {
            text =
                    new ValueReader(
                                    types,
                                    on.target().memory(),
                                    on.target().architecture(),
                                    new ValueReader.Limits(0, 16, 4096))
                            .read(index, expressions.address(words[1]), "")
                            .print();
        } else {
            text = new TypePrinter(types).print(index);
        }
        text.lines().forEach(page::line);
    }

    private Optional<TypeSystem> types(LoadedModule module) {
        return PdbSymbolSource.among(on.symbolizer().sources(module))
                .map(source -> new TypeSystem(source.pdb()));
    }

    /** What would have to be fetched. */
    private static String missing(List<LoadedModule> modules, String type) {
        LoadedModule first = modules.get(0);
        String wanted = first.pdb().map(PdbId::key).map(key -> "its PDB " + key).orElse("its PDB");
        return "no symbols tell the type '"
                + type
                + "': "
                + first.name()
                + " has none here; "
                + wanted
                + " is fetched with --symbols"
                + " 'srv*DIRECTORY*https://msdl.microsoft.com/download/symbols'";
    }
}
