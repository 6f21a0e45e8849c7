package oriel.format.pe;

import java.util.List;

/**
 * A module that an image imports from, with what it imports.
 *
 * @param name file name as written
 * @param delayed whether it is loaded at first use
 * @param timestamp of the module the image is bound to, 0 when not bound, -1 (as unsigned 32 bits)
 *     when bound through the bound import directory
 * @param forwarderChain ForwarderChain as written; 0 for delayed imports
 * @param symbols what is imported, in slot order, as far as it could be read
 */
public record ImportedModule(
        String name,
        boolean delayed,
        long timestamp,
        long forwarderChain,
        List<ImportedSymbol> symbols) {
    /** Copies the symbols. */
    public ImportedModule {
        symbols = List.copyOf(symbols);
    }
}
