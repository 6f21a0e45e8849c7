package oriel.engine.eval;

import java.util.OptionalLong;

/**
 * Numbers as WinDbg writes them: 0x hexadecimal, 0n decimal, 0t octal, 0y binary, otherwise in the
 * usual radix; h behind makes it hexadecimal; backticks count for nothing.
 */
final class NumberText {
    private NumberText() {}

    /** The number that a text is, or empty when it is none or has more than 64 bits. */
    static OptionalLong parse(String text, int radix) {
        String digits = text.indexOf('`') < 0 ? text : text.replace("`", "");
        int prefix = digits.length() > 2 && digits.charAt(0) == '0' ? prefixed(digits) : 0;
        if (prefix > 0) {
            return parse(digits, 2, digits.length(), prefix);
        }
        int last = digits.length() - 1;
        if (last > 0 && (digits.charAt(last) == 'h' || digits.charAt(last) == 'H')) {
            return parse(digits, 0, last, 16);
        }
        return parse(digits, 0, digits.length(), radix);
    }

    private static int prefixed(String digits) {
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'n', 'N' -> 10;
            case 't', 'T' -> 8;
            case 'y', 'Y' -> 2;
            default -> 0;
        };
    }

    private static OptionalLong parse(String text, int from, int to, int radix) {
        if (from >= to) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), radix);
            boolean fits = Long.compareUnsigned(value, Long.divideUnsigned(-1L, radix)) <= 0;
            long next = value * radix + digit;
            if (digit < 0 || !fits || Long.compareUnsigned(next, value * radix) < 0) {
                return OptionalLong.empty();
            }
            value = next;
        }
        return OptionalLong.of(value);
    }
}
