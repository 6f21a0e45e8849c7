package oriel.format.pdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import oriel.bytes.Bytes;
import oriel.format.msf.Msf;
import oriel.format.msf.MsfStream;

/**
 * Stream 2 (types, TPI) or 4 (ids, IPI): numbered records. The hash stream beside it tells where
 * about a number lies and which numbers may have a name, so that a lookup reads a few records only.
 */
public final class TypeStream {
    static final int TYPES = 2;
    static final int IDS = 4;
    private static final int HEADER_SIZE = 56;
    private static final int NO_STREAM = 0xffff;

    /** Writers use fewer buckets than this. */
    private static final int MOST_HEADS = 1 << 18;

    /** Without help, places of records are noted every so many records. */
    private static final int STEP = 64;

    /** Writers list a place for every 8 KiB of records; a list with larger gaps is of no use. */
    private static final int LARGEST_GAP = 8192;

    private final MsfStream records;
    private final long first;
    private final long end;
    private final MsfStream indexOffsets;
    private final MsfStream hashValues;
    private final long buckets;
    private final Lazy<int[]> steps;
    private final Lazy<Chains> chains;

    private TypeStream(
            MsfStream records,
            long first,
            long end,
            MsfStream indexOffsets,
            MsfStream hashValues,
            long buckets) {
        this.records = records;
        this.first = first;
        this.end = end;
        this.indexOffsets = indexOffsets;
        this.hashValues = hashValues;
        this.buckets = buckets;
        this.steps = new Lazy<>(this::findSteps);
        this.chains = new Lazy<>(this::findChains);
    }

    static TypeStream read(Msf msf, MsfStream in) {
        if (in.size() == 0) {
            return new TypeStream(in, 0, 0, in, in, 0);
        }
        long headerSize = Math.max(HEADER_SIZE, in.u32(4));
        long bytes = Math.min(in.u32(16), Math.max(0, in.size() - headerSize));
        MsfStream records = in.slice(headerSize, bytes);
        long first = in.u32(8);
        // Every record has at least four bytes.
        long end = Math.min(Math.max(first, in.u32(12)), first + bytes / 4);
        int hashStream = in.u16(20);
        MsfStream hash = msf.stream(hashStream == NO_STREAM ? -1 : hashStream);
        boolean hashed = in.u32(24) == 4;
        return new TypeStream(
                records,
                first,
                end,
                part(hash, in.u32(40), in.u32(44)),
                hashed ? part(hash, in.u32(32), in.u32(36)) : part(hash, 0, 0),
                in.u32(28));
    }

    private static MsfStream part(MsfStream in, long offset, long size) {
        return in.contains(offset, size) ? in.slice(offset, size) : in.slice(0, 0);
    }

    /** Number of the first record, 0x1000 as a rule. */
    public long first() {
        return first;
    }

    /** Number after the last record. */
    public long end() {
        return end;
    }

    /** Whether there is a record of this number. */
    public boolean contains(long index) {
        return index >= first && index < end;
    }

    /**
     * A record from its kind on.
     *
     * @throws oriel.bytes.FormatException when there is none of this number
     */
    public Bytes record(long index) {
        long at = place(index);
        return records.window(at + 2, records.u16(at));
    }

    /** Kind of a record. */
    public int kind(long index) {
        return records.u16(place(index) + 2);
    }

    /** Takes the records in order. */
    public void forEach(Sink sink) {
        long at = 0;
        for (long index = first; index < end && records.contains(at, 4); index++) {
            int length = records.u16(at);
            if (length < 2 || !records.contains(at, length + 2L)) {
                break;
            }
            sink.record(index, records.u16(at + 2), records.window(at + 2, length));
            at += 2 + length;
        }
    }

    /**
     * Numbers of the records that may have a name, found by its hash. Compare names: others share
     * the bucket.
     */
    public long[] candidates(String name) {
        if (buckets == 0) {
            return new long[0];
        }
        int bucket = (int) (NameHash.v1(name.getBytes(StandardCharsets.UTF_8)) % buckets);
        Chains all = chains.value();
        var found = new long[4];
        int size = 0;
        for (int i = all.first(bucket); i >= 0; i = all.next[i]) {
            if (hashValues.s32(4L * i) == bucket) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, size * 2);
                }
                found[size++] = first + i;
            }
        }
        return Arrays.copyOf(found, size);
    }

    /**
     * Records by bucket: a lookup must not read the values of all, as printing one type asks for
     * many.
     *
     * @param heads first record of the buckets of a remainder, -1 for none
     * @param next the record after each, a higher one; -1 at the end
     */
    private record Chains(int[] heads, int[] next) {
        int first(int bucket) {
            return heads[bucket & heads.length - 1];
        }
    }

    private Chains findChains() {
        int count = (int) Math.min(end - first, hashValues.size() / 4);
        var heads = new int[Integer.highestOneBit(Math.max(1, Math.min(count, MOST_HEADS)))];
        var next = new int[count];
        Arrays.fill(heads, -1);
        for (int i = count - 1; i >= 0; i--) {
            int head = hashValues.s32(4L * i) & heads.length - 1;
            next[i] = heads[head];
            heads[head] = i;
        }
        return new Chains(heads, next);
    }

    /** Whether names can be found by hash. */
    public boolean isHashed() {
        return buckets > 0 && hashValues.size() >= 4 * (end - first);
    }

    private long place(long index) {
        if (!contains(index)) {
            throw records.error(0, "no record 0x" + Long.toHexString(index));
        }
        long near = -1;
        long at = 0;
        int pairs = (int) Math.min(Integer.MAX_VALUE, indexOffsets.size() / 8);
        if (pairs > 0) {
            int low = 0;
            int high = pairs - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (indexOffsets.u32(8L * middle) <= index) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            if (indexOffsets.u32(8L * low) <= index) {
                near = indexOffsets.u32(8L * low);
                at = indexOffsets.u32(8L * low + 4);
            }
        }
        if (near < first || index - near > LARGEST_GAP) {
            int step = (int) ((index - first) / STEP);
            int[] known = steps.value();
            near = first + (long) step * STEP;
            at = step < known.length ? known[step] : records.size();
        }
        for (; near < index; near++) {
            at += 2 + Math.max(2, records.u16(at));
        }
        if (records.u16(at) < 2) {
            throw records.error(at, "record of " + records.u16(at) + " bytes");
        }
        return at;
    }

    private int[] findSteps() {
        var found = new int[(int) ((end - first + STEP - 1) / STEP)];
        long at = 0;
        for (long i = 0; i < end - first && records.contains(at, 2); i++) {
            if (i % STEP == 0) {
                found[(int) (i / STEP)] = (int) at;
            }
            at += 2 + Math.max(2, records.u16(at));
        }
        return found;
    }

    /** Takes records. */
    @FunctionalInterface
    public interface Sink {
        /** One record from its kind on. */
        void record(long index, int kind, Bytes record);
    }
}
