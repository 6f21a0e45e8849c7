package oriel.engine.dump;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;

/**
 * The ranges of an address space that lie in a file. Ranges are sorted, disjoint and merged where
 * they follow each other both in memory and in the file; lookup is a binary search over primitive
 * arrays. Immutable, safe for any thread.
 */
final class SparseMemory implements DumpMemory {
    private final Bytes file;
    private final long[] starts;
    private final long[] sizes;
    private final long[] offsets;
    private final int count;

    private SparseMemory(Bytes file, long[] starts, long[] sizes, long[] offsets, int count) {
        this.file = file;
        this.starts = starts;
        this.sizes = sizes;
        this.offsets = offsets;
        this.count = count;
    }

    static Builder builder(Bytes file) {
        return new Builder(file);
    }

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        int done = 0;
        int i = find(va);
        while (done < length && i >= 0 && i < count) {
            long within = va + done - starts[i];
            if (Long.compareUnsigned(within, sizes[i]) >= 0) {
                break;
            }
            int part = (int) Math.min(length - done, sizes[i] - within);
            file.copy(offsets[i] + within, into, offset + done, part);
            done += part;
            i++;
        }
        return done;
    }

    /** Whether the byte at an address is in the file. */
    boolean contains(long va) {
        int i = find(va);
        return i >= 0 && Long.compareUnsigned(va - starts[i], sizes[i]) < 0;
    }

    @Override
    public int gap(long va, int limit) {
        if (contains(va)) {
            return 0;
        }
        int next = find(va) + 1;
        if (next >= count) {
            return limit;
        }
        long distance = starts[next] - va;
        return Long.compareUnsigned(distance, limit) < 0 ? (int) distance : limit;
    }

    /** The bytes from {@code va} to the end of its range in the file, without copying them. */
    Bytes window(long va, long most) {
        int i = find(va);
        if (i < 0 || Long.compareUnsigned(va - starts[i], sizes[i]) >= 0) {
            return file.slice(0, 0);
        }
        long within = va - starts[i];
        return file.slice(offsets[i] + within, Math.min(most, sizes[i] - within));
    }

    @Override
    public List<AddressRange> ranges() {
        var merged = new ArrayList<AddressRange>();
        int i = 0;
        while (i < count) {
            long start = starts[i];
            long end = start + sizes[i];
            for (i++; i < count && starts[i] == end; i++) {
                end += sizes[i];
            }
            merged.add(new AddressRange(start, end - start));
        }
        return Collections.unmodifiableList(merged);
    }

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return count == 0;
    }

    /** The last range that begins at or before {@code va}, or -1. */
    private int find(long va) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(starts[middle], va) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Collects ranges in any order; where they overlap the one that was added first counts. */
    static final class Builder {
        private final Bytes file;
        private long[] starts = new long[64];
        private long[] sizes = new long[64];
        private long[] offsets = new long[64];
        private int count;
        private boolean sorted = true;
        private long cutBytes;

        private Builder(Bytes file) {
            this.file = file;
        }

        /** Adds a range, cut to the file and to the address space. */
        void add(long va, long sizeBytes, long fileOffset) {
            long room = fileOffset < 0 ? 0 : Math.max(0, file.size() - fileOffset);
            long size = new AddressRange(va, Math.max(0, Math.min(sizeBytes, room))).sizeBytes();
            cutBytes += Math.max(0, sizeBytes - size);
            if (size == 0) {
                return;
            }
            if (count == starts.length) {
                starts = java.util.Arrays.copyOf(starts, count * 2);
                sizes = java.util.Arrays.copyOf(sizes, count * 2);
                offsets = java.util.Arrays.copyOf(offsets, count * 2);
            }
            sorted &=
                    count == 0
                            || Long.compareUnsigned(va - starts[count - 1], sizes[count - 1]) >= 0
                                    && Long.compareUnsigned(va, starts[count - 1]) > 0;
            starts[count] = va;
            sizes[count] = size;
            offsets[count++] = fileOffset;
        }

        /** Bytes that were promised and are not in the file. */
        long cutBytes() {
            return cutBytes;
        }

        SparseMemory build() {
            if (!sorted) {
                disentangle();
            }
            merge();
            return new SparseMemory(file, starts, sizes, offsets, count);
        }

        private void merge() {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int last = kept - 1;
                if (last >= 0
                        && starts[last] + sizes[last] == starts[i]
                        && offsets[last] + sizes[last] == offsets[i]) {
                    sizes[last] += sizes[i];
                } else {
                    starts[kept] = starts[i];
                    sizes[kept] = sizes[i];
                    offsets[kept++] = offsets[i];
                }
            }
            count = kept;
        }

        /** Sorts the ranges and cuts those that overlap. */
        private void disentangle() {
            var cuts = new RangeCuts(starts, sizes, count);
            int pieces = cuts.count();
            var newStarts = new long[pieces];
            var newSizes = new long[pieces];
            var newOffsets = new long[pieces];
            for (int i = 0; i < pieces; i++) {
                int owner = cuts.owner(i);
                newStarts[i] = cuts.start(i);
                newSizes[i] = cuts.sizeBytes(i);
                newOffsets[i] = offsets[owner] + (newStarts[i] - starts[owner]);
            }
            starts = newStarts;
            sizes = newSizes;
            offsets = newOffsets;
            count = pieces;
        }
    }
}
