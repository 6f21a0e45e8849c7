package oriel.format.pe;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/**
 * The exception directory ({@code .pdata}): functions by address, with their unwind data. Entries
 * are read from the image when asked for; the table is found by binary search. Reads nothing ahead,
 * so it costs nothing to make. Safe for any thread if the image is.
 */
public final class FunctionTable {
    private static final int X64_ENTRY = 12;
    private static final int ARM_ENTRY = 8;
    private static final int PACKED_FLAGS = 3;

    private final ImageBytes rows;
    private final ImageBytes image;
    private final Architecture architecture;
    private final long rva;
    private final int entrySize;
    private final int count;

    private FunctionTable(
            ImageBytes rows,
            ImageBytes image,
            Architecture architecture,
            long rva,
            long sizeBytes) {
        this.rows = rows;
        this.image = image;
        this.architecture = architecture;
        this.rva = rva;
        this.entrySize = architecture == Architecture.X64 ? X64_ENTRY : ARM_ENTRY;
        this.count = (int) Math.min(sizeBytes / entrySize, Integer.MAX_VALUE);
    }

    /**
     * The table of an image; empty when there is none or the architecture (x86) has no such thing.
     */
    public static Optional<FunctionTable> of(
            ImageBytes image, Architecture architecture, DataDirectory directory) {
        return architecture == Architecture.X86 || !directory.isPresent()
                ? Optional.empty()
                : Optional.of(
                        new FunctionTable(
                                image,
                                image,
                                architecture,
                                directory.rva(),
                                directory.sizeBytes()));
    }

    /**
     * A table that lies outside of any image, of code that was made at run time.
     *
     * @param entries its records
     * @param code what the records point to, by offset from the address they are relative to
     */
    public static Optional<FunctionTable> of(
            Bytes entries, ImageBytes code, Architecture architecture) {
        ImageBytes rows =
                (at, into, offset, length) -> {
                    if (!entries.contains(at, length)) {
                        return 0;
                    }
                    entries.copy(at, into, offset, length);
                    return length;
                };
        return architecture == Architecture.X86 || entries.size() == 0
                ? Optional.empty()
                : Optional.of(new FunctionTable(rows, code, architecture, 0, entries.size()));
    }

    /** Number of entries that the directory claims. */
    public int size() {
        return count;
    }

    /** Whether the first entry can be read at all. */
    public boolean isReadable() {
        return count > 0 && entry(0).isPresent();
    }

    /** An entry by its position; empty when it cannot be read. */
    public Optional<FunctionEntry> entry(int index) {
        var raw = new byte[X64_ENTRY];
        if (index < 0 || index >= count || !read(index, raw, entrySize)) {
            return Optional.empty();
        }
        long begin = u32(raw, 0);
        if (architecture == Architecture.X64) {
            return Optional.of(new FunctionEntry(begin, u32(raw, 4), u32(raw, 8)));
        }
        long data = u32(raw, 4);
        begin &= architecture == Architecture.ARM ? ~1L : ~0L;
        return Optional.of(new FunctionEntry(begin, begin + armLength(data), data));
    }

    /** The function or fragment that holds an rva. */
    public Optional<FunctionEntry> find(long wanted) {
        int low = 0;
        int high = count - 1;
        var raw = new byte[4];
        while (low <= high) {
            int mid = (low + high) >>> 1;
            if (!read(mid, raw, 4)) {
                return Optional.empty();
            }
            if (u32(raw, 0) <= wanted) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return entry(high).filter(found -> found.contains(wanted));
    }

    /** Length of a function: in the packed data, or in the first word of the record it names. */
    private long armLength(long data) {
        int unit = architecture == Architecture.ARM64 ? 4 : 2;
        if ((data & PACKED_FLAGS) != 0) {
            return (data >>> 2 & 0x7ff) * unit;
        }
        var raw = new byte[4];
        return image.read(data, raw, 0, 4) < 4 ? 0 : (u32(raw, 0) & 0x3ffff) * unit;
    }

    private boolean read(int index, byte[] into, int length) {
        return rows.read(rva + (long) index * entrySize, into, 0, length) == length;
    }

    private static long u32(byte[] raw, int at) {
        return (raw[at] & 0xff)
                | (raw[at + 1] & 0xff) << 8
                | (raw[at + 2] & 0xff) << 16
                | (raw[at + 3] & 0xffL) << 24;
    }
}
