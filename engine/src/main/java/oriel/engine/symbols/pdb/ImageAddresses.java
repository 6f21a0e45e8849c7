package oriel.engine.symbols.pdb;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.OmapTable;
import oriel.format.pdb.SectionTable;
import oriel.format.pdb.SortedPlaces;

/**
 * Turns addresses of an image into places of its symbols and back. A place is section number and
 * offset in one long, the section in the upper half, so that places compare like addresses. Where
 * blocks were moved after linking, the maps of the PDB lead to the addresses before.
 */
final class ImageAddresses {
    private final SectionTable sections;
    private final Optional<OmapTable> toSource;
    private final Optional<OmapTable> fromSource;
    private volatile @Nullable SortedPlaces bySource;

    ImageAddresses(Dbi dbi) {
        toSource = dbi.omapToSource();
        fromSource = dbi.omapFromSource();
        sections = toSource.isPresent() ? dbi.symbolSections() : dbi.sections();
    }

    static long place(int section, long offset) {
        return (long) section << 32 | offset;
    }

    static int section(long place) {
        return (int) (place >>> 32);
    }

    static long offset(long place) {
        return place & 0xffff_ffffL;
    }

    /** The place of an address, or -1 when it lies in no section or in a block that is new. */
    long place(long rva) {
        long source = sourceRva(rva);
        int section = source < 0 ? 0 : sections.sectionOf(source);
        return section == 0 ? -1 : place(section, sections.offsetIn(section, source));
    }

    /** The address before blocks were moved, or -1 when it lies in a block that is new. */
    long sourceRva(long rva) {
        return toSource.isPresent() ? toSource.get().map(rva) : rva;
    }

    /** The address of a place, or -1 when there is no such section or the block was removed. */
    long rva(long place) {
        long source = sections.rva(section(place), offset(place));
        if (source < 0 || fromSource.isEmpty()) {
            return source;
        }
        long rva = fromSource.get().map(source);
        // Tools leave gaps in this map; the other one, read backwards, may tell.
        return rva >= 0 ? rva : backwards(source);
    }

    /**
     * Where a symbol is to begin so that an address in it shows the right distance. Blocks that
     * were moved away from the begin of their function would otherwise show one that means nothing.
     *
     * @param place where the symbol begins
     * @param at a place in it
     * @param rva the address of that place
     */
    long startFor(long place, long at, long rva) {
        long start = rva(place);
        return fromSource.isEmpty() || start >= 0 && rva - start == at - place
                ? start
                : Math.max(0, rva - (at - place));
    }

    /** Whether blocks were moved after linking. */
    boolean isReordered() {
        return toSource.isPresent();
    }

    /** Where code lies in the image that lay in one piece before blocks were moved. */
    List<MovedCode> pieces(long source, long sizeBytes) {
        return toSource.isPresent()
                ? MovedCode.of(toSource.get(), blocksBySource(), source, source + sizeBytes)
                : List.of(new MovedCode(source, sizeBytes, 0));
    }

    /** The same for code at a place. */
    List<MovedCode> piecesAt(long place, long sizeBytes) {
        long source = sections.rva(section(place), offset(place));
        return source < 0 ? List.of() : pieces(source, sizeBytes);
    }

    private long backwards(long source) {
        SortedPlaces index = blocksBySource();
        int found = index.floor(source);
        if (found < 0 || toSource.isEmpty()) {
            return -1;
        }
        OmapTable table = toSource.get();
        long distance = source - index.key(found);
        // Blocks may be there more than once: the first that is long enough.
        for (int i = index.first(index.key(found)); i <= found; i++) {
            int block = (int) index.place(i);
            if (block + 1 < table.size() && distance < MovedCode.sizeBytes(table, block)) {
                return table.from(block) + distance;
            }
        }
        return -1;
    }

    private SortedPlaces blocksBySource() {
        SortedPlaces known = bySource;
        if (known == null) {
            var blocks = new SortedPlaces.Builder();
            toSource.ifPresent(
                    table -> {
                        for (int i = 0; i < table.size(); i++) {
                            if (table.to(i) >= 0) {
                                blocks.add(table.to(i), i);
                            }
                        }
                    });
            known = blocks.build();
            bySource = known;
        }
        return known;
    }

    /** Whether the section of a place holds code. */
    boolean isCode(long place) {
        return (sections.characteristics(section(place)) & 0x2000_0020L) != 0;
    }
}
