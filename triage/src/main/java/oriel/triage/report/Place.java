package oriel.triage.report;

import java.util.Optional;
import oriel.model.CodeLocation;
import oriel.model.MemoryRegion;

/**
 * An address and what lies there.
 *
 * @param va the address
 * @param kind what lies there
 * @param text the same for a reader, with particulars, e.g. {@code stack of thread 1636, at
 *     sp+0x20}
 * @param location module and symbol, for images
 * @param region pages it belongs to, when the target has a memory map
 * @param content what can be read there, for a reader: a string in quotes, the words found; may be
 *     empty
 */
public record Place(
        long va,
        PlaceKind kind,
        String text,
        Optional<CodeLocation> location,
        Optional<MemoryRegion> region,
        String content) {
    /** A place of which nothing more is known. */
    public static Place bare(long va, PlaceKind kind, String text) {
        return new Place(va, kind, text, Optional.empty(), Optional.empty(), "");
    }
}
