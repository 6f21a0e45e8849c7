package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;

/**
 * What Microsoft's linker notes between the DOS stub and the PE header: which tools made how many
 * of the objects, obscured by a key that is also a checksum.
 *
 * @param key as written, unsigned 32 bits
 * @param intact whether the key is the checksum of the DOS header and the entries
 * @param entries in file order
 */
public record RichHeader(long key, boolean intact, List<Entry> entries) {
    private static final int RICH = 0x68636952;
    private static final int DANS = 0x536e6144;
    private static final int LFANEW = 0x3c;
    private static final int DOS_HEADER = 0x40;
    private static final int PADDING = 12;

    /** Copies the entries. */
    public RichHeader {
        entries = List.copyOf(entries);
    }

    /**
     * What one tool made.
     *
     * @param productId which tool, see {@link RichProducts}
     * @param build its build number
     * @param count number of objects, unsigned 32 bits
     */
    public record Entry(int productId, int build, long count) {}

    /** Looks for the header before the PE header. */
    static Optional<RichHeader> find(Bytes file, long peOffset) {
        long end = Math.min(peOffset, file.size()) - 8;
        for (long at = DOS_HEADER; at <= end; at += 4) {
            if (file.s32(at) == RICH) {
                return read(file, at);
            }
        }
        return Optional.empty();
    }

    private static Optional<RichHeader> read(Bytes file, long rich) {
        int key = file.s32(rich + 4);
        for (long at = rich - 4; at >= DOS_HEADER; at -= 4) {
            if ((file.s32(at) ^ key) == DANS) {
                var entries = new ArrayList<Entry>();
                for (long e = at + 4 + PADDING; e + 8 <= rich; e += 8) {
                    int id = file.s32(e) ^ key;
                    long count = (file.s32(e + 4) ^ key) & 0xffffffffL;
                    entries.add(new Entry(id >>> 16, id & 0xffff, count));
                }
                boolean intact = key == checksum(file, at, entries);
                return Optional.of(new RichHeader(key & 0xffffffffL, intact, entries));
            }
        }
        return Optional.empty();
    }

    private static int checksum(Bytes file, long start, List<Entry> entries) {
        int sum = (int) start;
        for (int i = 0; i < start; i++) {
            boolean skipped = i >= LFANEW && i < LFANEW + 4;
            sum += skipped ? 0 : Integer.rotateLeft(file.u8(i), i);
        }
        for (Entry entry : entries) {
            sum += Integer.rotateLeft(entry.productId << 16 | entry.build, (int) entry.count);
        }
        return sum;
    }
}
