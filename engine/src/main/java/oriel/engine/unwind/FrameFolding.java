package oriel.engine.unwind;

import java.util.ArrayList;
import java.util.List;

/**
 * Folds repeated frames: a stack overflow of 10,000 frames is a few lines and one that says how
 * often they repeat. A pure function over what the caller thinks makes two frames equal: the
 * function's name, or its address.
 */
public final class FrameFolding {
    private static final int FEWEST_REPETITIONS = 3;

    private FrameFolding() {}

    /**
     * A part of a stack.
     *
     * @param first index of its first frame
     * @param period number of frames that repeat
     * @param repetitions how often they stand there in a row; 1 when they do not repeat
     */
    public record Run(int first, int period, int repetitions) {
        /** Number of frames it covers. */
        public int size() {
            return period * repetitions;
        }
    }

    /**
     * Splits a list into runs that cover it from the first frame to the last. A cycle is folded
     * when it stands there three times at least; at each place the one that covers most counts, and
     * the shortest of those. Takes time in proportion to the number of frames times the square of
     * the longest period at worst.
     *
     * @param keys one per frame; equal keys are equal frames
     * @param longestPeriod cycles of more frames are not looked for
     */
    public static List<Run> fold(List<?> keys, int longestPeriod) {
        var runs = new ArrayList<Run>();
        int plain = 0;
        int at = 0;
        while (at < keys.size()) {
            Run best = bestAt(keys, at, longestPeriod);
            if (best.repetitions < FEWEST_REPETITIONS) {
                at++;
                continue;
            }
            if (plain < at) {
                runs.add(new Run(plain, at - plain, 1));
            }
            runs.add(best);
            at += best.size();
            plain = at;
        }
        if (plain < keys.size()) {
            runs.add(new Run(plain, keys.size() - plain, 1));
        }
        return runs;
    }

    private static Run bestAt(List<?> keys, int at, int longestPeriod) {
        var best = new Run(at, 1, 1);
        int longest = Math.min(longestPeriod, (keys.size() - at) / FEWEST_REPETITIONS);
        for (int period = 1; period <= longest; period++) {
            int equal = 0;
            while (at + period + equal < keys.size()
                    && keys.get(at + equal).equals(keys.get(at + period + equal))) {
                equal++;
            }
            var run = new Run(at, period, equal / period + 1);
            if (run.repetitions >= FEWEST_REPETITIONS && run.size() > best.size()) {
                best = run;
            }
        }
        return best;
    }
}
