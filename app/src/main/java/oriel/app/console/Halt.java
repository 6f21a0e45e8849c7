package oriel.app.console;

import java.util.List;

/**
 * How a motion ended.
 *
 * @param kind how
 * @param breakpoints numbers of those that were hit
 * @param commands that the user wants done because of what happened
 */
public record Halt(Kind kind, List<Integer> breakpoints, List<String> commands) {
    /** Ways to end. */
    public enum Kind {
        /** It came to where it was to go. */
        ARRIVED,
        /** Something else stopped it. */
        STOPPED,
        /** A process has ended: there is no place to show. */
        ENDED,
        /** There is no target any more. */
        GONE
    }

    /** Copies the lists. */
    public Halt {
        commands = List.copyOf(commands);
        breakpoints = List.copyOf(breakpoints);
    }

    /** An end that no breakpoint made. */
    public static Halt of(Kind kind) {
        return new Halt(kind, List.of(), List.of());
    }
}
