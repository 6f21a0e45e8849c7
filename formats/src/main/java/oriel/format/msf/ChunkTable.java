package oriel.format.msf;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import oriel.bytes.Bytes;

/**
 * The chunks of an MSFZ file, which one after the other make up one sequence of bytes. What was
 * decompressed is kept as long as memory allows.
 */
final class ChunkTable {
    private static final int ENTRY_SIZE = 20;

    private final Bytes file;
    private final Bytes entries;

    /** Where each chunk begins in the sequence; one more entry for its end. */
    private final long[] starts;

    private final AtomicReferenceArray<SoftReference<Bytes>> unpacked;

    private ChunkTable(Bytes file, Bytes entries, long[] starts) {
        this.file = file;
        this.entries = entries;
        this.starts = starts;
        this.unpacked = new AtomicReferenceArray<>(starts.length - 1);
    }

    static ChunkTable read(Bytes file, long offset, long count, long size) {
        Bytes entries = file.slice(offset, size);
        int chunks = entries.checkedCount(count, ENTRY_SIZE, 0);
        var starts = new long[chunks + 1];
        for (int i = 0; i < chunks; i++) {
            starts[i + 1] = starts[i] + entries.u32(i * (long) ENTRY_SIZE + 16);
        }
        return new ChunkTable(file, entries, starts);
    }

    /** Whether two chunks share bytes of the file, which no writer does. */
    boolean overlapping() {
        int count = starts.length - 1;
        var order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = entries.u64(i * (long) ENTRY_SIZE);
        }
        Arrays.sort(order);
        for (int i = 0; i < count; i++) {
            long from = entries.u64(i * (long) ENTRY_SIZE);
            long to = from + entries.u32(i * (long) ENTRY_SIZE + 12);
            int next = Arrays.binarySearch(order, from) + 1;
            if (next > 0 && next < count && order[next] < to) {
                return true;
            }
        }
        return false;
    }

    /**
     * The run of a compressed fragment that holds a byte of its stream.
     *
     * @param first chunk in which the fragment begins
     * @param within where in that chunk
     * @param from offset in the stream at which the fragment begins
     * @param to offset in the stream at which it ends
     * @param offset the byte that is wanted, from {@code from} on, before {@code to}
     */
    Runs.Run run(int first, long within, long from, long to, long offset) {
        if (first >= starts.length - 1) {
            throw file.error(0, "chunk " + first + " of " + (starts.length - 1));
        }
        long place = starts[first] + within + (offset - from);
        if (place >= starts[starts.length - 1]) {
            throw file.error(0, "a fragment lies behind the last chunk");
        }
        int found = Arrays.binarySearch(starts, place);
        int chunk = found >= 0 ? found : -found - 2;
        // Empty chunks share their start with the one that follows.
        while (starts[chunk + 1] <= place) {
            chunk++;
        }
        long ofChunk = offset - (place - starts[chunk]);
        long ofEnd = ofChunk + (starts[chunk + 1] - starts[chunk]);
        long start = Math.max(from, ofChunk);
        long end = Math.min(to, ofEnd);
        return new Runs.Run(start, end, chunk(chunk).slice(start - ofChunk, end - start));
    }

    private Bytes chunk(int index) {
        SoftReference<Bytes> kept = unpacked.get(index);
        Bytes bytes = kept == null ? null : kept.get();
        if (bytes == null) {
            long entry = index * (long) ENTRY_SIZE;
            Bytes packed = file.slice(entries.u64(entry), entries.u32(entry + 12));
            bytes = Compression.of(entries, entry + 8).unpack(packed, entries.u32(entry + 16));
            unpacked.set(index, new SoftReference<>(bytes));
        }
        return bytes;
    }
}
