package oriel.format.pe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * The bytes of an image by rva, as the Windows loader would lay them out. In file layout an rva is
 * looked up in the sections: raw offsets are rounded down to 512 as the loader does, bytes beyond
 * the raw data but within the virtual size are zero, and images whose section alignment is below a
 * page are mapped as one piece, whatever their sections say. In mapped layout an rva is an offset.
 */
final class ImageView {
    private static final int PAGE = 0x1000;
    private static final int SECTOR = 0x200;

    private final Bytes bytes;
    private final long[] start;
    private final long[] virtualSize;
    private final long[] offset;
    private final long[] rawSize;

    private ImageView(Bytes bytes, List<Piece> pieces) {
        this.bytes = bytes;
        int count = pieces.size();
        start = new long[count];
        virtualSize = new long[count];
        offset = new long[count];
        rawSize = new long[count];
        pieces.sort((a, b) -> Long.compare(a.rva, b.rva));
        for (int i = 0; i < count; i++) {
            Piece piece = pieces.get(i);
            long room = i + 1 < count ? pieces.get(i + 1).rva - piece.rva : Long.MAX_VALUE;
            start[i] = piece.rva;
            virtualSize[i] = Math.min(piece.memory, room);
            offset[i] = piece.from;
            long there = Math.max(0, bytes.size() - piece.from);
            rawSize[i] = Math.min(Math.min(piece.length, there), virtualSize[i]);
        }
    }

    /**
     * A run of the image: {@code memory} bytes at an rva, the first {@code length} from the file.
     */
    private record Piece(long rva, long memory, long from, long length) {}

    /** An image as mapped in memory. */
    static ImageView mapped(Bytes image) {
        return whole(image, image.size());
    }

    /** An image as it lies in its file. */
    static ImageView file(Bytes file, OptionalHeader header, List<Section> sections) {
        if (header.sectionAlignment() < PAGE) {
            return whole(file, Math.max(file.size(), header.imageSizeBytes()));
        }
        var pieces = new ArrayList<Piece>(sections.size() + 1);
        long headers = header.headersSizeBytes();
        pieces.add(new Piece(0, roundUp(headers, PAGE), 0, headers));
        for (Section section : sections) {
            long memory = roundUp(section.sizeBytes(), PAGE);
            long raw = section.rawFileOffset() == 0 ? 0 : section.rawSizeBytes();
            long from = section.rawFileOffset() & -SECTOR;
            pieces.add(new Piece(section.rva(), memory, from, roundUp(raw, SECTOR)));
        }
        return new ImageView(file, pieces);
    }

    private static ImageView whole(Bytes bytes, long memory) {
        var pieces = new ArrayList<Piece>(1);
        pieces.add(new Piece(0, memory, 0, bytes.size()));
        return new ImageView(bytes, pieces);
    }

    private static long roundUp(long value, int unit) {
        return (value + unit - 1) & -(long) unit;
    }

    /** The file or array underneath. */
    Bytes bytes() {
        return bytes;
    }

    /** Whether an rva lies in the image, zero-filled parts included. */
    boolean contains(long rva) {
        return pieceAt(rva) >= 0;
    }

    /** Where the byte at an rva lies in the file; -1 when it is not in the file. */
    long fileOffset(long rva) {
        int i = pieceAt(rva);
        return i >= 0 && rva - start[i] < rawSize[i] ? offset[i] + rva - start[i] : -1;
    }

    /** Reads as {@link oriel.model.Memory} does: stops at the first byte that is not there. */
    int read(long rva, byte[] into, int at, int length) {
        int done = 0;
        while (done < length) {
            int i = pieceAt(rva + done);
            if (i < 0) {
                break;
            }
            long within = rva + done - start[i];
            boolean raw = within < rawSize[i];
            long room = (raw ? rawSize[i] : virtualSize[i]) - within;
            int part = (int) Math.min(length - done, room);
            if (raw) {
                bytes.copy(offset[i] + within, into, at + done, part);
            } else {
                Arrays.fill(into, at + done, at + done + part, (byte) 0);
            }
            done += part;
        }
        return done;
    }

    /**
     * From an rva to the end of the bytes that follow it in the file without a gap.
     *
     * @throws FormatException when the rva is not in the file
     */
    Bytes from(long rva) {
        int i = pieceAt(rva);
        long within = i < 0 ? 0 : rva - start[i];
        if (i < 0 || within >= rawSize[i]) {
            throw outside(rva);
        }
        return bytes.slice(offset[i] + within, rawSize[i] - within);
    }

    /** A part of the image that lies in the file in one piece. */
    Bytes slice(long rva, long length) {
        Bytes rest = from(rva);
        return rest.slice(0, length);
    }

    /** An unsigned 16-bit number; zero where the image is zero-filled. */
    int u16(long rva) {
        return (int) number(rva, 2);
    }

    /** An unsigned 32-bit number; zero where the image is zero-filled. */
    long u32(long rva) {
        return number(rva, 4);
    }

    /** A 64-bit number; zero where the image is zero-filled. */
    long u64(long rva) {
        return number(rva, 8);
    }

    /** Text up to a NUL, the end of the section or {@code limit} bytes, in UTF-8. */
    String cString(long rva, int limit) {
        int i = pieceAt(rva);
        if (i < 0) {
            throw outside(rva);
        }
        return rva - start[i] >= rawSize[i] ? "" : from(rva).cString(0, limit);
    }

    private long number(long rva, int width) {
        int i = pieceAt(rva);
        if (i >= 0 && rva - start[i] <= rawSize[i] - width) {
            long at = offset[i] + rva - start[i];
            return switch (width) {
                case 2 -> bytes.u16(at);
                case 4 -> bytes.u32(at);
                default -> bytes.u64(at);
            };
        }
        var raw = new byte[width];
        if (read(rva, raw, 0, width) < width) {
            throw outside(rva);
        }
        long value = 0;
        for (int k = width - 1; k >= 0; k--) {
            value = value << 8 | (raw[k] & 0xff);
        }
        return value;
    }

    private int pieceAt(long rva) {
        int low = 0;
        int high = start.length - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            if (start[mid] <= rva) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return high >= 0 && rva - start[high] < virtualSize[high] ? high : -1;
    }

    private FormatException outside(long rva) {
        return bytes.error(0, "rva 0x" + Long.toHexString(rva) + " is not in the image");
    }
}
