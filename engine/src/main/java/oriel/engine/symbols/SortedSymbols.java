package oriel.engine.symbols;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.engine.demangle.NameQuery;

/** Symbols by address. Of several at one address the first that was added is the best. */
final class SortedSymbols {
    private static final Comparator<RvaSymbol> BY_RVA = Comparator.comparingLong(RvaSymbol::rva);

    private final RvaSymbol[] all;

    /** Keeps the order of those at one address. */
    SortedSymbols(List<RvaSymbol> symbols) {
        all = symbols.toArray(new RvaSymbol[0]);
        Arrays.sort(all, BY_RVA);
    }

    /** The best of those that begin nearest before or at an address. */
    Optional<RvaSymbol> at(long rva) {
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (all[middle].rva() <= rva) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return Optional.empty();
        }
        int best = high;
        while (best > 0 && all[best - 1].rva() == all[high].rva()) {
            best--;
        }
        return Optional.of(all[best]);
    }

    /** Those with a name, as it stands in the file or as people read it. */
    List<RvaSymbol> named(String name) {
        var found = new ArrayList<RvaSymbol>(1);
        var query = new NameQuery(name);
        for (RvaSymbol symbol : all) {
            if (query.matches(symbol.name())) {
                found.add(symbol);
            }
        }
        return found;
    }

    void forEach(Consumer<RvaSymbol> sink) {
        for (RvaSymbol symbol : all) {
            sink.accept(symbol);
        }
    }
}
