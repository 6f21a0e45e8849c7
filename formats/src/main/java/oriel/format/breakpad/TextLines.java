package oriel.format.breakpad;

import java.nio.charset.StandardCharsets;
import oriel.bytes.Bytes;

/**
 * Walks the lines of a text and the fields of each line without making strings. Lines end with LF
 * or CR LF; one longer than {@value #MAX_LINE} bytes is passed over as if it were empty.
 */
final class TextLines {
    static final int MAX_LINE = 1 << 20;
    private static final int CHUNK = 1 << 16;
    private static final int FIRST_CHUNK = 1 << 12;

    private final Bytes text;
    private byte[] buffer;
    private long bufferStart;
    private int filled;
    private int lineStart;
    private int lineEnd;
    private int nextLine;
    private int field;
    private boolean tooLong;

    /** Starts before the line that begins at a byte offset. */
    TextLines(Bytes text, long offset) {
        this.text = text;
        this.bufferStart = offset;
        this.buffer = new byte[(int) Math.min(FIRST_CHUNK, Math.max(1, text.size() - offset))];
    }

    /** Goes to the next line and its first field; false at the end of the text. */
    boolean next() {
        tooLong = false;
        int end = endOfLine(nextLine);
        while (end < 0) {
            if (bufferStart + filled >= text.size()) {
                if (nextLine == filled) {
                    return false;
                }
                end = filled;
            } else {
                end = endOfLine(refill());
            }
        }
        lineStart = nextLine;
        lineEnd = end > lineStart && buffer[end - 1] == '\r' ? end - 1 : end;
        nextLine = Math.min(end + 1, filled);
        field = tooLong ? lineEnd : lineStart;
        return true;
    }

    /** Offset of the current line within the text. */
    long offset() {
        return bufferStart + lineStart;
    }

    /** Whether the current line was longer than {@link #MAX_LINE}. */
    boolean tooLong() {
        return tooLong;
    }

    /** The first byte of the line; 0 when it is empty. */
    int first() {
        return tooLong || lineStart == lineEnd ? 0 : buffer[lineStart];
    }

    /** Whether nothing is left of the line. */
    boolean atEnd() {
        skipBlanks();
        return field >= lineEnd;
    }

    /** Passes over the next field when it is exactly this word. */
    boolean take(String word) {
        skipBlanks();
        int end = field + word.length();
        if (end > lineEnd || end < lineEnd && buffer[end] != ' ') {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (buffer[field + i] != word.charAt(i)) {
                return false;
            }
        }
        field = end;
        return true;
    }

    /** The next field as an unsigned hexadecimal number below 2^63; -1 when it is not one. */
    long hex() {
        return number(16);
    }

    /** The next field as a decimal number from 0; -1 when it is not one. */
    long decimal() {
        return number(10);
    }

    /** The next field as text; empty at the end of the line. */
    String word() {
        skipBlanks();
        int from = field;
        while (field < lineEnd && buffer[field] != ' ') {
            field++;
        }
        return text(from, field);
    }

    /** The rest of the line as text. */
    String rest() {
        skipBlanks();
        return text(field, lineEnd);
    }

    /** A hash of the rest of the line, equal to that of the same text in {@link #hash(byte[])}. */
    int restHash() {
        skipBlanks();
        return hash(buffer, field, lineEnd);
    }

    static int hash(byte[] utf8) {
        return hash(utf8, 0, utf8.length);
    }

    private static int hash(byte[] in, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + in[i];
        }
        return hash;
    }

    private long number(int radix) {
        skipBlanks();
        int from = field;
        long value = 0;
        for (; field < lineEnd && buffer[field] != ' '; field++) {
            int digit = Character.digit(buffer[field], radix);
            if (digit < 0 || value > (Long.MAX_VALUE - digit) / radix) {
                return -1;
            }
            value = value * radix + digit;
        }
        return field == from ? -1 : value;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private void skipBlanks() {
        while (field < lineEnd && buffer[field] == ' ') {
            field++;
        }
    }

    private int endOfLine(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the current line to the front and reads on; answers where the new bytes begin. */
    private int refill() {
        int kept = filled - nextLine;
        if (kept >= MAX_LINE) {
            kept = 0;
            tooLong = true;
            nextLine = filled;
        }
        if (kept * 2 > buffer.length || buffer.length < CHUNK) {
            long room = Math.max(CHUNK, buffer.length * 2L);
            byte[] larger = new byte[(int) Math.min(room, Math.max(1, text.size() - bufferStart))];
            if (larger.length > buffer.length) {
                System.arraycopy(buffer, nextLine, larger, 0, kept);
                buffer = larger;
            } else {
                System.arraycopy(buffer, nextLine, buffer, 0, kept);
            }
        } else {
            System.arraycopy(buffer, nextLine, buffer, 0, kept);
        }
        bufferStart += nextLine;
        nextLine = 0;
        int more = (int) Math.min(buffer.length - kept, text.size() - bufferStart - kept);
        text.copy(bufferStart + kept, buffer, kept, more);
        filled = kept + more;
        return kept;
    }
}
