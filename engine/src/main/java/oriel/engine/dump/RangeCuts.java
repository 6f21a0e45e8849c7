package oriel.engine.dump;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Cuts ranges that may overlap into disjoint pieces by address, each owned by the first of the
 * ranges that covers it. One pass over the sorted ends, so that no arrangement of n ranges makes
 * more than 2n pieces.
 */
final class RangeCuts {
    private final long[] starts;
    private final long[] sizes;
    private long[] pieceStarts;
    private long[] pieceSizes;
    private int[] owners;
    private int count;

    RangeCuts(long[] rangeStarts, long[] rangeSizes, int ranges) {
        starts = rangeStarts;
        sizes = rangeSizes;
        pieceStarts = new long[2 * ranges];
        pieceSizes = new long[2 * ranges];
        owners = new int[2 * ranges];
        Integer[] byStart = new Integer[ranges];
        Arrays.setAll(byStart, i -> i);
        Arrays.sort(byStart, (a, b) -> Long.compareUnsigned(starts[a], starts[b]));
        var open = new PriorityQueue<Integer>();
        long at = 0;
        int next = 0;
        while (next < ranges || !open.isEmpty()) {
            if (open.isEmpty()) {
                at = starts[byStart[next]];
            }
            while (next < ranges && starts[byStart[next]] == at) {
                open.add(byStart[next++]);
            }
            at = advance(open, at, next < ranges ? starts[byStart[next]] : 0, next < ranges);
        }
    }

    /**
     * Gives the bytes from {@code at} on to the best open range, up to its end or to the start of
     * the next range.
     */
    private long advance(PriorityQueue<Integer> open, long at, long nextStart, boolean hasNext) {
        int owner = open.element();
        long left = sizes[owner] - (at - starts[owner]);
        if (left <= 0) {
            open.remove();
            return at;
        }
        long untilNext = nextStart - at;
        boolean whole = !hasNext || Long.compareUnsigned(left, untilNext) <= 0;
        long size = whole ? left : untilNext;
        piece(at, size, owner);
        if (whole) {
            open.remove();
        }
        return at + size;
    }

    private void piece(long start, long size, int owner) {
        int last = count - 1;
        if (last >= 0 && owners[last] == owner && pieceStarts[last] + pieceSizes[last] == start) {
            pieceSizes[last] += size;
            return;
        }
        if (count == owners.length) {
            pieceStarts = Arrays.copyOf(pieceStarts, count * 2);
            pieceSizes = Arrays.copyOf(pieceSizes, count * 2);
            owners = Arrays.copyOf(owners, count * 2);
        }
        pieceStarts[count] = start;
        pieceSizes[count] = size;
        owners[count++] = owner;
    }

    /** Number of pieces. */
    int count() {
        return count;
    }

    /** First address of a piece. */
    long start(int piece) {
        return pieceStarts[piece];
    }

    /** Bytes of a piece. */
    long sizeBytes(int piece) {
        return pieceSizes[piece];
    }

    /** Position of the range that owns a piece. */
    int owner(int piece) {
        return owners[piece];
    }
}
