package oriel.app.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.demangle.Demangler;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.pdb.TypedVariable;
import oriel.engine.symbols.types.TypeFinder;
import oriel.engine.symbols.types.TypePrinter;
import oriel.engine.symbols.types.TypeSystem;
import oriel.engine.symbols.types.TypedValue;
import oriel.engine.symbols.types.ValueReader;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.PdbId;
import oriel.model.Symbol;
import oriel.model.Wildcards;

/** The commands that ask symbols: x, ln, dt, and those about where symbols come from. */
final class SymbolCommands implements CommandGroup {
    private static final int MOST = 10_000;

    private final ConsoleContext context;
    private final Page page;

    SymbolCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("x [/f|/d] MODULE!PATTERN", "symbols; functions or data only"),
                new HelpEntry("ln [ADDRESS]", "the nearest symbols"),
                new HelpEntry(
                        "dt [-rN] [MODULE!]TYPE|VARIABLE [ADDRESS] [MEMBER]",
                        "a type, or memory as one; with * the names of types"),
                new HelpEntry(
                        ".sympath [+PATH|PATH], .symfix [DIR]", "where symbols are looked for"),
                new HelpEntry(".reload [MODULE]", "look for symbols anew"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "x" -> examine(rest);
            case "ln" -> nearest(rest);
            case "dt" -> type(rest);
            case ".sympath", ".sympath+" -> path(command.name().endsWith("+"), rest);
            case ".symfix", ".symfix+" -> standardPath(command.name().endsWith("+"), rest);
            case ".reload" -> reload(rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    // Symbols

    private void examine(String rest) {
        var arguments = new CommandArguments(context, rest);
        boolean functions = true;
        boolean data = true;
        while (arguments.next() == '/') {
            String option = arguments.word();
            data &= !option.equals("/f");
            functions &= !option.equals("/d");
        }
        String wanted = arguments.rest();
        int mark = wanted.indexOf('!');
        String modulePattern = mark < 0 ? "" : wanted.substring(0, mark).strip();
        String pattern = wanted.substring(mark + 1).strip();
        if (pattern.isEmpty()) {
            throw new ConsoleException("x MODULE!PATTERN");
        }
        int shown = 0;
        for (LoadedModule module : ModuleCommands.matching(context.target(), modulePattern)) {
            for (Found symbol : matching(context.symbolizer().sources(module), pattern)) {
                boolean kind = symbol.symbol.function() ? functions : data;
                if (kind && shown++ < MOST) {
                    address(module.base() + symbol.symbol.rva()).text("  ");
                    page.styled(Style.NAME, module.label() + "!" + symbol.name).end();
                }
            }
        }
        if (shown == 0) {
            throw new ConsoleException("no symbol matches '" + wanted + "'");
        }
        if (shown >= MOST) {
            page.line("... more than " + MOST + " match");
        }
    }

    /** A symbol and its name as people read it. */
    private record Found(RvaSymbol symbol, String name) {}

    /** Symbols whose names match, decorated or as people read them, by name. */
    private static List<Found> matching(List<SymbolSource> sources, String pattern) {
        // A function is told with its own name and, by the linker, with its mangled one.
        var told = new HashSet<String>();
        var found = new ArrayList<Found>();
        for (SymbolSource source : sources) {
            source.forEach(
                    symbol -> {
                        String readable = Demangler.demangle(symbol.name(), Demangler.Level.SHORT);
                        boolean fits =
                                Wildcards.match(pattern, symbol.name())
                                        || Wildcards.match(pattern, readable);
                        if (found.size() < MOST && fits && told.add(symbol.rva() + readable)) {
                            found.add(new Found(symbol, readable));
                        }
                    });
            if (!found.isEmpty()) {
                break;
            }
        }
        found.sort(
                Comparator.comparing(Found::name)
                        .thenComparing(f -> f.symbol.rva(), Long::compareUnsigned));
        return found;
    }

    /** All names that match a pattern, as breakpoints take them. */
    static List<String> functions(ConsoleContext context, String modulePattern, String pattern) {
        var names = new ArrayList<String>();
        for (LoadedModule module : ModuleCommands.matching(context.target(), modulePattern)) {
            for (Found each : matching(context.symbolizer().sources(module), pattern)) {
                boolean data =
                        !each.symbol.function()
                                && context.symbolizer().sources(module).get(0).quality()
                                        != SymbolSource.Quality.EXPORTS;
                if (!data) {
                    names.add(module.label() + "!" + each.symbol.name());
                }
            }
        }
        return names;
    }

    private Page address(long va) {
        return page.hex(va, context.architecture().pointerSize() * 2);
    }

    private void nearest(String rest) {
        var arguments = new CommandArguments(context, rest);
        long va =
                rest.isEmpty() ? context.thread().registers().pc().orElse(0) : arguments.address();
        CodeLocation location = context.symbolizer().locate(va);
        address(va).text("  ").styled(Style.NAME, location.label());
        location.line().ifPresent(l -> page.text("  [" + l.file() + ":" + l.line() + "]"));
        Optional<LoadedModule> module = context.target().moduleAt(va);
        Optional<RvaSymbol> after = module.flatMap(m -> after(m, va));
        after.ifPresent(
                next -> {
                    long at = module.orElseThrow().base() + next.rva();
                    page.text("   |   ").hex(at, context.architecture().pointerSize() * 2);
                    page.text("  ")
                            .styled(
                                    Style.NAME,
                                    module.get().label()
                                            + "!"
                                            + Demangler.demangle(
                                                    next.name(), Demangler.Level.SHORT));
                });
        page.end();
        Optional<Symbol> symbol = location.symbol();
        if (symbol.isPresent() && symbol.get().va() == va) {
            page.line("Exact matches:");
            page.to(4).line(location.label());
        }
    }

    /** The first symbol behind an address. */
    private Optional<RvaSymbol> after(LoadedModule module, long va) {
        long rva = va - module.base();
        var best = new RvaSymbol[1];
        for (SymbolSource source : context.symbolizer().sources(module)) {
            source.forEach(
                    s -> {
                        if (s.rva() > rva && (best[0] == null || s.rva() < best[0].rva())) {
                            best[0] = s;
                        }
                    });
            break;
        }
        return Optional.ofNullable(best[0]);
    }

    // Types

    private void type(String rest) {
        var arguments = new CommandArguments(context, rest);
        int depth = 0;
        while (arguments.next() == '-' || arguments.next() == '/') {
            String option = arguments.word();
            if (option.length() > 1 && option.charAt(1) == 'r') {
                depth = option.length() > 2 ? Character.digit(option.charAt(2), 10) : 1;
            }
        }
        String name = arguments.word();
        if (name.isEmpty()) {
            throw new ConsoleException("dt [MODULE!]TYPE [ADDRESS] [MEMBER]");
        }
        if (name.indexOf('*') >= 0) {
            names(name);
            return;
        }
        if (!inModules(name, arguments, Math.max(0, depth))) {
            throw new ConsoleException(missing(name));
        }
    }

    private List<LoadedModule> modules(String name) {
        int mark = name.indexOf('!');
        return ModuleCommands.matching(context.target(), mark < 0 ? "" : name.substring(0, mark));
    }

    private boolean inModules(String wanted, CommandArguments arguments, int depth) {
        String name = wanted.substring(wanted.indexOf('!') + 1);
        for (LoadedModule module : modules(wanted)) {
            Optional<PdbSymbolSource> pdb =
                    PdbSymbolSource.among(context.symbolizer().sources(module));
            if (pdb.isEmpty()) {
                continue;
            }
            var types = new TypeSystem(pdb.get().pdb());
            OptionalLong index = new TypeFinder(types).find(name);
            Optional<TypedVariable> variable =
                    index.isEmpty() ? pdb.get().variable(name) : Optional.empty();
            if (variable.isPresent()) {
                value(types, variable.get().type(), module.base() + variable.get().rva(), depth)
                        .lines()
                        .forEach(page::line);
                return true;
            }
            if (index.isPresent()) {
                show(types, index.getAsLong(), arguments, depth);
                return true;
            }
        }
        return false;
    }

    private String value(TypeSystem types, long type, long va, int depth) {
        return read(types, type, va, depth).print();
    }

    private TypedValue read(TypeSystem types, long type, long va, int depth) {
        return new ValueReader(
                        types,
                        context.memory(),
                        context.architecture(),
                        new ValueReader.Limits(depth, 16, 4096))
                .read(type, va, "");
    }

    private void show(TypeSystem types, long index, CommandArguments arguments, int depth) {
        LongConsumer all = va -> value(types, index, va, depth).lines().forEach(page::line);
        if (arguments.isEmpty()) {
            new TypePrinter(types).print(index).lines().forEach(page::line);
            return;
        }
        int start = arguments.position();
        OptionalLong va = OptionalLong.empty();
        try {
            va = OptionalLong.of(arguments.address());
        } catch (oriel.engine.eval.EvalException e) {
            // The member may come first, as in 'dt TYPE MEMBER ADDRESS'.
            arguments.position(start);
        }
        String member = arguments.isEmpty() ? "" : arguments.word();
        if (va.isEmpty()) {
            va = arguments.isEmpty() ? OptionalLong.empty() : OptionalLong.of(arguments.address());
        }
        if (member.isEmpty() && va.isPresent()) {
            all.accept(va.getAsLong());
            return;
        }
        members(types, index, member, va);
    }

    /** Members whose names begin with a text, as WinDbg takes them, or match a pattern. */
    private void members(TypeSystem types, long index, String member, OptionalLong va) {
        String text =
                va.isPresent()
                        ? value(types, index, va.getAsLong(), 0)
                        : new TypePrinter(types).print(index);
        String pattern = " *" + member + (member.endsWith(".") ? "" : "*");
        List<String> lines =
                text.lines()
                        .filter(l -> l.stripLeading().startsWith("+0x"))
                        .filter(l -> Wildcards.match("+0x*" + pattern, l.strip()))
                        .toList();
        if (lines.isEmpty()) {
            throw new ConsoleException("there is no member '" + member + "'");
        }
        lines.forEach(page::line);
    }

    private void names(String wanted) {
        String pattern = wanted.substring(wanted.indexOf('!') + 1);
        int[] shown = {0};
        for (LoadedModule module : modules(wanted)) {
            PdbSymbolSource.among(context.symbolizer().sources(module))
                    .ifPresent(
                            pdb ->
                                    new TypeFinder(new TypeSystem(pdb.pdb()))
                                            .forEach(
                                                    name -> Wildcards.match(pattern, name),
                                                    (index, type) -> {
                                                        if (shown[0]++ < MOST) {
                                                            page.to(4)
                                                                    .text(module.label() + "!")
                                                                    .line(type.name());
                                                        }
                                                    }));
        }
        if (shown[0] == 0) {
            throw new ConsoleException(missing(wanted));
        }
    }

    /** What would have to be fetched. */
    private String missing(String wanted) {
        var without = new ArrayList<LoadedModule>();
        for (LoadedModule module : modules(wanted)) {
            if (PdbSymbolSource.among(context.symbolizer().sources(module)).isEmpty()) {
                without.add(module);
            }
        }
        if (without.isEmpty()) {
            return "there is no type '" + wanted + "'";
        }
        LoadedModule first = without.get(0);
        String key = first.pdb().map(PdbId::key).map(k -> "its PDB " + k).orElse("its PDB");
        return "no symbols tell the type '"
                + wanted.substring(wanted.indexOf('!') + 1)
                + "': "
                + first.name()
                + " has none here; "
                + key
                + " is fetched with --symbols or .sympath"
                + " 'srv*DIRECTORY*https://msdl.microsoft.com/download/symbols'";
    }

    // Where symbols come from

    private void path(boolean more, String rest) {
        String path = rest.startsWith("+") ? rest.substring(1).strip() : rest;
        boolean added = more || rest.startsWith("+");
        if (!rest.isEmpty()) {
            String before = context.on().symbolPath();
            context.on().symbolPath(added && !before.isEmpty() ? before + ";" + path : path);
        }
        page.text("Symbol search path is: ").line(context.on().symbolPath());
    }

    private void standardPath(boolean more, String folder) {
        String cache = folder.isEmpty() ? "symbols" : folder;
        path(more, "srv*" + cache + "*https://msdl.microsoft.com/download/symbols");
    }

    private void reload(String rest) {
        String module = "";
        for (String word : rest.split("\\s+")) {
            module = word.startsWith("/") ? module : word;
        }
        context.on().reloadSymbols(module.isEmpty() ? Optional.empty() : Optional.of(module));
    }
}
