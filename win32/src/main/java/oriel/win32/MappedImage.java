package oriel.win32;

import oriel.bytes.Bytes;
import oriel.model.AddressRange;

/**
 * The headers of an image mapped in a process (PE format, "Optional Header Data Directories").
 *
 * @param base where it is mapped
 * @param headers its first page, or less
 * @param optional offset of the optional header; 0 when this is no image
 */
record MappedImage(long base, Bytes headers, int optional) {
    private static final int PE32_PLUS = 0x20b;

    static MappedImage read(ProcessMemory memory, long base) {
        Bytes page =
                Bytes.of(
                        memory.readUpTo(base, ProcessMemory.PAGE),
                        "image at 0x" + Long.toHexString(base));
        if (!page.contains(0x3c, 4) || page.u16(0) != 0x5a4d) {
            return new MappedImage(base, page, 0);
        }
        long header = page.u32(0x3c);
        boolean image = page.contains(header, 0x78) && page.u32(header) == 0x4550;
        return new MappedImage(base, page, image ? (int) header + 24 : 0);
    }

    /** The directory of some number in memory; empty when the image has none. */
    AddressRange directory(int index) {
        if (optional == 0) {
            return AddressRange.EMPTY;
        }
        int tables = optional + (headers.u16(optional) == PE32_PLUS ? 0x70 : 0x60);
        if (!headers.contains(tables - 4L, 4) || headers.u32(tables - 4L) <= index) {
            return AddressRange.EMPTY;
        }
        long at = tables + 8L * index;
        if (!headers.contains(at, 8) || headers.u32(at) == 0 || headers.u32(at + 4) == 0) {
            return AddressRange.EMPTY;
        }
        return new AddressRange(base + headers.u32(at), headers.u32(at + 4));
    }

    /** When it was linked, or what the linker wrote instead; 0 when this is no image. */
    long timestamp() {
        return optional == 0 ? 0 : headers.u32(optional - 16L);
    }

    /** Checksum of its file; 0 when this is no image. */
    long checksum() {
        return optional == 0 ? 0 : headers.u32(optional + 0x40L);
    }

    /** Where the program of the image begins; 0 when it has no entry point. */
    long entryVa() {
        long rva = optional == 0 ? 0 : headers.u32(optional + 16L);
        return rva == 0 ? 0 : base + rva;
    }
}
