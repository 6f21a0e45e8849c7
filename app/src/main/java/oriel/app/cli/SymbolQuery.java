package oriel.app.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import oriel.app.render.JsonPage;
import oriel.app.render.JsonSymbols;
import oriel.app.render.Page;
import oriel.app.render.SymbolAnswer;
import oriel.app.render.SymbolText;
import oriel.engine.demangle.Demangler;
import oriel.engine.eval.Expressions;
import oriel.engine.symbols.BreakpadWriter;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.model.InlineFrame;
import oriel.model.SourceLine;

/** Actions of {@code oriel symbols} that ask symbols of a file. */
final class SymbolQuery {
    /** How names are shown. */
    static final Option NAMES =
            Option.value(
                            "--names",
                            "LEVEL",
                            "How 'lookup', 'list' and 'lines' show names: short (the name alone,"
                                    + " unless given), signature (with parameters), full or"
                                    + " mangled.")
                    .oneOf("short", "signature", "full", "mangled");

    /** Damaged files have functions of any size. */
    private static final long LONGEST_FUNCTION = 4 << 20;

    private final Arguments given;
    private final Console console;
    private final Optional<Demangler.Level> level;
    private final List<SymbolAnswer> answers = new ArrayList<>();
    private Optional<Expressions> addresses = Optional.empty();

    SymbolQuery(Arguments given, Console console) {
        this.given = given;
        this.console = console;
        String names = given.value(NAMES.name(), "short");
        this.level =
                names.equals("mangled")
                        ? Optional.empty()
                        : Optional.of(Demangler.Level.valueOf(names.toUpperCase(Locale.ROOT)));
    }

    private List<SymbolSubject> open(String file) throws IOException {
        SymbolSubjects opened = SymbolSubjects.open(file, given);
        addresses =
                opened.input().map(input -> new Expressions(input.target(), input.symbolizer()));
        return opened.all();
    }

    /** Addresses, names, wildcards or regular expressions. */
    int lookup(List<String> operands) throws IOException {
        List<SymbolSubject> subjects = open(operands.get(0));
        for (String wanted : operands.subList(1, operands.size())) {
            int before = answers.size();
            Optional<Long> address = address(wanted);
            if (address.isPresent()) {
                holding(subjects, address.get()).forEach(s -> at(s, address.get()));
            } else {
                var label = new LabelledName(wanted, subjects);
                label.subjects().forEach(s -> named(s, label.name()));
            }
            if (answers.size() == before) {
                console.err().println("oriel: " + nothing(subjects, wanted));
            }
        }
        return show();
    }

    /** Why there is no answer. */
    private static String nothing(List<SymbolSubject> subjects, String wanted) {
        boolean none = subjects.stream().allMatch(s -> s.sources().isEmpty());
        return none
                ? "no symbols were found; 'oriel symbols check' says why"
                : "nothing is known of '" + wanted + "'";
    }

    /** All symbols by address. */
    int list(String file) throws IOException {
        List<SymbolSubject> subjects = open(file);
        subjects.forEach(subject -> named(subject, "*"));
        if (answers.isEmpty()) {
            console.err().println("oriel: " + nothing(subjects, "*"));
        }
        return show();
    }

    /** The lines of the functions at addresses or with names. */
    int lines(List<String> operands) throws IOException {
        List<SymbolSubject> subjects = open(operands.get(0));
        if (operands.size() < 2) {
            throw new UsageException("symbols lines FILE ADDRESS|NAME...");
        }
        for (String wanted : operands.subList(1, operands.size())) {
            int before = answers.size();
            Optional<Long> address = address(wanted);
            if (address.isPresent()) {
                for (SymbolSubject subject : holding(subjects, address.get())) {
                    functionAt(subject, rva(subject, address.get()))
                            .ifPresent(f -> functionLines(subject, f));
                }
            } else {
                var label = new LabelledName(wanted, subjects);
                for (SymbolSubject subject : label.subjects()) {
                    distinct(matching(subject, label.name()))
                            .forEach(f -> functionLines(subject, f));
                }
            }
            if (answers.size() == before) {
                console.err().println("oriel: " + nothing(subjects, wanted));
            }
        }
        return show();
    }

