package oriel.triage;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.source.SourceIndex;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.StackFrame;

/**
 * Names addresses and remembers which modules were asked for, so that no symbols are loaded just to
 * be listed. Symbols that fail cost the name only.
 */
final class Names {
    private final Symbolizer symbolizer;
    private final Guarded guarded;
    private final Set<Long> asked = new HashSet<>();
    private boolean failed;

    Names(Symbolizer symbolizer, Guarded guarded) {
        this.symbolizer = symbolizer;
        this.guarded = guarded;
    }

    CodeLocation locate(long va) {
        try {
            return noted(symbolizer.locate(va));
        } catch (RuntimeException e) {
            return failed(va, e);
        }
    }

    CodeLocation locate(StackFrame frame) {
        try {
            return noted(symbolizer.locate(frame));
        } catch (RuntimeException e) {
            return failed(frame.pc(), e);
        }
    }

    /** Descriptions of the sources of a module, best first; empty when it was never asked. */
    List<String> origins(LoadedModule module) {
        if (!asked.contains(module.base())) {
            return List.of();
        }
        return symbolizer.sources(module).stream().map(SymbolSource::description).toList();
    }

    /** The symbols of a module, best first; empty when they fail. */
    List<SymbolSource> sources(LoadedModule module) {
        try {
            return symbolizer.sources(module);
        } catch (RuntimeException e) {
            failed(module.base(), e);
            return List.of();
        }
    }

    /** Where the source of a module can be fetched. */
    SourceIndex sourceIndex(LoadedModule module) {
        return symbolizer.sourceIndex(module);
    }

    private CodeLocation noted(CodeLocation location) {
        location.module().ifPresent(module -> asked.add(module.base()));
        return location;
    }

    private CodeLocation failed(long va, RuntimeException e) {
        if (!failed) {
            failed = true;
            guarded.add("symbols", "0x" + Long.toHexString(va) + " has no name: " + e);
        }
        return CodeLocation.bare(va, Optional.empty());
    }
}
