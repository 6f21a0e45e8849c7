package oriel.engine.symbols.find;

import java.util.List;
import java.util.Optional;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.model.LoadedModule;

/**
 * Why a module has symbols or has none.
 *
 * @param module which module
 * @param sources descriptions of what was found, best first
 * @param quality of the best source; empty when there is none
 * @param attempts every place that was asked, in order
 */
public record ModuleSymbols(
        LoadedModule module,
        List<String> sources,
        Optional<SymbolSource.Quality> quality,
        List<SymbolAttempt> attempts) {
    /** Copies the lists. */
    public ModuleSymbols {
        sources = List.copyOf(sources);
        attempts = List.copyOf(attempts);
    }
}
