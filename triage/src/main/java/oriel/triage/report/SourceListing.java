package oriel.triage.report;

import java.util.List;

/**
 * The source text around a place of the crash.
 *
 * @param file path as the compiler wrote it
 * @param place where the text was had: a path on this machine, or an address
 * @param line the one that counts, from 1
 * @param firstLine number of the first line shown
 * @param lines in order
 */
public record SourceListing(
        String file, String place, int line, int firstLine, List<String> lines) {
    /** Copies the list. */
    public SourceListing {
        lines = List.copyOf(lines);
    }
}
