package oriel.format.pdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import oriel.format.msf.MsfStream;

/**
 * The hash table from names to records of publics or globals ({@code GSI1} of microsoft-pdb,
 * gsi.cpp): records in the order of their buckets, a bitmap of the buckets that are not empty, and
 * for each of those its first record. Read in place.
 */
public final class GlobalHash {
    private static final long SIGNATURE = 0xffffffffL;
    private static final long VERSION = 0xeffe0000L + 19990810;
    private static final int HEADER_SIZE = 16;
    private static final int RECORD_SIZE = 8;

    /** Starts of buckets are given for records of the size they had in memory. */
    private static final int START_UNIT = 12;

    private final MsfStream records;
    private final MsfStream bitmap;
    private final MsfStream starts;
    private final int buckets;
    private final int count;

    private GlobalHash(
            MsfStream records, MsfStream bitmap, MsfStream starts, int buckets, int count) {
        this.records = records;
        this.bitmap = bitmap;
        this.starts = starts;
        this.buckets = buckets;
        this.count = count;
    }

    /**
     * @param in the table from its header on
     * @param fastLink whether the table has the size of such PDBs
     */
    static GlobalHash read(MsfStream in, boolean fastLink) {
        if (in.size() == 0) {
            return new GlobalHash(in, in, in, 0, 0);
        }
        if (in.u32(0) != SIGNATURE || in.u32(4) != VERSION) {
            throw in.error(0, "no hash table of version 19990810");
        }
        MsfStream records = in.slice(HEADER_SIZE, in.u32(8));
        int count = (int) Math.min(1 << 28, records.size() / RECORD_SIZE);
        MsfStream table = in.slice(HEADER_SIZE + records.size(), in.u32(12));
        int buckets = fastLink ? 0x3ffff : 0x1000;
        long bitmapSize = (buckets + 32) / 32 * 4L;
        if (table.size() < bitmapSize) {
            return new GlobalHash(records, table, table, 0, count);
        }
        return new GlobalHash(
                records, table.slice(0, bitmapSize), table.from(bitmapSize), buckets, count);
    }

    /** Number of names. */
    public int size() {
        return count;
    }

    /** Offset in the symbol records of a name, in the order of the table. */
    public long symbolOffset(int index) {
        return records.u32((long) index * RECORD_SIZE) - 1;
    }

    /**
     * Offsets of the records that may have a name, found without looking at others. Letters of both
     * cases fall into the same bucket, so compare names.
     */
    public long[] candidates(String name) {
        int first = 0;
        int end = count;
        if (buckets > 0) {
            // Writers keep 16 bits of the remainder, which cuts it for the large table of FASTLINK.
            int bucket =
                    (int) (NameHash.v1(name.getBytes(StandardCharsets.UTF_8)) % buckets) & 0xffff;
            long bits = bitmap.u32(bucket / 32 * 4L);
            if ((bits >>> bucket % 32 & 1) == 0) {
                return new long[0];
            }
            int position = Long.bitCount(bits & ((1L << bucket % 32) - 1));
            for (int word = 0; word < bucket / 32; word++) {
                position += Long.bitCount(bitmap.u32(word * 4L));
            }
            first = start(position);
            end = starts.contains(4L * (position + 1), 4) ? start(position + 1) : count;
        }
        var found = new long[Math.max(0, end - first)];
        for (int i = 0; i < found.length; i++) {
            found[i] = symbolOffset(first + i);
        }
        return found;
    }

    /** Offsets of all records in the order of the symbol stream. */
    public long[] symbolOffsets() {
        var offsets = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = symbolOffset(i);
        }
        Arrays.sort(offsets);
        return offsets;
    }

    private int start(int position) {
        return (int) Math.min(count, starts.u32(4L * position) / START_UNIT);
    }
}
