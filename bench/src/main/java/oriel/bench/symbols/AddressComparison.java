package oriel.bench.symbols;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;

/** Function, line and inlined functions at many addresses against llvm-symbolizer. */
final class AddressComparison {
    private final Path image;
    private final SymbolSource symbols;
    private final Optional<LlvmRules> rules;
    private final Tally tally;

    /** Symbols from a PDB, whose reading by the other tool is known. */
    AddressComparison(Path image, PdbSymbolSource symbols, Tally tally) {
        this(image, symbols, Optional.of(new LlvmRules(symbols.pdb())), tally);
    }

    /** Symbols of another kind. */
    AddressComparison(Path image, SymbolSource symbols, Tally tally) {
        this(image, symbols, Optional.empty(), tally);
    }

    private AddressComparison(
            Path image, SymbolSource symbols, Optional<LlvmRules> rules, Tally tally) {
        this.image = image;
        this.symbols = symbols;
        this.rules = rules;
        this.tally = tally;
    }

    /** Asks both about so many addresses at most, in functions chosen at random by a fixed seed. */
    void run(int count, Path scratch) throws IOException, InterruptedException {
        TreeMap<Long, RvaSymbol> wanted = choose(count);
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
        List<Optional<Answer>> answers = new SymbolizerRun(image, scratch).ask(rvas);
        for (int i = 0; i < rvas.size(); i++) {
            compare(rvas.get(i), wanted.get(rvas.get(i)), answers.get(i));
        }
    }

    private TreeMap<Long, RvaSymbol> choose(int count) {
        var functions = new ArrayList<RvaSymbol>();
        symbols.forEach(
                s -> {
                    if (s.function() && s.sizeBytes() > 0) {
                        functions.add(s);
                    }
                });
        var random = new Random(4);
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
            tally.explain(reason(ours, theirs.get()), example);
        } else {
            tally.differ(rule, example);
        }
    }

    /** Which of the rules is at work where theirs came out as foretold. */
    private static String reason(Answer ours, Answer theirs) {
        List<String> our = ours.lines();
        List<String> their = theirs.lines();
        boolean hidden = their.get(0).endsWith(":15732480") || their.get(0).endsWith(":16707566");
        if (hidden) {
            return "llvm-symbolizer shows the numbers of hidden lines";
        }
        if (our.size() == their.size() && our.subList(1, our.size()).equals(their.subList(1, their.size()))) {
            return "llvm-symbolizer takes the first of two rows at one address";
        }
        return "llvm-symbolizer counts offsets of inline sites from the end of every row";
    }
}
