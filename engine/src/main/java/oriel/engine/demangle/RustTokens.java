package oriel.engine.demangle;

import java.nio.charset.StandardCharsets;

/** The words of a name of Rust: identifiers, numbers and literals. For one name. */
final class RustTokens {
    private final Cursor in;
    private final int start;

    /**
     * @param in stands where places that are referred to count from
     */
    RustTokens(Cursor in) {
        this.in = in;
        this.start = in.at();
    }

    /** An identifier with the number that tells it from others of the same name. */
    record Identifier(String text, long disambiguator) {}

    /** Hexadecimal digits before an underscore, without leading zeros. */
    String hex() {
        int from = in.at();
        while (Character.digit(in.peek(), 16) >= 0 && !Character.isUpperCase(in.peek())) {
            in.skip(1);
        }
        String digits = in.from(from);
        in.expect('_');
        return digits;
    }

    /** A number without sign. */
    String number() {
        String hex = hex();
        if (hex.isEmpty()) {
            throw in.refused();
        }
        return hex.length() <= 16
                ? Long.toUnsignedString(Long.parseUnsignedLong(hex, 16))
                : "0x" + hex;
    }

    /** A character in quotes. */
    String character() {
        String hex = hex();
        if (hex.isEmpty() || hex.length() > 6) {
            throw in.refused();
        }
        int c = Integer.parseInt(hex, 16);
        return "'" + escaped(c, '\'') + "'";
    }

    private static String escaped(int c, char quote) {
        return switch (c) {
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            case '\\' -> "\\\\";
            case '"', '\'' -> (c == quote ? "\\" : "") + (char) c;
            default ->
                    c >= 0x20 && c < 0x7f
                            ? String.valueOf((char) c)
                            : "\\u{" + Integer.toHexString(c) + "}";
        };
    }

    /** A text in quotes, by the bytes of its UTF-8 form. */
    String text() {
        String hex = hex();
        if (hex.length() % 2 != 0) {
            throw in.refused();
        }
        var bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        var shown = new StringBuilder("\"");
        text.codePoints().forEach(c -> shown.append(escaped(c, '"')));
        return shown.append('"').toString();
    }

    /** Behind {@code B}: a place that lies before it. */
    int backReference() {
        int place = in.at() - 1;
        long back = base62();
        if (back < 0 || start + back >= place) {
            throw in.refused();
        }
        return (int) (start + back);
    }

    /** Behind {@code s}: 1 and more; 0 where there is none. */
    long disambiguator() {
        return in.accept('s') ? base62() + 1 : 0;
    }

    /** A name; it may be encoded. */
    Identifier identifier() {
        long disambiguator = disambiguator();
        boolean encoded = in.accept('u');
        int length = 0;
        char c = in.peek();
        if (c < '0' || c > '9') {
            throw in.refused();
        }
        if (c == '0') {
            in.skip(1);
        }
        while (c != '0' && in.peek() >= '0' && in.peek() <= '9') {
            length = length * 10 + in.next() - '0';
            if (length > in.left()) {
                throw in.refused();
            }
        }
        in.accept('_');
        int from = in.at();
        in.skip(length);
        String text = in.from(from);
        return new Identifier(encoded ? Punycode.decode(text) : text, disambiguator);
    }

    /** Digits and letters before an underscore; the underscore alone is 0. */
    long base62() {
        if (in.accept('_')) {
            return 0;
        }
        long value = 0;
        while (!in.accept('_')) {
            char c = in.next();
            int digit;
            if (c >= '0' && c <= '9') {
                digit = c - '0';
            } else if (c >= 'a' && c <= 'z') {
                digit = c - 'a' + 10;
            } else if (c >= 'A' && c <= 'Z') {
                digit = c - 'A' + 36;
            } else {
                throw in.refused();
            }
            if (Long.compareUnsigned(value, Long.divideUnsigned(-1, 62)) >= 0) {
                throw in.refused();
            }
            value = value * 62 + digit;
        }
        return value + 1;
    }
}
