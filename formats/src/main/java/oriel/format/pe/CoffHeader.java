package oriel.format.pe;

import oriel.bytes.Bytes;

/**
 * IMAGE_FILE_HEADER.
 *
 * @param machine machine number, see {@link Machine#of}
 * @param sectionCount number of section headers the file claims
 * @param timestamp seconds since 1970, unsigned 32 bits; a hash in reproducible builds
 * @param symbolTableFileOffset COFF symbol table, 0 when there is none
 * @param symbolCount entries of that table, unsigned 32 bits
 * @param optionalHeaderSizeBytes bytes between this header and the section headers
 * @param characteristics IMAGE_FILE_* bits
 */
public record CoffHeader(
        int machine,
        int sectionCount,
        long timestamp,
        long symbolTableFileOffset,
        long symbolCount,
        int optionalHeaderSizeBytes,
        int characteristics) {
    static final int SIZE = 20;
    private static final int DLL = 0x2000;
    private static final int DEBUG_STRIPPED = 0x200;
    private static final int LARGE_ADDRESS_AWARE = 0x20;

    static CoffHeader read(Bytes in) {
        return new CoffHeader(
                in.u16(0), in.u16(2), in.u32(4), in.u32(8), in.u32(12), in.u16(16), in.u16(18));
    }

    /** Whether IMAGE_FILE_DLL is set. */
    public boolean isDll() {
        return (characteristics & DLL) != 0;
    }

    /** Whether IMAGE_FILE_DEBUG_STRIPPED is set: debug information lies in a DBG file. */
    public boolean isDebugStripped() {
        return (characteristics & DEBUG_STRIPPED) != 0;
    }

    /** Whether IMAGE_FILE_LARGE_ADDRESS_AWARE is set. */
    public boolean isLargeAddressAware() {
        return (characteristics & LARGE_ADDRESS_AWARE) != 0;
    }
}
