package oriel.format.pe;

import oriel.bytes.Bytes;

/**
 * One entry of the table of directories (IMAGE_DATA_DIRECTORY).
 *
 * @param rva where the directory lies; a file offset for {@link DirectoryKind#SECURITY}
 * @param sizeBytes its size, unsigned 32 bits; some loaders ignore it for some directories
 */
public record DataDirectory(long rva, long sizeBytes) {
    /** An absent directory. */
    public static final DataDirectory NONE = new DataDirectory(0, 0);

    static final int SIZE = 8;

    static DataDirectory read(Bytes in, long offset) {
        return new DataDirectory(in.u32(offset), in.u32(offset + 4));
    }

    /** Whether the directory is there. */
    public boolean isPresent() {
        return rva != 0;
    }
}