    private int show() {
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonSymbols.write(json, answers);
            }
        } else {
            Page page = TargetInput.page(given, console);
            new SymbolText(page).write(answers);
            page.flush();
        }
        return answers.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }

    /** Writes the best source as a Breakpad file. */
    int sym(String file) throws IOException {
        SymbolSubject subject = open(file).get(0);
        if (subject.sources().isEmpty()) {
            throw new IOException(file + ": no symbols found");
        }
        SymbolSource best = subject.sources().get(0);
        SymbolSubject.Identity of = subject.identifier().get();
        String output = given.value("--output", "");
        if (output.isEmpty() && given.has("--json")) {
            throw new UsageException("symbols sym: --json needs -o FILE for the symbols");
        }
        if (output.isEmpty()) {
            BreakpadWriter.write(of.module(), best, of.image(), console.out());
            return ExitCode.FOUND;
        }
        try (BufferedWriter out =
                Files.newBufferedWriter(TargetInput.path(output), StandardCharsets.UTF_8)) {
            BreakpadWriter.write(of.module(), best, of.image(), out);
        }
        if (given.has("--json")) {
            String key = of.module().name() + "/" + of.module().id();
            try (var json = new JsonPage(console.out(), true)) {
                JsonSymbols.stored(json, List.of(new JsonSymbols.StoredFile(output, key)));
            }
        }
        return ExitCode.FOUND;
    }

    /** The module at an address; all where it lies in none, as it may count from the base. */
    private static List<SymbolSubject> holding(List<SymbolSubject> subjects, long address) {
        for (SymbolSubject subject : subjects) {
            if (Long.compareUnsigned(address - subject.base(), subject.sizeBytes()) < 0) {
                return List.of(subject);
            }
        }
        return subjects;
    }

    /**
     * Addresses that lie within a loaded module are addresses, others are counted from its base.
     */
    private static long rva(SymbolSubject subject, long address) {
        boolean within = Long.compareUnsigned(address - subject.base(), subject.sizeBytes()) < 0;
        return within ? address - subject.base() : address;
    }

    private void at(SymbolSubject subject, long address) {
        long rva = rva(subject, address);
        for (SymbolSource source : subject.sources()) {
            Optional<RvaSymbol> symbol = source.symbolAt(rva);
            if (symbol.isPresent()) {
                answers.add(
                        new SymbolAnswer.Place(
                                address,
                                subject.label(),
                                shown(symbol.get().name()),
                                rva - symbol.get().rva(),
                                source.lineAt(rva),
                                source.inlinedAt(rva).stream().map(this::shown).toList()));
                return;
            }
        }
    }

    private void named(SymbolSubject subject, String wanted) {
        distinct(matching(subject, wanted)).forEach(symbol -> answers.add(named(subject, symbol)));
    }

    /**
     * By address, each once: a function is told by its own record and again by the linker. Of two
     * that are shown alike the one with a size counts.
     */
    private List<RvaSymbol> distinct(List<RvaSymbol> symbols) {
        symbols.sort(
                Comparator.comparingLong(RvaSymbol::rva)
                        .thenComparing(Comparator.comparingLong(RvaSymbol::sizeBytes).reversed()));
        var found = new ArrayList<RvaSymbol>(symbols.size());
        var names = new HashSet<String>();
        for (RvaSymbol symbol : symbols) {
            if (found.isEmpty() || found.get(found.size() - 1).rva() != symbol.rva()) {
                names.clear();
            }
            if (names.add(shown(symbol.name()))) {
                found.add(symbol);
            }
        }
        return found;
    }

    private SymbolAnswer.Named named(SymbolSubject subject, RvaSymbol symbol) {
        return new SymbolAnswer.Named(
                subject.base() + symbol.rva(),
                symbol.sizeBytes(),
                subject.label(),
                shown(symbol.name()));
    }

    private List<RvaSymbol> matching(SymbolSubject subject, String wanted) {
        Optional<Predicate<String>> pattern = NamePattern.of(wanted);
        for (SymbolSource source : subject.sources()) {
            var found = new ArrayList<RvaSymbol>();
            if (pattern.isPresent()) {
                Predicate<String> matches = pattern.get();
                source.forEach(
                        s -> {
                            if (matches.test(s.name()) || matches.test(shown(s.name()))) {
                                found.add(s);
                            }
                        });
            } else {
                found.addAll(source.named(wanted));
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return new ArrayList<>();
    }

    private static Optional<RvaSymbol> functionAt(SymbolSubject subject, long rva) {
        for (SymbolSource source : subject.sources()) {
            Optional<RvaSymbol> symbol = source.symbolAt(rva);
            if (symbol.isPresent()) {
                return symbol;
            }
        }
        return Optional.empty();
    }

    private void functionLines(SymbolSubject subject, RvaSymbol function) {
        SymbolSource source = subject.sources().get(0);
        var rows = new ArrayList<SymbolAnswer.Row>();
        Optional<SourceLine> before = Optional.empty();
        long size = Math.min(LONGEST_FUNCTION, Math.max(1, function.sizeBytes()));
        for (long i = 0; i < size; i++) {
            Optional<SourceLine> line = source.lineAt(function.rva() + i);
            if (line.isPresent() && !line.equals(before)) {
                long address = subject.base() + function.rva() + i;
                rows.add(new SymbolAnswer.Row(address, line.get()));
            }
            before = line;
        }
        answers.add(new SymbolAnswer.Lines(named(subject, function), rows));
    }

    private InlineFrame shown(InlineFrame frame) {
        return new InlineFrame(shown(frame.name()), frame.line());
    }

    private String shown(String name) {
        return level.isPresent() ? Demangler.demangle(name, level.get()) : name;
    }

    /** A number with 0x; in a target also an expression that begins as no name does. */
    private Optional<Long> address(String text) {
        boolean expression =
                text.startsWith("0x")
                        || text.startsWith("@")
                        || text.startsWith("$")
                        || text.startsWith("poi(");
        if (!expression) {
            return Optional.empty();
        }
        if (addresses.isPresent()) {
            return Optional.of(addresses.get().address(text));
        }
        try {
            return text.startsWith("0x")
                    ? Optional.of(Long.parseUnsignedLong(text.substring(2), 16))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
