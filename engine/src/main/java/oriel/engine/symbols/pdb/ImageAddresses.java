package oriel.engine.symbols.pdb;

import java.util.Optional;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.OmapTable;
import oriel.format.pdb.SectionTable;

/**
 * Turns addresses of an image into places of its symbols and back. A place is section number and
 * offset in one long, the section in the upper half, so that places compare like addresses. Where
 * blocks were moved after linking, the maps of the PDB lead to the addresses before.
 */
final class ImageAddresses {
    private final SectionTable sections;
    private final Optional<OmapTable> toSource;
    private final Optional<OmapTable> fromSource;

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
        return source < 0 || fromSource.isEmpty() ? source : fromSource.get().map(source);
    }

    /** Whether the section of a place holds code. */
    boolean isCode(long place) {
        return (sections.characteristics(section(place)) & 0x2000_0020L) != 0;
    }
}
