package oriel.engine.unwind.canary;

import oriel.engine.symbols.RvaSymbol;

/** Breaks the rule for unwinding: asks for symbols. Only the layer tests use it. */
final class BrokenUnwinder {
    private BrokenUnwinder() {}

    static String name(RvaSymbol symbol) {
        return symbol.name();
    }
}
