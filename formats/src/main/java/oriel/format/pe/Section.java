package oriel.format.pe;

import oriel.bytes.Bytes;

/**
 * IMAGE_SECTION_HEADER.
 *
 * @param index position in the table, from 0
 * @param name up to eight bytes, or the long name that {@code /123} stands for
 * @param virtualSizeBytes size in memory, unsigned 32 bits; 0 means the size in the file
 * @param rva where it lies in memory
 * @param rawSizeBytes size in the file
 * @param rawFileOffset where it lies in the file, as written
 * @param relocationsFileOffset PointerToRelocations, 0 in images
 * @param lineNumbersFileOffset PointerToLinenumbers
 * @param relocationCount number of relocations, 0 in images
 * @param lineNumberCount number of COFF line numbers
 * @param characteristics IMAGE_SCN_* bits, as signed 32 bits
 */
public record Section(
        int index,
        String name,
        long virtualSizeBytes,
        long rva,
        long rawSizeBytes,
        long rawFileOffset,
        long relocationsFileOffset,
        long lineNumbersFileOffset,
        int relocationCount,
        int lineNumberCount,
        int characteristics) {
    static final int SIZE = 40;
    private static final int EXECUTE = 0x20000000;
    private static final int WRITE = 0x80000000;

    static Section read(Bytes in, int index, CoffStrings strings) {
        return new Section(
                index,
                strings.sectionName(in),
                in.u32(8),
                in.u32(12),
                in.u32(16),
                in.u32(20),
                in.u32(24),
                in.u32(28),
                in.u16(32),
                in.u16(34),
                in.s32(36));
    }

    /** Bytes it takes in memory: the virtual size, or the size in the file when that is 0. */
    public long sizeBytes() {
        return virtualSizeBytes != 0 ? virtualSizeBytes : rawSizeBytes;
    }

    /** Whether an address of the image lies within it. */
    public boolean contains(long va) {
        return va >= rva && va - rva < sizeBytes();
    }

    /** Whether it may be executed. */
    public boolean isExecutable() {
        return (characteristics & EXECUTE) != 0;
    }

    /** Whether it may be written. */
    public boolean isWritable() {
        return (characteristics & WRITE) != 0;
    }
}
