package oriel.engine.demangle;

/** Names with other letters than those of English (RFC 3492, with an underscore for the dash). */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;

    private Punycode() {}

    /**
     * The text of an encoded name.
     *
     * @throws Refusal when it is not well-formed
     */
    static String decode(String encoded) {
        int delimiter = encoded.lastIndexOf('_');
        String plain = delimiter > 0 ? encoded.substring(0, delimiter) : "";
        var points = new int[encoded.length()];
        int count = 0;
        for (int i = 0; i < plain.length(); i++) {
            points[count++] = plain.charAt(i);
        }
        int at = delimiter + 1;
        if (at >= encoded.length()) {
            throw new Refusal("no letters are encoded");
        }
        long n = 128;
        long i = 0;
        int bias = 72;
        while (at < encoded.length()) {
            long before = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                if (at >= encoded.length()) {
                    throw new Refusal("ends within a letter");
                }
                int digit = digit(encoded.charAt(at++));
                i += digit * weight;
                if (digit < 0 || i > Integer.MAX_VALUE) {
                    throw new Refusal("no letter");
                }
                int t = Math.max(T_MIN, Math.min(T_MAX, k - bias));
                if (digit < t) {
                    break;
                }
                weight *= BASE - t;
                if (weight > Integer.MAX_VALUE) {
                    throw new Refusal("no letter");
                }
            }
            bias = adapt(i - before, count + 1, before == 0);
            n += i / (count + 1);
            i %= count + 1;
            if (!Character.isValidCodePoint((int) Math.min(n, Integer.MAX_VALUE))) {
                throw new Refusal("no character");
            }
            System.arraycopy(points, (int) i, points, (int) i + 1, count - (int) i);
            points[(int) i] = (int) n;
            count++;
            i++;
        }
        return new String(points, 0, count);
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }

    private static int adapt(long difference, int length, boolean first) {
        long delta = first ? difference / DAMP : difference / 2;
        delta += delta / length;
        int k = 0;
        while (delta > (BASE - T_MIN) * T_MAX / 2) {
            delta /= BASE - T_MIN;
            k += BASE;
        }
        return k + (int) ((BASE - T_MIN + 1) * delta / (delta + SKEW));
    }
}
