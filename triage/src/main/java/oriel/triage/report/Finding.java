package oriel.triage.report;

/**
 * A likely cause or an oddity.
 *
 * @param kind short stable name, e.g. {@code use-after-free}
 * @param confidence how sure it is
 * @param text what was seen and what it suggests, in one sentence
 */
public record Finding(String kind, Confidence confidence, String text) {}
