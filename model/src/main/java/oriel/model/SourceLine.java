package oriel.model;

import java.util.OptionalInt;

/**
 * A place in source text.
 *
 * @param file path as the compiler wrote it
 * @param line from 1
 * @param column from 1 when known
 */
public record SourceLine(String file, int line, OptionalInt column) {
    /** A place without a column. */
    public SourceLine(String file, int line) {
        this(file, line, OptionalInt.empty());
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
