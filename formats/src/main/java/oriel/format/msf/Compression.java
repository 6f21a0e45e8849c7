package oriel.format.msf;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import oriel.bytes.Bytes;

/** How a chunk is packed. Nothing is allocated that the packed bytes could not plausibly fill. */
enum Compression {
    NONE,
    ZSTD,
    DEFLATE;

    /** Symbol data packs at about 10 to 1; a chunk of zeros at a few thousand to 1. */
    private static final long LARGEST_RATIO = 4096;

    private static final long LARGEST_CHUNK = 1L << 30;

    /** The kind named by a u32 at an offset. */
    static Compression of(Bytes in, long offset) {
        long number = in.u32(offset);
        if (number >= values().length) {
            throw in.error(offset, "unknown compression " + number);
        }
        return values()[(int) number];
    }

    /**
     * The unpacked bytes.
     *
     * @param size bytes that must come out, as the file states it
     * @throws oriel.bytes.FormatException when others come out, or the size is beyond belief
     */
    Bytes unpack(Bytes packed, long size) {
        if (this == NONE) {
            return packed.slice(0, size);
        }
        if (size > LARGEST_CHUNK || size > packed.size() * LARGEST_RATIO) {
            throw packed.error(0, packed.size() + " packed bytes claim to hold " + size);
        }
        byte[] from = packed.copy(0, packed.checkedCount(packed.size(), 1, 0));
        var into = new byte[(int) size];
        int got = this == ZSTD ? zstd(packed, from, into) : deflate(packed, from, into);
        if (got != into.length) {
            throw packed.error(0, "unpacks to " + got + " bytes instead of " + size);
        }
        return Bytes.of(into, packed.source());
    }

    private static int zstd(Bytes packed, byte[] from, byte[] into) {
        try {
            return (int) Zstd.decompressByteArray(into, 0, into.length, from, 0, from.length);
        } catch (ZstdException e) {
            throw packed.error(0, "broken zstd data: " + e.getMessage());
        }
    }

    private static int deflate(Bytes packed, byte[] from, byte[] into) {
        // A stored block with padding bits set, which no writer makes, would look like this too.
        boolean zlibHeader =
                from.length > 1 && from[0] == 0x78 && (0x7800 + (from[1] & 0xff)) % 31 == 0;
        var inflater = new Inflater(!zlibHeader);
        try {
            inflater.setInput(from);
            int got = 0;
            while (got < into.length) {
                int part = inflater.inflate(into, got, into.length - got);
                if (part == 0) {
                    break;
                }
                got += part;
            }
            return got;
        } catch (DataFormatException e) {
            throw packed.error(0, "broken deflate data: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
