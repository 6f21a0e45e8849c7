package oriel.app.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.bytes.Bytes;
import oriel.engine.dump.FileKind;
import oriel.engine.eval.Expressions;
import oriel.engine.symbols.BreakpadSource;
import oriel.engine.symbols.BreakpadWriter;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pe.Machine;
import oriel.format.pe.PeImage;
import oriel.model.Architecture;
import oriel.model.InlineFrame;
import oriel.model.LoadedModule;
import oriel.model.PdbId;
import oriel.model.SourceLine;

/** Actions of {@code oriel symbols} that ask symbols of a file. */
final class SymbolQuery {
    private static final int NAME_COLUMN = 30;

    private final Arguments given;
    private final Console console;
    private final Page page;
    private Optional<Expressions> addresses = Optional.empty();

    SymbolQuery(Arguments given, Console console) {
        this.given = given;
        this.console = console;
        this.page = TargetInput.page(given, console);
    }

    /** Symbols of one module, and where it lies: 0 for files that are not loaded. */
    private record Subject(
            String label,
            long base,
            long sizeBytes,
            List<SymbolSource> sources,
            BreakpadModule id,
            Optional<PeImage> image) {}

    /** Addresses, names, wildcards or regular expressions. */
    int lookup(List<String> operands) throws IOException {
        List<Subject> subjects = open(operands.get(0));
        boolean found = false;
        for (String wanted : operands.subList(1, operands.size())) {
            Optional<Long> address = address(wanted);
            for (Subject subject : subjects) {
                if (address.isPresent()) {
                    found |= at(subject, address.get());
                } else {
                    found |= named(subject, wanted);
                }
            }
        }
        page.flush();
        return found ? ExitCode.FOUND : ExitCode.NOTHING;
    }

    /** All symbols by address. */
    int list(String file) throws IOException {
        boolean found = false;
        for (Subject subject : open(file)) {
            found |= named(subject, "*");
        }
        page.flush();
        return found ? ExitCode.FOUND : ExitCode.NOTHING;
    }

    /** The lines of the functions at addresses or with names. */
    int lines(List<String> operands) throws IOException {
        boolean found = false;
        for (Subject subject : open(operands.get(0))) {
            for (String wanted : operands.subList(1, operands.size())) {
                for (RvaSymbol function : functions(subject, wanted)) {
                    functionLines(subject, function);
                    found = true;
                }
            }
        }
        page.flush();
        return found ? ExitCode.FOUND : ExitCode.NOTHING;
    }

    /** Writes the best source as a Breakpad file. */
    int sym(String file) throws IOException {
        Subject subject = open(file).get(0);
        if (subject.sources.isEmpty()) {
            throw new IOException(file + ": no symbols found");
        }
        SymbolSource best = subject.sources.get(0);
        String output = given.value("--output", "");
        if (output.isEmpty()) {
            BreakpadWriter.write(subject.id, best, subject.image, console.out());
            return ExitCode.FOUND;
        }
        try (BufferedWriter out =
                Files.newBufferedWriter(TargetInput.path(output), StandardCharsets.UTF_8)) {
            BreakpadWriter.write(subject.id, best, subject.image, out);
        }
        return ExitCode.FOUND;
    }

    private List<Subject> open(String file) throws IOException {
        addresses = Optional.empty();
        Bytes bytes = Bytes.open(TargetInput.path(file));
        FileKind kind = FileKind.of(bytes);
        String name = LoadedModule.baseName(file.replace('\\', '/'));
        if (kind == FileKind.PDB) {
            PdbSymbolSource source = PdbSymbolSource.open(TargetInput.path(file));
            PdbId id = PdbId.rsds(name, source.pdb().info().guid(), source.pdb().imageAge());
            int machine = source.pdb().dbi().map(d -> d.header().machine()).orElse(0);
            String cpu =
                    Machine.of(machine)
                            .flatMap(Machine::architecture)
                            .map(SymbolQuery::cpu)
                            .orElse("unknown");
            Optional<ImageOfPdb> image = ImageOfPdb.find(TargetInput.path(file), id, given);
            var module =
                    new BreakpadModule(
                            "windows",
                            cpu,
                            id.key(),
                            name,
                            image.map(ImageOfPdb::key).orElse(""),
                            image.map(ImageOfPdb::name).orElse(""));
            return List.of(
                    new Subject(
                            stem(name),
                            0,
                            Long.MAX_VALUE,
                            List.of(source),
                            module,
                            image.map(ImageOfPdb::image)));
        }
        if (kind == FileKind.BREAKPAD_SYMBOLS) {
            BreakpadSymbols symbols = BreakpadSymbols.read(bytes);
            var source = new BreakpadSource(symbols, file);
            return List.of(
                    new Subject(
                            stem(symbols.module().name()),
                            0,
                            Long.MAX_VALUE,
                            List.of(source),
                            symbols.module(),
                            Optional.empty()));
        }
        TargetInput input = TargetInput.open(file, given);
        addresses = Optional.of(new Expressions(input.target(), input.symbolizer()));
        var subjects = new ArrayList<Subject>();
        for (LoadedModule module : input.target().modules()) {
            String cpu = cpu(input.target().architecture());
            String id = module.pdb().map(PdbId::key).orElse("");
            String pdb = module.pdb().map(PdbId::baseName).orElse(module.name());
            subjects.add(
                    new Subject(
                            module.label(),
                            module.base(),
                            module.range().sizeBytes(),
                            input.symbolizer().sources(module),
                            new BreakpadModule(
                                    "windows", cpu, id, pdb, module.imageKey(), module.name()),
                            input.image()));
        }
        return subjects;
    }

