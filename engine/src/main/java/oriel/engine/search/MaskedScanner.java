package oriel.engine.search;

import java.util.Arrays;
import java.util.List;

/**
 * Finds many {@link MaskedBytes} in one pass, by the method of Wu and Manber: a window as long as
 * the shortest pattern slides along, the last two bytes in it say how far it may jump, and only
 * where they end some pattern is anything compared. Wildcards make a pair of bytes stand for
 * several.
 */
final class MaskedScanner {
    private static final int PAIRS = 1 << 16;
    private static final int LONGEST_WINDOW = 32;
    private static final int SHORT_WINDOW = 3;

    private final List<MaskedBytes> patterns;
    private final int window;
    private final int[] windowOffsets;
    private final byte[] shifts = new byte[PAIRS];
    private final int[] heads = new int[PAIRS];
    private int[] nextEntry = new int[16];
    private int[] entryPattern = new int[16];
    private int entries = 1;

    /** Where the matches go. */
    @FunctionalInterface
    interface Sink {
        /** A match of the pattern with this index, at this index of the data. */
        void hit(int at, int pattern);
    }

    /**
     * @param patterns what to look for, not empty
     */
    MaskedScanner(List<MaskedBytes> patterns) {
        this.patterns = patterns;
        int shortest = LONGEST_WINDOW;
        for (MaskedBytes pattern : patterns) {
            shortest = Math.min(shortest, pattern.maxLength());
        }
        this.window = shortest;
        this.windowOffsets = new int[patterns.size()];
        Arrays.fill(shifts, (byte) Math.max(1, window - 1));
        for (int p = 0; p < patterns.size(); p++) {
            MaskedBytes pattern = patterns.get(p);
            windowOffsets[p] = bestWindow(pattern);
            for (int last = Math.min(1, window - 1); last < window; last++) {
                addPairs(p, windowOffsets[p] + last, window - 1 - last);
            }
        }
    }

    /**
     * Reports the matches that begin within the first {@code own} bytes and lie within the first
     * {@code have}.
     */
    void scan(byte[] data, int have, int own, Sink sink) {
        if (window == 1) {
            scanSingleBytes(data, have, own, sink);
            return;
        }
        byte[] jump = shifts;
        int end = window - 1;
        if (window <= SHORT_WINDOW) {
            // Short jumps gain nothing, and steps that do not wait for a table are faster.
            for (; end < have; end++) {
                int pair = data[end - 1] & 0xff | (data[end] & 0xff) << 8;
                if (jump[pair] == 0) {
                    compare(data, have, own, end - window + 1, pair, sink);
                }
            }
            return;
        }
        while (end < have) {
            int pair = data[end - 1] & 0xff | (data[end] & 0xff) << 8;
            int shift = jump[pair];
            if (shift != 0) {
                end += shift;
            } else {
                compare(data, have, own, end - window + 1, pair, sink);
                end++;
            }
        }
    }

    /** A window of one byte: the pair is that byte with any other before it. */
    private void scanSingleBytes(byte[] data, int have, int own, Sink sink) {
        for (int end = 0; end < have; end++) {
            int pair = (data[end] & 0xff) << 8;
            if (shifts[pair] == 0) {
                compare(data, have, own, end, pair, sink);
            }
        }
    }

    private void compare(byte[] data, int have, int own, int start, int pair, Sink sink) {
        for (int entry = heads[pair]; entry != 0; entry = nextEntry[entry]) {
            int p = entryPattern[entry];
            MaskedBytes pattern = patterns.get(p);
            int at = start - windowOffsets[p];
            if (at >= 0
                    && at < own
                    && at + pattern.maxLength() <= have
                    && pattern.matches(data, at)) {
                sink.hit(at, p);
            }
        }
    }

    /** Where in the pattern a window tells most: the end counts more, for it is looked at first. */
    private int bestWindow(MaskedBytes pattern) {
        int best = 0;
        int bestScore = -1;
        for (int offset = 0; offset + window <= pattern.maxLength(); offset++) {
            int score = 0;
            for (int i = 0; i < window; i++) {
                int weight = i >= window - 2 ? 4 : 1;
                int byteScore = Integer.bitCount(pattern.mask(offset + i)) * weight;
                // Zero bytes are in every memory: as good as nothing.
                boolean dull = pattern.value(offset + i) == 0 && pattern.mask(offset + i) == 0xff;
                score += dull ? byteScore / 4 : byteScore;
            }
            if (score > bestScore) {
                bestScore = score;
                best = offset;
            }
        }
        return best;
    }

    /** Enters the pairs that may end at an index of a pattern, and how far they let us jump. */
    private void addPairs(int p, int index, int shift) {
        MaskedBytes pattern = patterns.get(p);
        boolean single = window == 1;
        int mask = pattern.mask(index) << 8 | (single ? 0xff : pattern.mask(index - 1));
        int value = pattern.value(index) << 8 | (single ? 0 : pattern.value(index - 1));
        int free = ~mask & 0xffff;
        // Counts through all values of the free bits.
        int bits = 0;
        do {
            int pair = value & mask | bits;
            shifts[pair] = (byte) Math.min(shifts[pair], shift);
            if (shift == 0) {
                addEntry(pair, p);
            }
            bits = bits - free & free;
        } while (bits != 0);
    }

    private void addEntry(int pair, int p) {
        if (entries == nextEntry.length) {
            nextEntry = Arrays.copyOf(nextEntry, entries * 2);
            entryPattern = Arrays.copyOf(entryPattern, entries * 2);
        }
        entryPattern[entries] = p;
        nextEntry[entries] = heads[pair];
        heads[pair] = entries++;
    }
}
