package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * IMAGE_OPTIONAL_HEADER32 or 64. Not optional for images. 32-bit fields are unsigned.
 *
 * @param magic 0x10b for PE32, 0x20b for PE32+
 * @param linkerMajor version of the linker
 * @param linkerMinor version of the linker
 * @param codeSizeBytes SizeOfCode
 * @param initializedDataSizeBytes SizeOfInitializedData
 * @param uninitializedDataSizeBytes SizeOfUninitializedData
 * @param entryPointRva where execution begins; 0 for images without one
 * @param codeBaseRva BaseOfCode
 * @param dataBaseRva BaseOfData; 0 for PE32+, which has none
 * @param imageBase preferred address, 64 bits
 * @param sectionAlignment alignment of sections in memory
 * @param fileAlignment alignment of sections in the file
 * @param operatingSystemVersion major in the upper, minor in the lower 16 bits
 * @param imageVersion the same way
 * @param subsystemVersion the same way
 * @param win32VersionValue reserved; overrides the reported OS version when set
 * @param imageSizeBytes SizeOfImage
 * @param headersSizeBytes SizeOfHeaders
 * @param checksum CheckSum
 * @param subsystem IMAGE_SUBSYSTEM_* number
 * @param dllCharacteristics IMAGE_DLLCHARACTERISTICS_* bits
 * @param stackReserveBytes SizeOfStackReserve
 * @param stackCommitBytes SizeOfStackCommit
 * @param heapReserveBytes SizeOfHeapReserve
 * @param heapCommitBytes SizeOfHeapCommit
 * @param loaderFlags obsolete
 * @param claimedDirectories NumberOfRvaAndSizes as written
 * @param directories at most 16, by {@link DirectoryKind#ordinal}
 */
public record OptionalHeader(
        int magic,
        int linkerMajor,
        int linkerMinor,
        long codeSizeBytes,
        long initializedDataSizeBytes,
        long uninitializedDataSizeBytes,
        long entryPointRva,
        long codeBaseRva,
        long dataBaseRva,
        long imageBase,
        long sectionAlignment,
        long fileAlignment,
        long operatingSystemVersion,
        long imageVersion,
        long subsystemVersion,
        long win32VersionValue,
        long imageSizeBytes,
        long headersSizeBytes,
        long checksum,
        int subsystem,
        int dllCharacteristics,
        long stackReserveBytes,
        long stackCommitBytes,
        long heapReserveBytes,
        long heapCommitBytes,
        long loaderFlags,
        long claimedDirectories,
        List<DataDirectory> directories) {
    static final int PE32 = 0x10b;
    static final int PE32_PLUS = 0x20b;

    /** Bytes of the longest form, with all sixteen directories. */
    static final int MAX_SIZE = 112 + 16 * DataDirectory.SIZE;

    private static final int MAX_DIRECTORIES = 16;

    /** Copies the directories. */
    public OptionalHeader {
        directories = List.copyOf(directories);
    }

    /**
     * Reads the header from a window of {@link #MAX_SIZE} bytes.
     *
     * @throws oriel.bytes.FormatException when the magic is neither PE32 nor PE32+
     */
    static OptionalHeader read(Bytes in) {
        int magic = in.u16(0);
        if (magic != PE32 && magic != PE32_PLUS) {
            throw in.error(
                    0, "optional header magic 0x" + Integer.toHexString(magic) + " is not PE");
        }
        boolean wide = magic == PE32_PLUS;
        int word = wide ? 8 : 4;
        int flags = 72 + 4 * word;
        long claimed = in.u32(flags + 4);
        int count = (int) Math.min(claimed, MAX_DIRECTORIES);
        var directories = new ArrayList<DataDirectory>(count);
        for (int i = 0; i < count; i++) {
            directories.add(DataDirectory.read(in, flags + 8L + (long) i * DataDirectory.SIZE));
        }
        return new OptionalHeader(
                magic,
                in.u8(2),
                in.u8(3),
                in.u32(4),
                in.u32(8),
                in.u32(12),
                in.u32(16),
                in.u32(20),
                wide ? 0 : in.u32(24),
                wide ? in.u64(24) : in.u32(28),
                in.u32(32),
                in.u32(36),
                version(in, 40),
                version(in, 44),
                version(in, 48),
                in.u32(52),
                in.u32(56),
                in.u32(60),
                in.u32(64),
                in.u16(68),
                in.u16(70),
                word(in, 72, wide),
                word(in, 72 + word, wide),
                word(in, 72 + 2 * word, wide),
                word(in, 72 + 3 * word, wide),
                in.u32(flags),
                claimed,
                directories);
    }

    /** Whether this is PE32+, with 64-bit addresses. */
    public boolean isPlus() {
        return magic == PE32_PLUS;
    }

    private static long version(Bytes in, long offset) {
        return (long) in.u16(offset) << 16 | in.u16(offset + 2);
    }

    private static long word(Bytes in, long offset, boolean wide) {
        return wide ? in.u64(offset) : in.u32(offset);
    }
}
