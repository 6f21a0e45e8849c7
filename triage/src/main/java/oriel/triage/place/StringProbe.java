package oriel.triage.place;

import oriel.model.Memory;

/** Looks whether memory at an address holds text. */
final class StringProbe {
    private static final int WINDOW = 80;
    private static final int SHORTEST = 4;

    private StringProbe() {}

    /** The text there in quotes, {@code L} before UTF-16; empty when it does not look like text. */
    static String at(Memory memory, long va) {
        byte[] window = memory.readUpTo(va, WINDOW);
        int narrow = run(window, 1);
        if (narrow >= SHORTEST && ends(window, narrow, 1)) {
            return quoted("\"", window, narrow, 1);
        }
        int wide = run(window, 2);
        if (wide >= SHORTEST && ends(window, wide * 2, 2)) {
            return quoted("L\"", window, wide, 2);
        }
        return "";
    }

    /** Characters from the start on that are printable ASCII, {@code step} bytes each. */
    private static int run(byte[] window, int step) {
        int count = 0;
        for (int at = 0; at + step <= window.length; at += step) {
            boolean high = step == 2 && window[at + 1] != 0;
            if (high || window[at] < 0x20 && window[at] != '\t' || window[at] == 0x7f) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Whether the text ends with NUL or a line, or runs on past the window. */
    private static boolean ends(byte[] window, int at, int step) {
        if (at + step > window.length) {
            return true;
        }
        boolean stop = window[at] == 0 || window[at] == '\r' || window[at] == '\n';
        return stop && (step == 1 || window[at + 1] == 0);
    }

    private static String quoted(String open, byte[] window, int count, int step) {
        var text = new StringBuilder(count + 6).append(open);
        for (int i = 0; i < count; i++) {
            char c = (char) window[i * step];
            text.append(c == '\t' ? ' ' : c);
        }
        boolean cut = (count + 1) * step > window.length;
        return text.append(cut ? "\"..." : "\"").toString();
    }
}
