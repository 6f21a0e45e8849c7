package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.bytes.Bytes;
import oriel.format.pe.PeImage.Layout;
import oriel.model.PdbId;

/**
 * IMAGE_DEBUG_DIRECTORY with the bytes it points to.
 *
 * @param number kind as written, unsigned 32 bits
 * @param characteristics reserved, as written
 * @param timestamp unsigned 32 bits; often a hash
 * @param versionMajor of the data
 * @param versionMinor of the data
 * @param sizeBytes of the data as written
 * @param rva where the data is mapped, 0 when it is not
 * @param fileOffset where the data lies in the file
 * @param data what of the data is there; empty when it is out of bounds
 */
public record DebugEntry(
        long number,
        long characteristics,
        long timestamp,
        int versionMajor,
        int versionMinor,
        long sizeBytes,
        long rva,
        long fileOffset,
        Bytes data) {
    static final int SIZE = 28;
    private static final int MISC_HEADER = 12;
    private static final int LONGEST_NAME = 1024;

    /**
     * Reads the directory.
     *
     * @throws oriel.bytes.FormatException when it does not lie in the image
     */
    static List<DebugEntry> readAll(ImageView image, Layout layout, DataDirectory directory) {
        Bytes table = image.from(directory.rva());
        long size = Math.min(directory.sizeBytes(), table.size());
        return readAll(table.slice(0, size), image.bytes(), layout);
    }

    /**
     * Reads a directory whose data lies in the same file.
     *
     * @param table the directory alone
     */
    static List<DebugEntry> readAll(Bytes table, Bytes all, Layout layout) {
        int count = (int) (table.size() / SIZE);
        var list = new ArrayList<DebugEntry>(count);
        for (int i = 0; i < count; i++) {
            list.add(read(table.slice((long) i * SIZE, SIZE), all, layout));
        }
        return List.copyOf(list);
    }

    private static DebugEntry read(Bytes in, Bytes all, Layout layout) {
        long size = in.u32(16);
        long rva = in.u32(20);
        long fileOffset = in.u32(24);
        return new DebugEntry(
                in.u32(12),
                in.u32(0),
                in.u32(4),
                in.u16(8),
                in.u16(10),
                size,
                rva,
                fileOffset,
                data(all, layout == Layout.FILE ? fileOffset : rva, size));
    }

    /** In the file the offset counts (data need not be mapped at all), in memory the rva. */
    private static Bytes data(Bytes all, long offset, long size) {
        return offset != 0 && all.contains(offset, size)
                ? all.slice(offset, size)
                : all.slice(0, 0);
    }

    /** Which kind it is. */
    public DebugType type() {
        return DebugType.of(number);
    }

    /** The groups of sections, for {@link DebugType#POGO}. */
    public List<PogoGroup> pogoGroups() {
        return type() == DebugType.POGO ? PogoGroup.readAll(data) : List.of();
    }

    /** The counts of safe objects, for {@link DebugType#VC_FEATURE}. */
    public Optional<VcFeatures> vcFeatures() {
        return type() == DebugType.VC_FEATURE && data.contains(0, 20)
                ? Optional.of(
                        new VcFeatures(
                                data.u32(0), data.u32(4), data.u32(8), data.u32(12), data.u32(16)))
                : Optional.empty();
    }

    /** The bits that are set, for {@link DebugType#EX_DLLCHARACTERISTICS}. */
    public Set<ExtendedCharacteristic> extendedCharacteristics() {
        return type() == DebugType.EX_DLLCHARACTERISTICS && data.contains(0, 4)
                ? ExtendedCharacteristic.of(data.u32(0))
                : Set.of();
    }

    /** The hash of a reproducible build, for {@link DebugType#REPRO} entries that have one. */
    public Optional<byte[]> reproHash() {
        if (type() != DebugType.REPRO || !data.contains(0, 4)) {
            return Optional.empty();
        }
        long length = Math.min(data.u32(0), data.size() - 4);
        return Optional.of(data.copy(4, (int) length));
    }

    /** The name of the DBG file, for {@link DebugType#MISC} entries that have one. */
    public Optional<String> miscName() {
        boolean named =
                type() == DebugType.MISC && data.contains(0, MISC_HEADER) && data.u32(0) == 1;
        if (!named) {
            return Optional.empty();
        }
        long length = Math.max(0, Math.min(data.u32(4), data.size()) - MISC_HEADER);
        Bytes name = data.slice(MISC_HEADER, Math.min(length, LONGEST_NAME));
        String text =
                data.u8(8) != 0
                        ? name.utf16(0, (int) name.size() & ~1)
                        : name.utf8(0, (int) name.size());
        int end = text.indexOf('\0');
        return Optional.of(end < 0 ? text : text.substring(0, end));
    }

    /** The PDB it names, when it is a CodeView record that does. */
    public Optional<PdbId> pdb() {
        return type() == DebugType.CODEVIEW ? PdbId.ofCodeView(data) : Optional.empty();
    }
}
