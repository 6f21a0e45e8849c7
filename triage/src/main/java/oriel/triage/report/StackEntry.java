package oriel.triage.report;

/** A line of a stack: a frame, or a run of frames that repeats. */
public sealed interface StackEntry permits FrameEntry, RecursionEntry {}
