package oriel.engine.search;

import java.util.ArrayList;
import java.util.List;
import oriel.model.AddressRange;
import oriel.model.Memory;

/**
 * Walks ranges of memory block by block. Consecutive blocks of readable memory overlap, so that
 * what crosses an edge is seen whole; a page that cannot be read ends the run and costs only
 * itself. Not safe for several threads.
 */
final class MemoryWindow {
    private static final int BLOCK = 1 << 18;
    private static final int PAGE = 4096;

    /** What looks at the blocks. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One block.
         *
         * @param data the bytes, valid during the call
         * @param have how many there are
         * @param own how many of them are not seen again in the next block
         * @param va address of the first
         * @param continued whether the bytes follow directly on those of the last call
         * @return whether to go on
         */
        boolean block(byte[] data, int have, int own, long va, boolean continued);
    }

    private final Memory memory;
    private final int overlap;
    private final byte[] data;

    /**
     * @param overlap bytes seen twice: one less than the longest thing looked for
     */
    MemoryWindow(Memory memory, int overlap) {
        this.memory = memory;
        this.overlap = overlap;
        this.data = new byte[BLOCK + overlap];
    }

    /** The same addresses in order, ranges that touch or overlap made one. */
    static List<AddressRange> joined(List<AddressRange> ranges) {
        var sorted = new ArrayList<AddressRange>(ranges);
        sorted.sort(null);
        var joined = new ArrayList<AddressRange>();
        for (AddressRange range : sorted) {
            AddressRange last =
                    joined.isEmpty() ? AddressRange.EMPTY : joined.get(joined.size() - 1);
            boolean touches = last.contains(range.start()) || last.end() == range.start();
            if (range.isEmpty() || last.contains(range)) {
                continue;
            }
            if (!last.isEmpty() && touches) {
                long end = range.end() - last.start();
                joined.set(joined.size() - 1, new AddressRange(last.start(), end));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    /** Walks one range. Returns whether the visitor wanted to go on to its end. */
    boolean walk(AddressRange range, Visitor visitor) {
        long va = range.start();
        long left = range.sizeBytes();
        int kept = 0;
        boolean continued = false;
        while (left > 0) {
            int room = (int) Math.min(left, data.length - kept);
            int got = memory.read(va, data, kept, room);
            int have = kept + got;
            boolean runEnds = got < room || got == left;
            int own = runEnds ? have : Math.max(0, have - overlap);
            if (own > 0 && !visitor.block(data, have, own, va - kept, continued)) {
                return false;
            }
            va += got;
            left -= got;
            if (runEnds) {
                long skip = Math.min(left, PAGE - (va & (PAGE - 1)));
                va += skip;
                left -= skip;
                kept = 0;
                continued = false;
            } else {
                kept = have - own;
                System.arraycopy(data, own, data, 0, kept);
                continued = true;
            }
        }
        return true;
    }
}
