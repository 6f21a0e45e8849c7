package oriel.engine.symbols;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import oriel.model.LoadedModule;
import oriel.model.Memory;

/**
 * Finds the sources of symbols of a module: files beside the image, a symbol path, the image in
 * memory. May read files and the network; called once per module, the answer is kept.
 */
@FunctionalInterface
public interface SymbolLocator {
    /** Finds nothing. */
    SymbolLocator NONE = (module, memory) -> List.of();

    /** Whether an answer may take long, so that it pays to ask for several modules at a time. */
    default boolean mayWait() {
        return false;
    }

    /** Sources for a module, in any order; empty when there are none. */
    List<SymbolSource> locate(LoadedModule module, Memory memory);

    /** The image file of a module, when it can be had: its code fills holes of a dump. */
    default Optional<Path> image(LoadedModule module) {
        return Optional.empty();
    }
}
