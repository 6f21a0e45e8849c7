package oriel.triage.report;

/**
 * A parameter of a bug check.
 *
 * @param value unsigned 64 bits
 * @param meaning what it is; empty when that is not known
 * @param text the value as a user reads it: what lies there, the name of the status; may be empty
 */
public record BugCheckParameter(long value, String meaning, String text) {}
