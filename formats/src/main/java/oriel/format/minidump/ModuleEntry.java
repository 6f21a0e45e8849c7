package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.AddressRange;
import oriel.model.Guid;
import oriel.model.PdbId;

/**
 * A mapped image: MINIDUMP_MODULE.
 *
 * @param range where it is mapped
 * @param checksum of the PE header, unsigned 32 bits
 * @param timestamp TimeDateStamp of the PE header, unsigned 32 bits
 * @param nameOffset file offset of its path
 * @param version its VS_FIXEDFILEINFO, empty when the signature is missing
 * @param codeView its CodeView record
 * @param misc its IMAGE_DEBUG_MISC record
 */
public record ModuleEntry(
        AddressRange range,
        long checksum,
        long timestamp,
        long nameOffset,
        Optional<FixedFileInfo> version,
        Location codeView,
        Location misc) {
    static final int SIZE = 108;

    /** "BpEL": Breakpad's record of an ELF build id. */
    private static final long ELF_BUILD_ID = 0x4270454cL;

    private static final int MISC_HEADER = 12;
    private static final int MOST_MISC_TEXT = 2048;

    static ModuleEntry read(Bytes in) {
        return new ModuleEntry(
                new AddressRange(in.u64(0), in.u32(8)),
                in.u32(12),
                in.u32(16),
                in.u32(20),
                FixedFileInfo.read(in.slice(24, FixedFileInfo.SIZE)),
                Location.read(in, 76),
                Location.read(in, 84));
    }

    /**
     * The identity of its PDB, or of its ELF file in Breakpad's form (16 bytes of the build id, age
     * 0).
     *
     * @throws FormatException when the record does not lie in the file
     */
    public Optional<PdbId> pdb(Bytes file) {
        if (codeView.isEmpty()) {
            return Optional.empty();
        }
        Bytes record = codeView.in(file);
        if (record.contains(0, 4) && record.u32(0) == ELF_BUILD_ID) {
            var id = new byte[16];
            record.copy(4, id, 0, (int) Math.min(16, record.size() - 4));
            return Optional.of(PdbId.rsds("", Guid.of(id), 0));
        }
        return PdbId.ofCodeView(record);
    }

    /** The name of the file with debug information in the IMAGE_DEBUG_MISC record, if any. */
    public Optional<String> miscName(Bytes file) {
        if (misc.sizeBytes() <= MISC_HEADER
                || !file.contains(misc.fileOffset(), misc.sizeBytes())) {
            return Optional.empty();
        }
        Bytes record = misc.in(file);
        Bytes text = record.from(MISC_HEADER);
        int room = (int) Math.min(text.size(), MOST_MISC_TEXT);
        return Optional.of(record.u8(8) != 0 ? Text.utf16(text, 0, room) : text.cString(0, room));
    }
}
