package oriel.triage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.Symbolizer;
import oriel.model.LoadedModule;

/**
 * Remembers which modules were asked for names, so that no symbols are loaded just to be listed.
 */
final class SymbolOrigins {
    private final Symbolizer symbolizer;
    private final Set<Long> asked = new HashSet<>();

    SymbolOrigins(Symbolizer symbolizer) {
        this.symbolizer = symbolizer;
    }

    /** Notes that an address of this module was named. */
    void asked(LoadedModule module) {
        asked.add(module.base());
    }

    /** Descriptions of the sources of a module, best first; empty when it was never asked. */
    List<String> of(LoadedModule module) {
        if (!asked.contains(module.base())) {
            return List.of();
        }
        return symbolizer.sources(module).stream().map(SymbolSource::description).toList();
    }
}