    private static String cpu(Architecture architecture) {
        return switch (architecture) {
            case X86 -> "x86";
            case X64 -> "x86_64";
            case ARM -> "arm";
            case ARM64 -> "arm64";
        };
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Addresses that lie within a loaded module are addresses, others are counted from its base.
     */
    private static long rva(Subject subject, long address) {
        boolean within = Long.compareUnsigned(address - subject.base, subject.sizeBytes) < 0;
        return within ? address - subject.base : address;
    }

    private boolean at(Subject subject, long address) {
        long rva = rva(subject, address);
        for (SymbolSource source : subject.sources) {
            Optional<RvaSymbol> symbol = source.symbolAt(rva);
            if (symbol.isPresent()) {
                page.hex(address, 8).text("  ");
                page.styled(Style.NAME, subject.label + "!" + symbol.get().name());
                long offset = rva - symbol.get().rva();
                page.text(offset == 0 ? "" : "+0x" + Long.toHexString(offset));
                page.text(place(source.lineAt(rva))).end();
                List<InlineFrame> inlined = source.inlinedAt(rva);
                for (int i = inlined.size() - 1; i >= 0; i--) {
                    page.text("          inlined ").styled(Style.NAME, inlined.get(i).name());
                    page.text(place(inlined.get(i).line())).end();
                }
                return true;
            }
        }
        return false;
    }

    private boolean named(Subject subject, String wanted) {
        List<RvaSymbol> found = matching(subject, wanted);
        found.sort(Comparator.comparingLong(RvaSymbol::rva));
        for (RvaSymbol symbol : found) {
            page.hex(subject.base + symbol.rva(), 8).text("  ");
            page.text(symbol.sizeBytes() > 0 ? Long.toHexString(symbol.sizeBytes()) : "-");
            page.to(NAME_COLUMN).text(subject.label + "!" + symbol.name()).end();
            if (page.isAbandoned()) {
                break;
            }
        }
        return !found.isEmpty();
    }

    private static List<RvaSymbol> matching(Subject subject, String wanted) {
        boolean regex = wanted.length() > 1 && wanted.startsWith("/") && wanted.endsWith("/");
        boolean wildcard = wanted.contains("*") || wanted.contains("?");
        for (SymbolSource source : subject.sources) {
            var found = new ArrayList<RvaSymbol>();
            if (regex || wildcard) {
                Predicate<String> matches = matcher(wanted, regex);
                source.forEach(
                        s -> {
                            if (matches.test(s.name())) {
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

    private static Predicate<String> matcher(String wanted, boolean regex) {
        if (regex) {
            try {
                return Pattern.compile(wanted.substring(1, wanted.length() - 1)).asPredicate();
            } catch (PatternSyntaxException e) {
                throw new UsageException(wanted + ": " + e.getDescription());
            }
        }
        var pattern = new StringBuilder();
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL).asMatchPredicate();
    }

    private List<RvaSymbol> functions(Subject subject, String wanted) {
        Optional<Long> address = address(wanted);
        if (address.isEmpty()) {
            return matching(subject, wanted);
        }
        long rva = rva(subject, address.get());
        for (SymbolSource source : subject.sources) {
            Optional<RvaSymbol> symbol = source.symbolAt(rva);
            if (symbol.isPresent()) {
                return List.of(symbol.get());
            }
        }
        return List.of();
    }

    private void functionLines(Subject subject, RvaSymbol function) {
        page.heading(subject.label + "!" + function.name());
        SymbolSource source = subject.sources.get(0);
        Optional<SourceLine> before = Optional.empty();
        for (long i = 0; i < Math.max(1, function.sizeBytes()) && !page.isAbandoned(); i++) {
            Optional<SourceLine> line = source.lineAt(function.rva() + i);
            if (line.isPresent() && !line.equals(before)) {
                page.hex(subject.base + function.rva() + i, 8).text(place(line)).end();
            }
            before = line;
        }
    }

    private static String place(Optional<SourceLine> line) {
        return line.map(l -> "  " + l).orElse("");
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
