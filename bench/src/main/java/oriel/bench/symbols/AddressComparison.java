package oriel.bench.symbols;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;

/** Function, line and inlined functions at many addresses against llvm-symbolizer. */
final class AddressComparison {
    /** Not foretold to the last row: that this stays rare is checked at the end. */
    static final String OTHER_ROW =
            "llvm-symbolizer takes another row of an inline site (its rule is not known exactly)";

    /** Two runs of rows that begin at one address come in an order that is not known. */
    static final String UNSORTED =
            "llvm-symbolizer searches lines that are not sorted: a function with several files";

    static final String NOT_EXACT = UNSORTED + ", not foretold exactly";

    private static final long USUAL_SEED = 4;

    private final Path image;
    private final SymbolSource symbols;
    private final Optional<LlvmRules> rules;
    private final List<SymbolSource> tables;
    private final Tally tally;

    /** Symbols from a PDB, whose reading by the other tool is known. */
    AddressComparison(Path image, PdbSymbolSource symbols, Tally tally) {
        this(image, symbols, Optional.of(new LlvmRules(symbols.pdb())), List.of(), tally);
    }

    /**
     * Symbols from DWARF.
     *
     * @param tables other symbols of the image, of which the tool takes names
     */
    AddressComparison(Path image, SymbolSource symbols, List<SymbolSource> tables, Tally tally) {
        this(image, symbols, Optional.empty(), tables, tally);
    }

    private AddressComparison(
            Path image,
            SymbolSource symbols,
            Optional<LlvmRules> rules,
            List<SymbolSource> tables,
            Tally tally) {
        this.image = image;
        this.tables = tables;
        this.symbols = symbols;
        this.rules = rules;
        this.tally = tally;
    }

    /** Asks both about so many addresses at most, in functions chosen at random by a seed. */
    void run(int count, OptionalLong seed, Path scratch) throws IOException, InterruptedException {
        TreeMap<Long, RvaSymbol> wanted = choose(count, seed.orElse(USUAL_SEED));
        var rvas = new ArrayList<Long>();
        for (long rva : wanted.keySet()) {
            if (rules.flatMap(r -> r.at(rva)).filter(LlvmRules.Foretold::crashes).isPresent()) {
                tally.explain(
                        "llvm-symbolizer crashes on functions inlined across modules",
                        Long.toHexString(rva));
            } else {
                rvas.add(rva);
            }
        }
        List<Optional<Answer>> answers =
                new SymbolizerRun(image, rules.isEmpty(), scratch).ask(rvas);
        for (int i = 0; i < rvas.size(); i++) {
            long rva = rvas.get(i);
            compare(rva, Objects.requireNonNull(wanted.get(rva)), answers.get(i));
        }
    }

    private TreeMap<Long, RvaSymbol> choose(int count, long seed) {
        var functions = new ArrayList<RvaSymbol>();
        symbols.forEach(
                s -> {
                    if (s.function() && s.sizeBytes() > 0) {
                        functions.add(s);
                    }
                });
        var random = new Random(seed);
        var chosen = new TreeMap<Long, RvaSymbol>();
        for (int i = 0; i < count && !functions.isEmpty(); i++) {
            boolean all = functions.size() * 4L <= count;
            RvaSymbol function =
                    functions.get(all ? i % functions.size() : random.nextInt(functions.size()));
            long within = i < functions.size() && all ? 0 : random.nextLong(function.sizeBytes());
            long rva = function.rva() + within;
            symbols.symbolAt(rva).ifPresent(found -> chosen.put(rva, found));
        }
        return chosen;
    }

    private void compare(long rva, RvaSymbol function, Optional<Answer> theirs) {
        Answer ours = Answer.of(symbols, function, rva);
        String example =
                Long.toHexString(rva)
                        + " ours   "
                        + ours
                        + "\n"
                        + Long.toHexString(rva)
                        + " theirs "
                        + theirs.map(Answer::toString).orElse("(crashed)");
        if (theirs.isEmpty()) {
            tally.differ("llvm-symbolizer crashes", example);
            return;
        }
        Optional<LlvmRules.Foretold> foretold = rules.flatMap(r -> r.at(rva));
        String rule = Spelling.rule(ours, theirs.get());
        if (rule.isEmpty()) {
            tally.agree("addresses", 1);
            if (ours.frames().size() > 1) {
                tally.agree("addresses with inlined functions", 1);
            }
        } else if (foretold.isPresent() && foretold.get().matches(theirs.get())) {
            tally.explain(
                    foretold.get().isFolded(theirs.get())
                            ? "llvm-symbolizer mixes lines of functions folded into one"
                            : reason(ours, theirs.get(), foretold.get().atRow()),
                    example);
        } else if (rule.equals("names") && isAlias(function, rva, theirs.get())) {
            tally.explain(
                    "llvm-symbolizer takes names from the symbol table of the image", example);
        } else if (foretold.isPresent() && foretold.get().isOtherRow(theirs.get())) {
            tally.explain(NOT_EXACT, example);
        } else if (foretold.isPresent() && isOtherRow(ours, theirs.get(), foretold.get())) {
            tally.explain(OTHER_ROW, example);
        } else {
            tally.differ(rule, example + foretold.map(f -> "\n         foretold " + f).orElse(""));
        }
    }

    /** Labels within a function count as well; the local ones of the assembler we leave out. */
    private boolean isAlias(RvaSymbol function, long rva, Answer theirs) {
        String name = theirs.frames().getLast().name();
        return name.startsWith(".l")
                || tables.stream()
                        .flatMap(t -> Stream.of(name, "_" + name).flatMap(n -> t.named(n).stream()))
                        .anyMatch(s -> s.rva() >= function.rva() && s.rva() <= rva);
    }

    /** Whether only rows differ, in code that has inlined functions. */
    private static boolean isOtherRow(Answer ours, Answer theirs, LlvmRules.Foretold foretold) {
        Answer.Frame our = ours.frames().getLast();
        Answer.Frame their = theirs.frames().getLast();
        return (ours.frames().size() > 1 || theirs.frames().size() > 1)
                && our.name().equals(their.name())
                && (our.line().equals(their.line()) || foretold.mayTake(their.line()));
    }

    /** Which of the rules is at work where theirs came out as foretold. */
    private static String reason(Answer ours, Answer theirs, boolean atRow) {
        List<String> our = ours.lines();
        List<String> their = theirs.lines();
        boolean hidden = their.get(0).endsWith(":15732480") || their.get(0).endsWith(":16707566");
        if (hidden) {
            return "llvm-symbolizer shows the numbers of hidden lines";
        }
        if (our.size() == their.size()
                && our.subList(1, our.size()).equals(their.subList(1, their.size()))) {
            return atRow ? "llvm-symbolizer takes the first of two rows at one address" : UNSORTED;
        }
        return "llvm-symbolizer ends rows of inline sites too early";
    }
}
