package oriel.engine.symbols.source;

import java.util.List;

/**
 * A source file.
 *
 * @param place path on this machine, or address it was fetched from
 * @param lines in order, without their ends
 */
public record SourceText(String place, List<String> lines) {
    /** Copies the list. */
    public SourceText {
        lines = List.copyOf(lines);
    }
}
