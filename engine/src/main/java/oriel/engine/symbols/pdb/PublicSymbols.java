package oriel.engine.symbols.pdb;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.engine.demangle.NameQuery;
import oriel.engine.symbols.RvaSymbol;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.PublicTable;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pe.Machine;
import oriel.model.Architecture;

/**
 * The public symbols of a PDB: all there is in a stripped one, and names for code without records.
 */
final class PublicSymbols {
    private static final int NAME = 14;
    private static final int FLAGS = 4;
    private static final int FUNCTION = 2;
    private static final int CODE = 1;

    private final Pdb pdb;
    private final MsfStream records;
    private final boolean underscored;

    PublicSymbols(Pdb pdb) {
        this.pdb = pdb;
        this.records = pdb.dbi().flatMap(Dbi::symbolRecords).orElseGet(() -> pdb.msf().stream(-1));
        this.underscored =
                pdb.dbi()
                        .flatMap(d -> Machine.of(d.header().machine()))
                        .flatMap(Machine::architecture)
                        .filter(a -> a == Architecture.X86)
                        .isPresent();
    }

    /** The nearest public at or before a place, not before {@code floor}. */
    Optional<RvaSymbol> at(long place, long floor, ImageAddresses image) {
        PublicTable table = pdb.publics();
        int found =
                table.findAtOrBefore(ImageAddresses.section(place), ImageAddresses.offset(place));
        if (found < 0) {
            return Optional.empty();
        }
        long start = ImageAddresses.place(table.section(found), table.offset(found));
        if (start < floor || ImageAddresses.section(start) != ImageAddresses.section(place)) {
            return Optional.empty();
        }
        // Of several at one place the first is the one that the linker resolved to.
        while (found > 0
                && ImageAddresses.place(table.section(found - 1), table.offset(found - 1))
                        == start) {
            found--;
        }
        return symbol(table.symbolOffset(found), image);
    }

    void named(String name, ImageAddresses image, List<RvaSymbol> found) {
        exactly(name, image, found);
        if (underscored) {
            exactly("_" + name, image, found);
        }
        if (found.isEmpty()) {
            // Hashes know mangled names only.
            var query = new NameQuery(name);
            PublicTable table = pdb.publics();
            for (int i = 0; i < table.size(); i++) {
                var cursor = new SymbolCursor(records, table.symbolOffset(i));
                if (cursor.next() && query.matches(cursor.text(NAME))) {
                    symbol(table.symbolOffset(i), image).ifPresent(found::add);
                }
            }
        }
    }

    private void exactly(String name, ImageAddresses image, List<RvaSymbol> found) {
        for (long candidate : pdb.publics().hash().candidates(name)) {
            var cursor = new SymbolCursor(records, candidate);
            if (cursor.next() && cursor.text(NAME).equals(name)) {
                symbol(candidate, image)
                        .filter(s -> found.stream().noneMatch(f -> f.rva() == s.rva()))
                        .ifPresent(found::add);
            }
        }
    }

    void forEach(ImageAddresses image, Consumer<RvaSymbol> sink) {
        PublicTable table = pdb.publics();
        for (int i = 0; i < table.size(); i++) {
            symbol(table.symbolOffset(i), image).ifPresent(sink);
        }
    }

    private Optional<RvaSymbol> symbol(long offset, ImageAddresses image) {
        var cursor = new SymbolCursor(records, offset);
        if (!cursor.next()) {
            return Optional.empty();
        }
        long place = ImageAddresses.place(cursor.u16(12), cursor.u32(8));
        long rva = image.rva(place);
        if (rva < 0) {
            return Optional.empty();
        }
        boolean function = (cursor.u32(FLAGS) & (FUNCTION | CODE)) != 0 || image.isCode(place);
        return Optional.of(new RvaSymbol(rva, 0, plain(cursor.text(NAME)), function));
    }

    /** Without the underscore of C names on x86; other decoration is left to the demangler. */
    private String plain(String name) {
        return underscored
                        && name.startsWith("_")
                        && name.indexOf('@') < 0
                        && !name.startsWith("__Z")
                ? name.substring(1)
                : name;
    }
}
