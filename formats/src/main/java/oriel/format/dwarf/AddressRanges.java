package oriel.format.dwarf;

import java.util.Arrays;

/** Ranges of addresses with a number each, in primitive arrays; they may nest. */
final class AddressRanges {
    private long[] starts = new long[8];
    private long[] ends = new long[8];
    private int[] owners = new int[8];
    private int count;

    void add(long start, long end, int owner) {
        if (Long.compareUnsigned(start, end) >= 0 || start < 0 || end < 0) {
            return;
        }
        if (count == starts.length) {
            int room = count * 2;
            starts = Arrays.copyOf(starts, room);
            ends = Arrays.copyOf(ends, room);
            owners = Arrays.copyOf(owners, room);
        }
        starts[count] = start;
        ends[count] = end;
        owners[count] = owner;
        count++;
    }

    int count() {
        return count;
    }

    long start(int i) {
        return starts[i];
    }

    long end(int i) {
        return ends[i];
    }

    int owner(int i) {
        return owners[i];
    }

    /** Sorts by start, wider ranges first. */
    void sort() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (a, b) ->
                        starts[a] != starts[b]
                                ? Long.compare(starts[a], starts[b])
                                : Long.compare(ends[b], ends[a]));
        var newStarts = new long[count];
        var newEnds = new long[count];
        var newOwners = new int[count];
        for (int i = 0; i < count; i++) {
            newStarts[i] = starts[order[i]];
            newEnds[i] = ends[order[i]];
            newOwners[i] = owners[order[i]];
        }
        starts = newStarts;
        ends = newEnds;
        owners = newOwners;
    }

    /** Index of the last range that starts at or before an address; -1 when there is none. */
    int floor(long address) {
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

    /** Index of the innermost range that holds an address; -1 when there is none. */
    int holding(long address) {
        int at = floor(address);
        while (at >= 0 && ends[at] <= address) {
            at--;
        }
        return at;
    }
}
