package oriel.app.render;

import java.util.List;
import java.util.Optional;
import oriel.model.InlineFrame;
import oriel.model.SourceLine;

/** What symbols say to a question, with names as they are to be shown. */
public sealed interface SymbolAnswer {
    /**
     * What lies at an address.
     *
     * @param address as it was asked for
     * @param module label of the module
     * @param offset from the begin of the symbol
     * @param line of the outermost function
     * @param inlined innermost first
     */
    record Place(
            long address,
            String module,
            String name,
            long offset,
            Optional<SourceLine> line,
            List<InlineFrame> inlined)
            implements SymbolAnswer {}

    /**
     * A symbol.
     *
     * @param sizeBytes 0 when it is not known
     */
    record Named(long address, long sizeBytes, String module, String name)
            implements SymbolAnswer {}

    /** The lines of a function, in the order of its code. */
    record Lines(Named function, List<Row> rows) implements SymbolAnswer {}

    /** Where a line begins. */
    record Row(long address, SourceLine line) {}
}
