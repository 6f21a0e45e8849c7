package oriel.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import oriel.model.StackFrame;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;

/** Shows runs of frames that repeat once: recursion of a function with itself or in a round. */
final class StackFolder {
    /** Longest round of functions calling each other that is recognised. */
    private static final int LONGEST_CYCLE = 24;

    /** Fewer rounds than this are shown in full. */
    private static final int FEWEST_ROUNDS = 4;

    /** More entries than this are not shown, so that a report stays readable. */
    static final int MOST_ENTRIES = 2000;

    private StackFolder() {}

    /**
     * The entries of a stack.
     *
     * @param frames innermost first
     * @param entry makes the entry of a frame from its index; asked only for frames shown
     */
    static List<StackEntry> fold(
            List<StackFrame> frames, BiFunction<Integer, StackFrame, FrameEntry> entry) {
        var entries = new ArrayList<StackEntry>();
        int at = 0;
        while (at < frames.size() && entries.size() < MOST_ENTRIES) {
            int period = period(frames, at);
            if (period == 0) {
                entries.add(entry.apply(at, frames.get(at)));
                at++;
                continue;
            }
            int rounds = rounds(frames, at, period);
            var cycle = new ArrayList<FrameEntry>(period);
            for (int i = at; i < at + period; i++) {
                cycle.add(entry.apply(i, frames.get(i)));
            }
            entries.add(new RecursionEntry(cycle, rounds));
            at += period * rounds;
        }
        return entries;
    }

    /** The shortest round that repeats often enough from a frame on; 0 when there is none. */
    private static int period(List<StackFrame> frames, int at) {
        for (int period = 1; period <= LONGEST_CYCLE; period++) {
            int end = at + period * FEWEST_ROUNDS;
            if (end > frames.size()) {
                return 0;
            }
            int i = at;
            while (i + period < end && frames.get(i).pc() == frames.get(i + period).pc()) {
                i++;
            }
            if (i + period == end) {
                return period;
            }
        }
        return 0;
    }

    private static int rounds(List<StackFrame> frames, int at, int period) {
        int i = at;
        while (i + period < frames.size() && frames.get(i).pc() == frames.get(i + period).pc()) {
            i++;
        }
        return (i + period - at) / period;
    }
}
