package oriel.app.render;

/**
 * How much of a report is wanted as text.
 *
 * @param brief only what fits a screen: verdict and crashing stack
 * @param allThreads every stack in full, not only the first frames of the largest groups
 */
public record ReportScope(boolean brief, boolean allThreads) {}
