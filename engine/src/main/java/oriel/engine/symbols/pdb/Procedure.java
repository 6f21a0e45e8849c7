package oriel.engine.symbols.pdb;

import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;

/**
 * A procedure or thunk of a module.
 *
 * @param module it belongs to
 * @param record offset of its record in the symbols of the module
 * @param scopeEnd offset of the record that ends its scope
 * @param place where its code begins
 * @param sizeBytes of its code
 * @param name as a user reads it
 */
record Procedure(
        PdbModule module, long record, long scopeEnd, long place, long sizeBytes, String name) {

    /** Reads the record on which the cursor stands. */
    static Procedure read(PdbModule module, SymbolCursor at) {
        boolean thunk = at.kind() == SymbolKind.THUNK32;
        return new Procedure(
                module,
                at.offset(),
                at.u32(8),
                place(at),
                thunk ? at.u16(22) : at.u32(16),
                at.text(thunk ? 25 : 39));
    }

    /** Where the code of the record begins on which the cursor stands. */
    static long place(SymbolCursor at) {
        return at.kind() == SymbolKind.THUNK32
                ? ImageAddresses.place(at.u16(20), at.u32(16))
                : ImageAddresses.place(at.u16(36), at.u32(32));
    }

    static boolean is(int kind) {
        return kind == SymbolKind.THUNK32 || SymbolKind.isProcedure(kind);
    }

    boolean contains(long other) {
        return other >= place && other - place < Math.max(1, sizeBytes);
    }
}
