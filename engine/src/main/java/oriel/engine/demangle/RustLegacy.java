package oriel.engine.demangle;

import oriel.engine.demangle.Demangler.Level;

/**
 * Names of Rust before 2025: in the Itanium form, with the hash {@code 17h} and 16 digits as the
 * last part and signs spelled out, {@code $LT$} for {@code <}.
 */
final class RustLegacy {
    private static final int HASH = 20;

    private RustLegacy() {}

    /** Whether a name that follows {@code _Z} is one. */
    static boolean is(String name, int start) {
        int end = end(name, start);
        if (end < 0 || !name.startsWith("17h", end - HASH)) {
            return false;
        }
        for (int i = end - 17; i < end - 1; i++) {
            if (Character.digit(name.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Just behind the E that ends the parts; -1 when the name has another form. */
    private static int end(String name, int start) {
        if (!name.startsWith("N", start)) {
            return -1;
        }
        var in = new Cursor(name, start + 1);
        int parts = 0;
        while (!in.accept('E')) {
            int length = 0;
            char c = in.peek();
            if (c < '1' || c > '9') {
                return -1;
            }
            while (in.peek() >= '0' && in.peek() <= '9' && length <= in.left()) {
                length = length * 10 + in.next() - '0';
            }
            if (length > in.left()) {
                return -1;
            }
            in.skip(length);
            parts++;
        }
        return parts > 1 && (in.atEnd() || in.peek() == '.') && in.at() - start > HASH
                ? in.at()
                : -1;
    }

    static String demangle(String name, int start, Level level) {
        int end = end(name, start);
        var out = new Output(level, name.length());
        int at = start + 1;
        boolean first = true;
        while (name.charAt(at) != 'E') {
            int length = 0;
            while (Character.isDigit(name.charAt(at))) {
                length = length * 10 + name.charAt(at++) - '0';
            }
            boolean hash = at + length == end - 1;
            if (!hash || level == Level.FULL) {
                out.append(first ? "" : "::");
                part(name, at, at + length, out);
                first = false;
            }
            at += length;
        }
        return out.append(name.substring(end)).toString();
    }

    private static void part(String name, int from, int to, Output out) {
        // An identifier cannot begin with a sign, so an underscore went before it.
        int at = name.startsWith("_$", from) ? from + 1 : from;
        while (at < to) {
            char c = name.charAt(at);
            if (c == '$') {
                int end = name.indexOf('$', at + 1);
                String sign = end > 0 && end < to ? sign(name.substring(at + 1, end)) : "";
                if (sign.isEmpty()) {
                    out.append(name.substring(at, to));
                    return;
                }
                out.append(sign);
                at = end + 1;
            } else if (c == '.' && at + 1 < to && name.charAt(at + 1) == '.') {
                out.append("::");
                at += 2;
            } else {
                out.append(c);
                at++;
            }
        }
    }

    private static String sign(String code) {
        return switch (code) {
            case "SP" -> "@";
            case "BP" -> "*";
            case "RF" -> "&";
            case "LT" -> "<";
            case "GT" -> ">";
            case "LP" -> "(";
            case "RP" -> ")";
            case "C" -> ",";
            default -> character(code);
        };
    }

    /** {@code u7e}: a character by its number. */
    private static String character(String code) {
        if (code.length() < 2 || code.length() > 7 || code.charAt(0) != 'u') {
            return "";
        }
        int value = 0;
        for (int i = 1; i < code.length(); i++) {
            int digit = Character.digit(code.charAt(i), 16);
            if (digit < 0) {
                return "";
            }
            value = value << 4 | digit;
        }
        return Character.isValidCodePoint(value) && !Character.isISOControl(value)
                ? Character.toString(value)
                : "";
    }
}
