package oriel.bench.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The lines of an objdump, one instruction at a time: address, length (the distance to the next
 * line) and text. The last instruction has length 0, for nothing follows it.
 */
final class Listing implements AutoCloseable {
    private static final Pattern PREFIX_ALONE =
            Pattern.compile(
                    "\\s*(lock|repn?[ez]?|xacquire|xrelease|rex(\\.\\w+|64)?|addr(16|32)"
                            + "|data(16|32)|[c-gs]s)\\s*");

    private final Process process;
    private final BufferedReader lines;
    private long va;
    private int length;
    private String text = "";
    private long nextVa;
    private String nextText = "";
    private boolean more;

    Listing(Process process) throws IOException {
        this.process = process;
        this.lines = process.inputReader();
        this.more = fetch();
    }

    /** Moves to the next instruction; false when there is none. */
    boolean next() throws IOException {
        if (!more) {
            return false;
        }
        va = nextVa;
        text = nextText;
        more = fetch();
        length = more ? (int) (nextVa - va) : 0;
        return true;
    }

    /** Address of the instruction. */
    long va() {
        return va;
    }

    /** Its bytes; 0 when not known. */
    int length() {
        return length;
    }

    /** What the tool wrote for it. */
    String text() {
        return text;
    }

    /** Whether the tool took the bytes for an instruction; a prefix alone is none. */
    boolean valid() {
        return !PREFIX_ALONE.matcher(text).matches()
                && !text.contains("(bad)")
                && !text.contains("<unknown>")
                && !text.startsWith(".");
    }

    private boolean fetch() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (parse(line)) {
                return true;
            }
        }
        return false;
    }

    /** Reads {@code address: TAB text}. */
    private boolean parse(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        long address = 0;
        int start = at;
        for (; at < line.length(); at++) {
            int digit = Character.digit(line.charAt(at), 16);
            if (digit < 0) {
                break;
            }
            address = address << 4 | digit;
        }
        int tab = line.indexOf('\t', at);
        if (at == start || at >= line.length() || line.charAt(at) != ':' || tab < 0) {
            return false;
        }
        nextVa = address;
        nextText = line.substring(tab + 1);
        return true;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
