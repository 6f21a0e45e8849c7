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

    /**
     * Reads the directory.
     *
     * @throws oriel.bytes.FormatException when it does not lie in the image
     */
    static List<DebugEntry> readAll(ImageView image, Layout layout, DataDirectory directory) {
        Bytes table = image.from(directory.rva());
        int count = (int) (Math.min(directory.sizeBytes(), table.size()) / SIZE);
        var list = new ArrayList<DebugEntry>(count);
        for (int i = 0; i < count; i++) {
            list.add(read(table.slice((long) i * SIZE, SIZE), image, layout));
        }
        return List.copyOf(list);
    }

    private static DebugEntry read(Bytes in, ImageView image, Layout layout) {
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
                data(image, layout == Layout.FILE ? fileOffset : rva, size));
    }

    /** In the file the offset counts (data need not be mapped at all), in memory the rva. */
    private static Bytes data(ImageView image, long offset, long size) {
        Bytes all = image.bytes();
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

    /** The PDB it names, when it is a CodeView record that does. */
    public Optional<PdbId> pdb() {
        return type() == DebugType.CODEVIEW ? PdbId.ofCodeView(data) : Optional.empty();
    }
}
