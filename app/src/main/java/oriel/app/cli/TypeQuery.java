package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import oriel.app.render.JsonPage;
import oriel.app.render.JsonTypes;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.eval.Expressions;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.pdb.TypedVariable;
import oriel.engine.symbols.types.TypeFinder;
import oriel.engine.symbols.types.TypeNames;
import oriel.engine.symbols.types.TypePrinter;
import oriel.engine.symbols.types.TypeSystem;
import oriel.engine.symbols.types.TypedValue;
import oriel.engine.symbols.types.ValueReader;
import oriel.format.pdb.PrimitiveType;

/** Actions of {@code oriel symbols} on types: their names, layouts and values. */
final class TypeQuery {
    /** Options of {@code oriel symbols type}. */
    static final List<Option> OPTIONS =
            List.of(
                    Option.value(
                            "--depth",
                            "COUNT",
                            "How many pointers, one after the other, 'type' follows; none unless"
                                    + " given."),
                    Option.value(
                            "--elements",
                            "COUNT",
                            "How many elements of an array or list 'type' shows; 64 unless"
                                    + " given."),
                    Option.value(
                            "--count",
                            "COUNT",
                            "How many values one after the other lie at the address."),
                    Option.value(
                            "--list",
                            "MEMBER",
                            "The values are a list: follow this member, a pointer to the next or"
                                    + " a LIST_ENTRY."));

    private static final int MOST = 1 << 20;
    private static final int SIZE_END = 10;
    private static final int KIND_COLUMN = 12;
    private static final int NAME_COLUMN = 20;

    private final Arguments given;
    private final Console console;
    private final Page page;

    TypeQuery(Arguments given, Console console) {
        this.given = given;
        this.console = console;
        this.page = TargetInput.page(given, console);
    }

    /** A module with types. */
    private record Typed(SymbolSubject subject, PdbSymbolSource pdb, TypeSystem types) {}

    /** Names, kinds and sizes of types. */
    int types(List<String> operands) throws IOException {
        SymbolSubjects opened = SymbolSubjects.open(operands.get(0), given);
        String wanted = operands.size() > 1 ? operands.get(1) : "*";
        Predicate<String> pattern = NamePattern.of(name(wanted)).orElse(name(wanted)::equals);
        var found = new ArrayList<JsonTypes.Listed>();
        for (Typed module : modules(opened, wanted)) {
            String label = opened.input().isPresent() ? module.subject.label() : "";
            new TypeFinder(module.types)
                    .forEach(
                            pattern,
                            (index, type) ->
                                    found.add(
                                            new JsonTypes.Listed(
                                                    label,
                                                    JsonTypes.kind(type),
                                                    type.name(),
                                                    module.types.sizeBytes(index))));
        }
        if (given.has("--json")) {
            json(types -> types.list(found));
        } else {
            for (JsonTypes.Listed type : found) {
                page.rightTo(SIZE_END, Long.toString(type.sizeBytes()));
                page.to(KIND_COLUMN).text(type.kind()).to(NAME_COLUMN);
                String prefix = type.module().isEmpty() ? "" : type.module() + "!";
                page.styled(Style.NAME, prefix + type.name()).end();
            }
            page.flush();
        }
        return found.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }

    private void json(Consumer<JsonTypes> writer) {
        try (var json = new JsonPage(console.out(), true)) {
            writer.accept(new JsonTypes(json));
        }
    }

    /** A type and what lies where in it; with an address, a value of it. */
    int type(List<String> operands) throws IOException {
        if (operands.size() < 2) {
            throw new UsageException("symbols type FILE NAME [ADDRESS]");
        }
        SymbolSubjects opened = SymbolSubjects.open(operands.get(0), given);
        String wanted = operands.get(1);
        boolean found = false;
        for (Typed module : modules(opened, wanted)) {
            found = type(opened, module, operands);
            if (found) {
                break;
            }
        }
        if (!found) {
            console.err().println("oriel: no type or variable is named " + name(wanted));
        }
        page.flush();
        return found ? ExitCode.FOUND : ExitCode.NOTHING;
    }

