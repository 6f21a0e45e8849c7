package oriel.app.render;

import java.io.PrintStream;

/**
 * Text in lines, with columns and colours. What comes from a target is shown so that it cannot
 * steer the terminal: control characters and marks that change the direction of text are escaped.
 * For one thread.
 */
public final class Page {
    private static final int FLUSH_AT = 1 << 14;

    private PrintStream out;
    private boolean color;
    private final StringBuilder text = new StringBuilder(1024);

    /** Characters in the current line, colour sequences not counted. */
    private int column;

    /**
     * @param out where the lines go
     * @param color whether to use colours
     */
    public Page(PrintStream out, boolean color) {
        this.out = out;
        this.color = color;
    }

    /** Adds text as it is. */
    public Page text(String words) {
        for (int i = 0; i < words.length(); i++) {
            append(words.charAt(i));
        }
        return this;
    }

    /** Adds text that stands out. */
    public Page styled(Style style, String words) {
        if (!color || style == Style.PLAIN || words.isEmpty()) {
            return text(words);
        }
        text.append("\033[").append(style.code()).append('m');
        text(words);
        text.append("\033[0m");
        return this;
    }

    /** Adds a number. */
    public Page number(long value) {
        return text(Long.toString(value));
    }

    /** Adds a hexadecimal number with at least so many digits. */
    public Page hex(long value, int digits) {
        return text(hexText(value, digits));
    }

    /** A hexadecimal number with at least so many digits. */
    static String hexText(long value, int digits) {
        String hex = Long.toHexString(value);
        return hex.length() >= digits ? hex : "0".repeat(digits - hex.length()) + hex;
    }

    /** Adds blanks up to a column, at least one unless the line is empty. */
    public Page to(int wanted) {
        int blanks = Math.max(wanted - column, column == 0 ? 0 : 1);
        text.append(" ".repeat(blanks));
        column += blanks;
        return this;
    }

    /** Adds text so that it ends at a column, at least one blank after what is there. */
    public Page rightTo(int end, String words) {
        return to(end - words.length()).text(words);
    }

    /** Ends the line. */
    public Page end() {
        int last = text.length();
        while (last > 0 && text.charAt(last - 1) == ' ') {
            last--;
        }
        text.setLength(last);
        text.append('\n');
        column = 0;
        if (text.length() > FLUSH_AT) {
            flush();
        }
        return this;
    }

    /** A whole line. */
    public Page line(String words) {
        return text(words).end();
    }

    /** An empty line. */
    public Page blank() {
        return end();
    }

    /** A heading with an empty line before it. */
    public Page heading(String words) {
        return blank().styled(Style.TITLE, words).end();
    }

    /** Writes out what is there. */
    public void flush() {
        out.append(text);
        text.setLength(0);
    }

    /** The same, and whoever reads it gets it now: for what comes line by line. */
    public void show() {
        flush();
        out.flush();
    }

    /** Writes elsewhere, without colours, until what is returned is closed. */
    public Redirection redirect(PrintStream elsewhere) {
        var back = new Redirection(out, color);
        flush();
        out = elsewhere;
        color = false;
        return back;
    }

    /** Leads back to where lines went before. */
    public final class Redirection implements AutoCloseable {
        private final PrintStream before;
        private final boolean colored;

        private Redirection(PrintStream before, boolean colored) {
            this.before = before;
            this.colored = colored;
        }

        @Override
        public void close() {
            flush();
            out = before;
            color = colored;
        }
    }

    /** Whether nobody reads any more, because the reader of a pipe has gone. */
    public boolean isAbandoned() {
        return out.checkError();
    }

    private void append(char c) {
        if (c >= ' ' && c < 0x7f) {
            text.append(c);
            column++;
        } else if (isHarmful(c)) {
            String escape = c < 0x100 ? "\\x" + hexText(c, 2) : "\\u" + hexText(c, 4);
            text.append(escape);
            column += escape.length();
        } else {
            text.append(c);
            column += Character.isLowSurrogate(c) ? 0 : 1;
        }
    }

    private static boolean isHarmful(char c) {
        return c < ' '
                || c >= 0x7f && c < 0xa0
                || c >= 0x200e && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069
                || c == 0xfeff;
    }
}
