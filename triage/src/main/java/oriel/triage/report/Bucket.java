package oriel.triage.report;

import java.util.List;

/**
 * What makes crashes of the same bug equal.
 *
 * @param version of the rules; signatures of different versions must not be compared
 * @param signature {@code v1-} and hexadecimal digits: equal for the same bug
 * @param humanId for people, in the style of BugId: {@code AVR@NULL+8 a1f.904 app.exe!level3}
 * @param parts what the signature was made of, in order: exception, then frames
 * @param confidence how well it separates bugs: low when frames could not be told by name or module
 * @param note why the confidence is not high; may be empty
 */
public record Bucket(
        int version,
        String signature,
        String humanId,
        List<String> parts,
        Confidence confidence,
        String note) {
    /** Copies the parts. */
    public Bucket {
        parts = List.copyOf(parts);
    }
}
