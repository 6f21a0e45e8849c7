package oriel.format.pdb;

import java.util.Arrays;

/**
 * Numbers sorted by a key, in two primitive arrays: the index from addresses to places in a stream.
 * Of equal keys the one added first stays first. Immutable.
 */
public final class SortedPlaces {
    private final long[] keys;
    private final long[] places;

    private SortedPlaces(long[] keys, long[] places) {
        this.keys = keys;
        this.places = places;
    }

    /** Number of entries. */
    public int size() {
        return keys.length;
    }

    /** Key at a position. */
    public long key(int index) {
        return keys[index];
    }

    /** What was added with the key at a position. */
    public long place(int index) {
        return places[index];
    }

    /** Position of the last key at or before one; -1 when there is none. */
    public int floor(long key) {
        int low = 0;
        int high = keys.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] <= key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Position of the first of the entries with exactly this key; -1 when there is none. */
    public int first(long key) {
        int at = floor(key);
        if (at < 0 || keys[at] != key) {
            return -1;
        }
        while (at > 0 && keys[at - 1] == key) {
            at--;
        }
        return at;
    }

    /** Collects entries in any order; for one thread. */
    public static final class Builder {
        private long[] keys = new long[16];
        private long[] places = new long[16];
        private int size;
        private boolean sorted = true;

        /** Adds an entry. */
        public void add(long key, long place) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                places = Arrays.copyOf(places, size * 2);
            }
            sorted &= size == 0 || key >= keys[size - 1];
            keys[size] = key;
            places[size++] = place;
        }

        /** The index; the builder must not be used afterwards. */
        public SortedPlaces build() {
            keys = Arrays.copyOf(keys, size);
            places = Arrays.copyOf(places, size);
            if (!sorted) {
                sort();
            }
            return new SortedPlaces(keys, places);
        }

        /** Merges runs of doubling length, which keeps the order of equal keys. */
        private void sort() {
            var otherKeys = new long[size];
            var otherPlaces = new long[size];
            for (int width = 1; width < size; width *= 2) {
                for (int from = 0; from < size; from += 2 * width) {
                    merge(from, Math.min(from + width, size), width, otherKeys, otherPlaces);
                }
                long[] swap = keys;
                keys = otherKeys;
                otherKeys = swap;
                swap = places;
                places = otherPlaces;
                otherPlaces = swap;
            }
        }

        private void merge(int from, int middle, int width, long[] toKeys, long[] toPlaces) {
            int end = Math.min(middle + width, size);
            int left = from;
            int right = middle;
            for (int at = from; at < end; at++) {
                boolean takeLeft = left < middle && (right >= end || keys[left] <= keys[right]);
                int taken = takeLeft ? left++ : right++;
                toKeys[at] = keys[taken];
                toPlaces[at] = places[taken];
            }
        }
    }
}
