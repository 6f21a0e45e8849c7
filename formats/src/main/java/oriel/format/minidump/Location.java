package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * Where bytes lie in the file: MINIDUMP_LOCATION_DESCRIPTOR.
 *
 * @param sizeBytes number of bytes, unsigned 32 bits
 * @param fileOffset offset in the file (called RVA in the headers), unsigned 32 bits
 */
public record Location(long sizeBytes, long fileOffset) {
    static Location read(Bytes in, long offset) {
        return new Location(in.u32(offset), in.u32(offset + 4));
    }

    /**
     * The bytes.
     *
     * @throws oriel.bytes.FormatException when they do not all lie in the file
     */
    public Bytes in(Bytes file) {
        return file.slice(fileOffset, sizeBytes);
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return sizeBytes == 0;
    }
}
