package oriel.triage.report;

import java.util.List;

/** A line of a stack: a frame, or a run of frames that repeats. */
public sealed interface StackEntry permits FrameEntry, RecursionEntry {
    /** The frames that are shown: the frame itself, or the first round. */
    List<FrameEntry> shown();
}
