package oriel.model;

import java.util.List;

/**
 * The frames of a stack, innermost first, and why there are no more. Never an exception that loses
 * the frames found.
 */
public record StackTrace(List<StackFrame> frames, StackEnd end) {
    /** Copies the frames. */
    public StackTrace {
        frames = List.copyOf(frames);
    }
}
