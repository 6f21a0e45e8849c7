package oriel.kd;

import oriel.kd.packet.LinkStatistics;
import oriel.kd.transport.Transport;

/**
 * What is at the other end of a line instead of a target, in words.
 *
 * @param transport the line
 * @param seen what came over it
 * @param generation how often it was opened
 */
record StrangeLine(Transport transport, LinkStatistics seen, int generation) {
    /** An end that hangs up so often is no target. */
    static final int HANG_UPS = 4;

    private static final int BYTES_SHOWN = 24;
    private static final byte ESCAPE = 0x1b;

    /** What was seen in so many nanoseconds. */
    String words(long nanos) {
        long seconds = nanos / 1_000_000_000L;
        String where = transport.name() + ": ";
        String trouble = transport.trouble();
        if (seen.bytes() == 0 && generation >= HANG_UPS) {
            return where
                    + "this is no kernel debugger target: it hangs up at once, again and again";
        }
        if (!trouble.isEmpty()) {
            return where + "no kernel debugger target within " + seconds + " s: " + trouble;
        }
        if (!transport.isConnected()) {
            return where + "nothing has connected within " + seconds + " s";
        }
        if (seen.bytes() == 0) {
            return where
                    + "nothing came within "
                    + seconds
                    + " s: is debugging on in the target (bcdedit /debug on), is it the right port,"
                    + " and does the target run?";
        }
        if (seen.packets() == 0 && isText(seen.noise())) {
            return where
                    + "text came, as machines print that start, and no packet of the kernel"
                    + " debugger protocol within "
                    + seconds
                    + " s; it begins with "
                    + hex(seen.noise());
        }
        if (seen.packets() == 0) {
            return where
                    + "this is no kernel debugger target: "
                    + seen.bytes()
                    + " bytes came and no packet of the protocol is in them; they begin with "
                    + hex(seen.noise());
        }
        if (seen.isEcho()) {
            return where
                    + "the other end sends back what it is sent: a line without a target, or a"
                    + " terminal that is not raw";
        }
        return where
                + "packets of the kernel debugger protocol came ("
                + seen.packets()
                + "), but the target does not stop within "
                + seconds
                + " s";
    }

    /**
     * Whether bytes are what firmware and loaders print before the kernel: lines of text, or text
     * with the codes of a terminal. One line alone is what servers greet with.
     */
    static boolean isText(byte[] bytes) {
        int lines = 0;
        int codes = 0;
        int odd = 0;
        for (byte b : bytes) {
            switch (b) {
                case '\n' -> lines++;
                case ESCAPE -> codes++;
                case '\r', '\t', '\b' -> {
                    // Text has them.
                }
                default -> odd += b < 0x20 || b == 0x7f ? 1 : 0;
            }
        }
        return odd <= bytes.length / 16 && (lines > 1 || codes > 0);
    }

    private static String hex(byte[] bytes) {
        var text = new StringBuilder();
        var words = new StringBuilder();
        for (int i = 0; i < Math.min(BYTES_SHOWN, bytes.length); i++) {
            text.append(i == 0 ? "" : " ");
            text.append(Character.forDigit(bytes[i] >> 4 & 15, 16));
            text.append(Character.forDigit(bytes[i] & 15, 16));
            words.append(bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '.');
        }
        return text + " \"" + words + "\"";
    }
}
