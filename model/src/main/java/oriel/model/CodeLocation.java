package oriel.model;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a code address: the answer of {@code engine.symbols}.
 *
 * @param va the address asked for
 * @param module that holds it
 * @param symbol nearest symbol at or before it within the module
 * @param line source line of the outermost (not inlined) function
 * @param inlined inlined functions at the address, innermost first
 */
public record CodeLocation(
        long va,
        Optional<LoadedModule> module,
        Optional<Symbol> symbol,
        Optional<SourceLine> line,
        List<InlineFrame> inlined) {
    /** Copies the list. */
    public CodeLocation {
        inlined = List.copyOf(inlined);
    }

    /** An address of which nothing but its module, if any, is known. */
    public static CodeLocation bare(long va, Optional<LoadedModule> module) {
        return new CodeLocation(va, module, Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * {@code mod!name+0x1c}, {@code mod+0x1234}, or the bare address in hexadecimal, as WinDbg
     * writes them.
     */
    public String label() {
        if (symbol.isPresent()) {
            return symbol.get() + offset(va - symbol.get().va());
        }
        if (module.isPresent()) {
            return module.get().label() + offset(va - module.get().base());
        }
        return "0x" + Long.toHexString(va);
    }

    private static String offset(long distance) {
        return distance == 0 ? "" : "+0x" + Long.toHexString(distance);
    }
}
