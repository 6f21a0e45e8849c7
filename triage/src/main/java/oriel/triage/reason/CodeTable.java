package oriel.triage.reason;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A table of 32-bit codes and texts, kept as the text it was written in: one row each, eight
 * hexadecimal digits, then fields after tabs, sorted by code, {@code #} lines first. Looked up by
 * binary search in the bytes, so that thousands of rows cost one array.
 */
final class CodeTable {
    private final byte[] rows;
    private final int first;

    private CodeTable(byte[] rows) {
        this.rows = rows;
        int at = 0;
        while (at < rows.length && rows[at] == '#') {
            at = lineEnd(at) + 1;
        }
        this.first = at;
    }

    /** Loads a table that lies beside this class. */
    static CodeTable load(String resource) {
        try (InputStream in = CodeTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new CodeTable(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields of the row of a code, without the code. */
    Optional<String[]> row(int code) {
        int low = first;
        int high = rows.length;
        while (low < high) {
            int line = lineStart((low + high) >>> 1);
            int end = lineEnd(line);
            int order = Integer.compareUnsigned(codeAt(line), code);
            if (order == 0) {
                var text = new String(rows, line + 9, end - line - 9, StandardCharsets.UTF_8);
                return Optional.of(text.split("\t", -1));
            }
            if (order < 0) {
                low = end + 1;
            } else {
                high = line;
            }
        }
        return Optional.empty();
    }

    private int lineStart(int at) {
        int line = at;
        while (line > first && rows[line - 1] != '\n') {
            line--;
        }
        return line;
    }

    private int lineEnd(int at) {
        int end = at;
        while (end < rows.length && rows[end] != '\n') {
            end++;
        }
        return end;
    }

    private int codeAt(int line) {
        int code = 0;
        for (int i = 0; i < 8; i++) {
            code = code << 4 | Character.digit(rows[line + i], 16);
        }
        return code;
    }
}
