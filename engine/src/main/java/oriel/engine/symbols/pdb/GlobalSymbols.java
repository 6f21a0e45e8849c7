package oriel.engine.symbols.pdb;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import oriel.bytes.FormatException;
import oriel.engine.symbols.RvaSymbol;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.SortedPlaces;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;

/** Procedures by name and variables by name and place, from the records of globals. */
final class GlobalSymbols {
    private static final int REFERENCE_NAME = 14;
    private static final int DATA_NAME = 14;

    private final Pdb pdb;
    private final MsfStream records;
    private volatile @Nullable SortedPlaces variables;

    GlobalSymbols(Pdb pdb) {
        this.pdb = pdb;
        this.records = pdb.dbi().flatMap(Dbi::symbolRecords).orElseGet(() -> pdb.msf().stream(-1));
    }

    /** Adds what has exactly this name, found by its hash. */
    void named(
            String name,
            IntFunction<Optional<PdbModule>> modules,
            ImageAddresses image,
            List<RvaSymbol> found) {
        for (long candidate : pdb.globals().candidates(name)) {
            var cursor = new SymbolCursor(records, candidate);
            if (!cursor.next()) {
                continue;
            }
            int kind = cursor.kind();
            if (kind == SymbolKind.PROCREF || kind == SymbolKind.LPROCREF) {
                if (cursor.text(REFERENCE_NAME).equals(name)) {
                    long record = cursor.u32(8);
                    modules.apply(cursor.u16(12) - 1)
                            .flatMap(module -> module.procedure(record))
                            .flatMap(p -> procedure(p, image))
                            .ifPresent(found::add);
                }
            } else if (SymbolKind.isData(kind) && cursor.text(DATA_NAME).equals(name)) {
                variable(cursor, image).ifPresent(found::add);
            }
        }
    }

    /** A variable with its type, by its exact name; the first of several. */
    Optional<TypedVariable> typed(String name, ImageAddresses image) {
        for (long candidate : pdb.globals().candidates(name)) {
            var cursor = new SymbolCursor(records, candidate);
            if (cursor.next()
                    && SymbolKind.isData(cursor.kind())
                    && cursor.text(DATA_NAME).equals(name)) {
                long type = cursor.u32(4);
                Optional<RvaSymbol> symbol = variable(cursor, image);
                if (symbol.isPresent()) {
                    return Optional.of(new TypedVariable(name, symbol.get().rva(), type));
                }
            }
        }
        return Optional.empty();
    }

    /** The last variable at or before a place, not before {@code floor}. */
    Optional<RvaSymbol> variableAt(long place, long floor, ImageAddresses image) {
        SortedPlaces index = variables();
        int at = index.floor(place);
        if (at < 0
                || index.key(at) < floor
                || ImageAddresses.section(index.key(at)) != ImageAddresses.section(place)) {
            return Optional.empty();
        }
        var cursor = new SymbolCursor(records, index.place(index.first(index.key(at))));
        return cursor.next() ? variable(cursor, image) : Optional.empty();
    }

    void forEachVariable(ImageAddresses image, Consumer<RvaSymbol> sink) {
        SortedPlaces index = variables();
        for (int i = 0; i < index.size(); i++) {
            var cursor = new SymbolCursor(records, index.place(i));
            if (cursor.next()) {
                variable(cursor, image).ifPresent(sink);
            }
        }
    }

    private SortedPlaces variables() {
        SortedPlaces known = variables;
        if (known == null) {
            var found = new SortedPlaces.Builder();
            try {
                var cursor = new SymbolCursor(records, 0);
                while (cursor.next()) {
                    if (SymbolKind.isData(cursor.kind())) {
                        found.add(
                                ImageAddresses.place(cursor.u16(12), cursor.u32(8)),
                                cursor.offset());
                    }
                }
            } catch (FormatException e) {
                pdb.report("variables", e);
            }
            known = found.build();
            variables = known;
        }
        return known;
    }

    private static Optional<RvaSymbol> variable(SymbolCursor at, ImageAddresses image) {
        long rva = image.rva(ImageAddresses.place(at.u16(12), at.u32(8)));
        return rva < 0
                ? Optional.empty()
                : Optional.of(new RvaSymbol(rva, 0, at.text(DATA_NAME), false));
    }

    private static Optional<RvaSymbol> procedure(Procedure procedure, ImageAddresses image) {
        long rva = image.rva(procedure.place());
        return rva < 0
                ? Optional.empty()
                : Optional.of(new RvaSymbol(rva, procedure.sizeBytes(), procedure.name(), true));
    }
}
