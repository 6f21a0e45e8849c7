package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Architecture;
import oriel.model.PdbId;

/**
 * A DBG file: debug information that was stripped from an image into a file of its own. Behind the
 * header (IMAGE_SEPARATE_DEBUG_HEADER of winnt.h) lie the section headers of the image, names of
 * exports, and a debug directory whose file offsets count in the DBG file. Immutable.
 */
public final class SeparateDebugFile {
    private static final int SIGNATURE = 0x4944;
    private static final int HEADER_SIZE = 48;

    private final Bytes file;
    private final List<Section> sections;
    private final List<DebugEntry> entries;

    private SeparateDebugFile(Bytes file) {
        if (!looksLikeDbg(file)) {
            throw file.error(0, "is no DBG file");
        }
        this.file = file;
        int sectionCount = file.checkedCount(file.u32(24), Section.SIZE, HEADER_SIZE);
        var found = new ArrayList<Section>(sectionCount);
        for (int i = 0; i < sectionCount; i++) {
            Bytes header = file.slice(HEADER_SIZE + (long) i * Section.SIZE, Section.SIZE);
            found.add(Section.read(header, i, CoffStrings.NONE));
        }
        sections = List.copyOf(found);
        long directory = HEADER_SIZE + (long) sectionCount * Section.SIZE + file.u32(28);
        long size = file.u32(32);
        if (!file.contains(directory, size)) {
            throw file.error(32, "debug directory of " + size + " bytes does not fit");
        }
        entries = DebugEntry.readAll(file.slice(directory, size), file, PeImage.Layout.FILE);
    }

    /**
     * Reads the headers.
     *
     * @throws FormatException when it is no DBG file, or the headers do not fit
     */
    public static SeparateDebugFile of(Bytes file) {
        return new SeparateDebugFile(file);
    }

    /** Whether bytes begin like a DBG file: DI, and a machine that is known. */
    public static boolean looksLikeDbg(Bytes file) {
        return file.contains(0, HEADER_SIZE)
                && file.u16(0) == SIGNATURE
                && Machine.of(file.u16(4)).isPresent();
    }

    /** Architecture of the code, when Oriel knows it. */
    public Optional<Architecture> architecture() {
        return Machine.of(file.u16(4)).flatMap(Machine::architecture);
    }

    /** Time stamp of the image, seconds since 1970. */
    public long timestamp() {
        return file.u32(8);
    }

    /** Checksum of the image. */
    public long checksum() {
        return file.u32(12);
    }

    /** Size of the image in memory. */
    public long imageSizeBytes() {
        return file.u32(20);
    }

    /** The section headers of the image. */
    public List<Section> sections() {
        return sections;
    }

    /** What the debug directory lists. */
    public List<DebugEntry> entries() {
        return entries;
    }

    /** The data of the first entry of a kind; empty when there is none, or it lies outside. */
    public Optional<Bytes> data(DebugType type) {
        for (DebugEntry entry : entries) {
            if (entry.type() == type && entry.data().size() > 0) {
                return Optional.of(entry.data());
            }
        }
        return Optional.empty();
    }

    /** COFF symbols and lines. */
    public Optional<CoffDebugInfo> coff() {
        return data(DebugType.COFF).flatMap(data -> CoffDebugInfo.read(data, sections));
    }

    /**
     * The PDB that holds the rest: newer linkers leave frame data and OMAP in the DBG file only.
     */
    public Optional<PdbId> pdb() {
        return data(DebugType.CODEVIEW).flatMap(PdbId::ofCodeView);
    }
}
