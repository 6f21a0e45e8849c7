package oriel.model;

import java.util.Arrays;

/**
 * Ranges of addresses with a number each, such as where in a file the record stands, in primitive
 * arrays. Filled first, then sealed, then asked; ranges may nest, and the answer is the innermost.
 * Addresses are compared as signed numbers: offsets into images and files. Not safe for use by
 * several threads while it is filled.
 */
public final class RangeTable {
    private long[] starts = new long[16];
    private long[] sizes = new long[16];
    private long[] values = new long[16];
    private int[] enclosing = {};
    private int count;

    /** Adds a range. */
    public void add(long start, long size, long value) {
        if (count == starts.length) {
            int room = count + (count >> 1);
            starts = Arrays.copyOf(starts, room);
            sizes = Arrays.copyOf(sizes, room);
            values = Arrays.copyOf(values, room);
        }
        starts[count] = start;
        sizes[count] = size;
        values[count] = value;
        count++;
    }

    /** How many ranges there are. */
    public int count() {
        return count;
    }

    /** First address of a row. */
    public long start(int row) {
        return starts[row];
    }

    /** How many addresses a row holds. */
    public long size(int row) {
        return sizes[row];
    }

    /** The number that was added with a row. */
    public long value(int row) {
        return values[row];
    }

    /** Sorts by start, larger ranges first, then by value, and cuts spare room. */
    public RangeTable seal() {
        if (!sorted()) {
            for (int i = count / 2 - 1; i >= 0; i--) {
                sink(i, count);
            }
            for (int end = count - 1; end > 0; end--) {
                swap(0, end);
                sink(0, end);
            }
        }
        starts = Arrays.copyOf(starts, count);
        sizes = Arrays.copyOf(sizes, count);
        values = Arrays.copyOf(values, count);
        return this;
    }

    /** Seals and also finds for each row the one around it, which {@link #holding} needs. */
    public RangeTable sealNested() {
        seal();
        enclosing = new int[count];
        for (int i = 0; i < count; i++) {
            int around = i - 1;
            while (around >= 0 && !holds(around, starts[i])) {
                around = enclosing[around];
            }
            enclosing[i] = around;
        }
        return this;
    }

    /** The last row that starts at or before an address; -1 when there is none. */
    public int floor(long address) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= address) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The innermost row that holds an address; -1 when there is none. */
    public int holding(long address) {
        int row = floor(address);
        while (row >= 0 && !holds(row, address)) {
            row = enclosing[row];
        }
        return row;
    }

    private boolean holds(int row, long address) {
        return address - starts[row] < sizes[row];
    }

    private boolean sorted() {
        for (int i = 1; i < count; i++) {
            if (compare(i - 1, i) > 0) {
                return false;
            }
        }
        return true;
    }

    private int compare(int a, int b) {
        int byStart = Long.compare(starts[a], starts[b]);
        if (byStart != 0) {
            return byStart;
        }
        int bySize = Long.compare(sizes[b], sizes[a]);
        return bySize != 0 ? bySize : Long.compare(values[a], values[b]);
    }

    private void sink(int from, int end) {
        int at = from;
        while (2 * at + 1 < end) {
            int child = 2 * at + 1;
            if (child + 1 < end && compare(child, child + 1) < 0) {
                child++;
            }
            if (compare(at, child) >= 0) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int a, int b) {
        swap(starts, a, b);
        swap(sizes, a, b);
        swap(values, a, b);
    }

    private static void swap(long[] in, int a, int b) {
        long kept = in[a];
        in[a] = in[b];
        in[b] = kept;
    }
}