    private boolean type(SymbolSubjects opened, Typed module, List<String> operands) {
        String name = name(operands.get(1));
        OptionalLong index = new TypeFinder(module.types).find(name);
        Optional<Expressions> addresses =
                opened.input().map(input -> new Expressions(input.target(), input.symbolizer()));
        boolean withAddress = operands.size() > 2;
        if (withAddress && addresses.isEmpty()) {
            throw new UsageException("an address needs a dump or an image, not symbols alone");
        }
        if (index.isPresent()) {
            if (withAddress) {
                long va = addresses.orElseThrow().address(operands.get(2));
                values(opened, module, index.getAsLong(), va, "");
            } else {
                definition(module, index.getAsLong(), Optional.empty(), 0);
            }
            return true;
        }
        Optional<TypedVariable> variable = module.pdb.variable(name);
        if (variable.isEmpty()) {
            return false;
        }
        long type = variable.get().type();
        if (addresses.isPresent()) {
            values(opened, module, type, module.subject.base() + variable.get().rva(), name);
        } else {
            String declaration = new TypeNames(module.types).declare(type, name);
            definition(module, type, Optional.of(declaration), variable.get().rva());
        }
        return true;
    }

    private void definition(Typed module, long type, Optional<String> variable, long rva) {
        if (given.has("--json")) {
            json(types -> types.definition(module.types, type, variable, rva));
            return;
        }
        variable.ifPresent(declaration -> page.hex(rva, 8).text("  ").text(declaration).end());
        if (variable.isEmpty() || module.types.plain(type) >= PrimitiveType.END) {
            lines(new TypePrinter(module.types).print(type));
        }
    }

    private void values(SymbolSubjects opened, Typed module, long type, long va, String name) {
        TargetInput input = opened.input().orElseThrow();
        int elements = given.count("--elements", ValueReader.Limits.USUAL.elements(), MOST);
        var limits =
                new ValueReader.Limits(
                        given.has("--depth") ? given.count("--depth", 0, MOST) : 0,
                        elements,
                        Math.max(ValueReader.Limits.USUAL.values(), elements));
        var reader =
                new ValueReader(
                        module.types,
                        input.target().memory(),
                        input.target().architecture(),
                        limits);
        if (given.has("--list")) {
            String link = given.value("--list", "");
            if (!reader.hasLink(type, link)) {
                throw new UsageException("--list: there is no member " + link);
            }
            show(reader.readList(type, va, link));
            return;
        }
        int count = given.count("--count", 1, MOST);
        long size = module.types.sizeBytes(type);
        var values = new ArrayList<TypedValue>();
        for (int i = 0; i < count && !page.isAbandoned(); i++) {
            String title = count == 1 ? name : "[" + i + "]";
            TypedValue value = reader.read(type, va + i * size, title);
            if (given.has("--json")) {
                values.add(value);
            } else {
                lines(value.print());
            }
        }
        if (given.has("--json")) {
            show(values);
        }
    }

    private void show(List<TypedValue> values) {
        if (given.has("--json")) {
            json(types -> types.values(values));
        } else {
            values.forEach(value -> lines(value.print()));
        }
    }

    private void lines(String text) {
        text.lines().forEach(page::line);
    }

    /**
     * The modules that a name with an exclamation mark means, or all, as far as they have types.
     */
    private static List<Typed> modules(SymbolSubjects opened, String wanted) throws IOException {
        int mark = wanted.indexOf('!');
        String label = mark < 0 ? "*" : wanted.substring(0, mark);
        Predicate<String> asked = NamePattern.of(label).orElse(label::equalsIgnoreCase);
        var found = new ArrayList<Typed>();
        for (SymbolSubject subject : opened.all()) {
            if (asked.test(subject.label())) {
                PdbSymbolSource.among(subject.sources())
                        .ifPresent(p -> found.add(new Typed(subject, p, new TypeSystem(p.pdb()))));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(
                    mark < 0
                            ? "no PDB tells of types; 'oriel symbols check' says why"
                            : "module " + label + " has no PDB; 'oriel symbols check' says why");
        }
        return found;
    }

    private static String name(String wanted) {
        return wanted.substring(wanted.indexOf('!') + 1);
    }
}
