package oriel.model;

/**
 * A failed assertion of the C runtime that a crash handler recorded in words.
 *
 * @param kind which check failed
 * @param expression what was asserted; may be empty
 * @param function where; may be empty
 * @param file source file; may be empty
 * @param line from 1; 0 when not known
 */
public record Assertion(Kind kind, String expression, String function, String file, long line) {
    /** The checks that are recorded. */
    public enum Kind {
        INVALID_PARAMETER,
        PURE_VIRTUAL_CALL,
        UNKNOWN
    }
}
