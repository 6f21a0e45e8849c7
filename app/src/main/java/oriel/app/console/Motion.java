package oriel.app.console;

import java.util.OptionalLong;

/**
 * How a target is let run.
 *
 * @param way how
 * @param until an address at which it stops besides
 */
public record Motion(Way way, OptionalLong until) {
    /** Ways to run. */
    public enum Way {
        /** As the rules for exceptions say. */
        GO,
        /** The exception it stands at counts as dealt with. */
        GO_HANDLED,
        /** The program gets the exception it stands at. */
        GO_NOT_HANDLED,
        /** One instruction. */
        INTO,
        /** One instruction; a call runs to its return. */
        OVER,
        /** To the return of the current function. */
        OUT
    }

    /** A motion without an address. */
    public static Motion of(Way way) {
        return new Motion(way, OptionalLong.empty());
    }
}
