package oriel.triage.report;

import java.util.List;

/**
 * The code around the program counter.
 *
 * @param lines by address; exactly one is current unless the memory is missing
 * @param isCode whether the bytes look like a program; if not the lines are plain data
 */
public record CodeListing(List<CodeLine> lines, boolean isCode) {
    /** Copies the lines. */
    public CodeListing {
        lines = List.copyOf(lines);
    }
}
