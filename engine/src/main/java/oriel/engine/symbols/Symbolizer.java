package oriel.engine.symbols;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.StackFrame;
import oriel.model.Symbol;
import oriel.model.Target;

/**
 * Names addresses of one target. Lazy: looks for symbols of a module when an address in it is first
 * asked for. Safe for any thread.
 */
public final class Symbolizer {
    private final Target target;
    private final SymbolLocator locator;
    private final Map<LoadedModule, List<SymbolSource>> sources = new HashMap<>();

    /**
     * @param target whose addresses are named
     * @param locator where symbols come from
     */
    public Symbolizer(Target target, SymbolLocator locator) {
        this.target = target;
        this.locator = locator;
    }

    /** What is known of a code address. */
    public CodeLocation locate(long va) {
        return locate(va, va);
    }

    /** What is known of a frame, asked for its lookup address and told for its pc. */
    public CodeLocation locate(StackFrame frame) {
        return locate(frame.pc(), frame.lookupVa());
    }

    /** Best sources first. */
    public List<SymbolSource> sources(LoadedModule module) {
        synchronized (sources) {
            return sources.computeIfAbsent(
                    module,
                    m ->
                            locator.locate(m, target.memory()).stream()
                                    .sorted(Comparator.comparing(SymbolSource::quality).reversed())
                                    .toList());
        }
    }

    private CodeLocation locate(long va, long lookupVa) {
        Optional<LoadedModule> module = target.moduleAt(lookupVa);
        if (module.isEmpty()) {
            return CodeLocation.bare(va, target.moduleAt(va));
        }
        long rva = lookupVa - module.get().base();
        for (SymbolSource source : sources(module.get())) {
            Optional<RvaSymbol> found = source.symbolAt(rva);
            if (found.isPresent()) {
                return new CodeLocation(
                        va,
                        module,
                        found.map(s -> symbol(module.get(), s)),
                        source.lineAt(rva),
                        source.inlinedAt(rva));
            }
        }
        return CodeLocation.bare(va, module);
    }

    private static Symbol symbol(LoadedModule module, RvaSymbol s) {
        OptionalLong size =
                s.sizeBytes() > 0 ? OptionalLong.of(s.sizeBytes()) : OptionalLong.empty();
        return new Symbol(module.label(), s.name(), module.base() + s.rva(), size);
    }
}
