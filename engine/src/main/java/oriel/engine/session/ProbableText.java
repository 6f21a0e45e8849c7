package oriel.engine.session;

/** What a value of no known type probably is: the address of text, or a number. */
final class ProbableText {
    private static final int PROBE = 64;
    private static final int LONGEST = 100;
    private static final int SHORTEST = 3;
    private static final int SHORTEST_WIDE = 2;

    /** No text lies in the first 64 KiB. */
    private static final long LOWEST = 0x10000;

    private ProbableText() {}

    /** The text in quotes, else the number. */
    static String of(long value, Stop stop) {
        if (Long.compareUnsigned(value, LOWEST) >= 0) {
            byte[] bytes = stop.memory().readUpTo(value, PROBE);
            if (isText(bytes, 2, SHORTEST_WIDE)) {
                return quoted(stop.wideText(value));
            }
            if (isText(bytes, 1, SHORTEST)) {
                return quoted(stop.text(value));
            }
        }
        return value == 0 ? "0" : "0x" + Long.toHexString(value);
    }

    /** Whether there are printable characters up to a terminator, or to the end. */
    private static boolean isText(byte[] bytes, int width, int fewest) {
        int characters = 0;
        for (int i = 0; i + width <= bytes.length; i += width) {
            int c = bytes[i] & 0xff | (width == 2 ? (bytes[i + 1] & 0xff) << 8 : 0);
            if (c == 0) {
                return characters >= fewest;
            }
            boolean printable = c >= 0x20 && c < 0x7f || c == '\t' || c == '\n' || c == '\r';
            if (!printable) {
                return false;
            }
            characters++;
        }
        return characters * width >= PROBE - width;
    }

    private static String quoted(String text) {
        boolean cut = text.length() > LONGEST;
        String shown = cut ? text.substring(0, LONGEST) : text;
        String escaped = shown.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
        return "\"" + escaped + (cut ? "\"..." : "\"");
    }
}
