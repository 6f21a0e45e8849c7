package oriel.triage.report;

/**
 * How bad the crash is, and why we think so.
 *
 * @param level the verdict
 * @param rule name of the rule that decided, e.g. {@code ReadAVNearNull}
 * @param reason one sentence on what was seen
 */
public record Rating(Exploitability level, String rule, String reason) {}
