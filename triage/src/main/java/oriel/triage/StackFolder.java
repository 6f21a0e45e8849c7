package oriel.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import oriel.engine.unwind.FrameFolding;
import oriel.model.StackFrame;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;

/** Makes the entries of a stack: runs of frames that repeat are shown once. */
final class StackFolder {
    /** Longest round of functions calling each other that is recognised. */
    private static final int LONGEST_CYCLE = 24;

    /** More entries than this are not shown, so that a report stays readable. */
    private static final int MOST_ENTRIES = 2000;

    private StackFolder() {}

    /**
     * The entries of a stack.
     *
     * @param frames innermost first
     * @param entry makes the entry of a frame from its index; asked only for frames shown
     */
    static List<StackEntry> fold(
            List<StackFrame> frames, BiFunction<Integer, StackFrame, FrameEntry> entry) {
        var pcs = new ArrayList<Long>(frames.size());
        for (StackFrame frame : frames) {
            pcs.add(frame.pc());
        }
        var entries = new ArrayList<StackEntry>();
        for (FrameFolding.Run run : FrameFolding.fold(pcs, LONGEST_CYCLE)) {
            int shown = Math.min(run.period(), MOST_ENTRIES - entries.size());
            var cycle = new ArrayList<FrameEntry>(shown);
            for (int i = run.first(); i < run.first() + shown; i++) {
                cycle.add(entry.apply(i, frames.get(i)));
            }
            if (run.repetitions() > 1 && shown == run.period()) {
                entries.add(new RecursionEntry(cycle, run.repetitions()));
            } else {
                entries.addAll(cycle);
            }
        }
        return entries;
    }
}
