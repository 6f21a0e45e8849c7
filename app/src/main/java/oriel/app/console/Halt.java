package oriel.app.console;

import java.util.List;

/**
 * How a motion ended.
 *
 * @param kind how
 * @param breakpoints numbers of those that were hit
 */
public record Halt(Kind kind, List<Integer> breakpoints) {
    /** Ways to end. */
    public enum Kind {
        /** It came to where it was to go. */
        ARRIVED,
        /** Something else stopped it. */
        STOPPED,
        /** There is no target any more. */
        GONE
    }

    /** Copies the list. */
    public Halt {
        breakpoints = List.copyOf(breakpoints);
    }

    /** An end that no breakpoint made. */
    public static Halt of(Kind kind) {
        return new Halt(kind, List.of());
    }
}
