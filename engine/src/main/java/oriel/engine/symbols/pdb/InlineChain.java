package oriel.engine.symbols.pdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.format.pdb.BinaryAnnotations;
import oriel.format.pdb.Inlinee;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;

/** Finds the functions inlined at a place by running the programs of a procedure's inline sites. */
final class InlineChain {
    private InlineChain() {}

    /** The sites that hold a place, innermost first. */
    static List<Site> at(Procedure procedure, long place) {
        var sites = new ArrayList<Site>();
        long offset = place - procedure.place();
        SymbolCursor cursor = procedure.module().within(procedure);
        while (cursor.next() && cursor.offset() < procedure.scopeEnd()) {
            int kind = cursor.kind();
            if (kind == SymbolKind.INLINESITE || kind == SymbolKind.INLINESITE2) {
                Optional<Site> site = site(procedure.module(), cursor, offset);
                if (site.isPresent()) {
                    sites.addFirst(site.get());
                } else {
                    cursor.skipTo(cursor.u32(8));
                }
            }
        }
        return sites;
    }

    /** The site on which the cursor stands, when it holds an offset in the procedure. */
    static Optional<Site> site(PdbModule module, SymbolCursor cursor, long offset) {
        long id = cursor.u32(12);
        int program = cursor.kind() == SymbolKind.INLINESITE ? 16 : 20;
        Optional<Inlinee> inlinee = module.lines().inlinee(id);
        long fileId = inlinee.map(Inlinee::fileId).orElse(-1L);
        long line = inlinee.map(Inlinee::line).orElse(0L);
        var rows = new BinaryAnnotations(cursor.record(), program, fileId);
        while (rows.next()) {
            if (offset >= rows.start() && offset < rows.end()) {
                return Optional.of(
                        new Site(id, rows.fileId(), line + rows.lineDelta(), inlinee.isPresent()));
            }
        }
        return Optional.empty();
    }

    /**
     * A function inlined at the place.
     *
     * @param functionId its number in the id stream
     * @param fileId source file, as an offset into the checksums of the module
     * @param line from 1
     * @param hasLine whether file and line are known
     */
    record Site(long functionId, long fileId, long line, boolean hasLine) {}
}
