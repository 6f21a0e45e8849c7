package oriel.engine.eval;

import java.util.OptionalLong;

/**
 * Numbers in labels: with 0x, 0b or 0o before them, else decimal when all digits are, else
 * hexadecimal. A sign may stand before.
 */
final class LabelNumber {
    private LabelNumber() {}

    /** The number that a text is, or empty when it is none or has more than 64 bits. */
    static OptionalLong parse(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = radix(digits);
        OptionalLong value =
                radix == 0 ? plain(digits) : parse(digits.substring(2).replace("`", ""), radix);
        return negative && value.isPresent() ? OptionalLong.of(-value.getAsLong()) : value;
    }

    private static int radix(String digits) {
        if (digits.length() < 3 || digits.charAt(0) != '0') {
            return 0;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            // 0b1f is a hexadecimal number.
            case 'b', 'B' -> parse(digits.substring(2), 2).isPresent() ? 2 : 0;
            default -> 0;
        };
    }

    private static OptionalLong plain(String digits) {
        String joined = digits.replace("`", "");
        OptionalLong decimal = joined.equals(digits) ? parse(digits, 10) : OptionalLong.empty();
        return decimal.isPresent() ? decimal : parse(joined, 16);
    }

    private static OptionalLong parse(String digits, int radix) {
        if (digits.isEmpty() || digits.length() > 64) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), radix) < 0) {
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(digits, radix));
        } catch (NumberFormatException e) {
            // More than 64 bits.
            return OptionalLong.empty();
        }
    }
}
