package oriel.engine.symbols.pdb;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.bytes.FormatException;
import oriel.format.pdb.ModuleInfo;
import oriel.format.pdb.ModuleLines;
import oriel.format.pdb.ModuleStream;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.SortedPlaces;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;

/**
 * One module with an index of its procedures by place. The index is made in one pass that leaps
 * from procedure to procedure; lines are looked into only when asked for. Safe for any thread.
 */
final class PdbModule {
    private final Pdb pdb;
    private final ModuleInfo info;
    private final ModuleStream stream;
    private final SortedPlaces procedures;
    private volatile @Nullable ModuleLines lines;

    private PdbModule(Pdb pdb, ModuleInfo info, ModuleStream stream) {
        this.pdb = pdb;
        this.info = info;
        this.stream = stream;
        this.procedures = index();
    }

    static Optional<PdbModule> open(Pdb pdb, ModuleInfo info) {
        return pdb.module(info).map(stream -> new PdbModule(pdb, info, stream));
    }

    ModuleInfo info() {
        return info;
    }

    /** The procedure or thunk that holds a place. */
    Optional<Procedure> procedureAt(long place) {
        int at = procedures.floor(place);
        // Folded functions begin at one place; the first record is the one that linkers kept.
        for (int tries = 0; at >= 0 && tries < 8; tries++) {
            int first = procedures.first(procedures.key(at));
            Optional<Procedure> found = procedure(procedures.place(first));
            if (found.isPresent() && found.get().contains(place)) {
                return found;
            }
            at = first - 1;
        }
        return Optional.empty();
    }

    /** The procedure whose record lies at an offset. */
    Optional<Procedure> procedure(long record) {
        try {
            var cursor = new SymbolCursor(stream.symbols(), record);
            return cursor.next() && Procedure.is(cursor.kind())
                    ? Optional.of(Procedure.read(this, cursor))
                    : Optional.empty();
        } catch (FormatException e) {
            pdb.report(name(), e);
            return Optional.empty();
        }
    }

    int procedureCount() {
        return procedures.size();
    }

    Optional<Procedure> procedure(int index) {
        return procedure(procedures.place(index));
    }

    /** A walk over the records within the scope of a procedure. */
    SymbolCursor within(Procedure procedure) {
        var cursor = new SymbolCursor(stream.symbols(), procedure.record());
        cursor.next();
        return cursor;
    }

    /** A walk over all records. */
    SymbolCursor cursor() {
        return stream.cursor();
    }

    ModuleLines lines() {
        ModuleLines known = lines;
        if (known == null) {
            try {
                known = ModuleLines.read(stream.lines());
            } catch (FormatException e) {
                pdb.report("lines of " + name(), e);
                known = ModuleLines.read(stream.lines().slice(0, 0));
            }
            lines = known;
        }
        return known;
    }

    String name() {
        return "module " + info.index();
    }

    private SortedPlaces index() {
        var found = new SortedPlaces.Builder();
        SymbolCursor cursor = stream.cursor();
        try {
            while (cursor.next()) {
                if (Procedure.is(cursor.kind())) {
                    found.add(Procedure.place(cursor), cursor.offset());
                    cursor.skipTo(cursor.u32(8));
                } else if (cursor.kind() == SymbolKind.SEPCODE) {
                    cursor.skipTo(cursor.u32(8));
                }
            }
        } catch (FormatException e) {
            pdb.report(name(), e);
        }
        if (cursor.isDamaged()) {
            pdb.report(name(), "a symbol record does not fit; the ones behind it are left out");
        }
        return found.build();
    }
}
