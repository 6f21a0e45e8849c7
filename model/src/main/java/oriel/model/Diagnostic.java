package oriel.model;

/**
 * Something damaged or missing, and what was done about it. Never stops the rest.
 *
 * @param subject what it is about: a file, stream, module or thread
 * @param problem what is wrong and what we did, in one line
 */
public record Diagnostic(String subject, String problem) {
    @Override
    public String toString() {
        return subject + ": " + problem;
    }
}
