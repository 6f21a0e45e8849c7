package oriel.triage.report;

/**
 * The driver that is probably at fault.
 *
 * @param name file name of its image, or the name of its object when that is not known
 * @param confidence how sure that is
 * @param reason why it is suspected
 */
public record SuspectedDriver(String name, Confidence confidence, String reason) {}
