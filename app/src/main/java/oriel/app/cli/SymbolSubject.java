package oriel.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import oriel.engine.symbols.SymbolSource;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.pe.PeImage;

/**
 * Symbols of one module.
 *
 * @param label name of the module without its extension
 * @param base where it lies; 0 for files that are not loaded
 * @param sizeBytes of the module in memory; larger than any address for files that are not loaded
 * @param loader gives its symbols, best first; may have to look for them
 * @param identifier says how Breakpad names it; may have to look for its image
 */
record SymbolSubject(
        String label,
        long base,
        long sizeBytes,
        Supplier<List<SymbolSource>> loader,
        Supplier<Identity> identifier) {
    /**
     * What a Breakpad file says of its module.
     *
     * @param module its first records
     * @param image its PE file, when that was found
     */
    record Identity(BreakpadModule module, Optional<PeImage> image) {}

    /** Its symbols, best first. */
    List<SymbolSource> sources() {
        return loader.get();
    }
}
