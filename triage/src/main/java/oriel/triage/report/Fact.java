package oriel.triage.report;

/**
 * A named detail.
 *
 * @param name what it is, in lower case words, e.g. {@code thrown type}
 * @param value as a user reads it
 */
public record Fact(String name, String value) {}
