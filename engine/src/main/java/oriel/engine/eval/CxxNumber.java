package oriel.engine.eval;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.format.pdb.PrimitiveType;

/**
 * Numbers of C++: decimal, octal behind 0, hexadecimal behind 0x, WinDbg's 0n, 0t and 0y; with u,
 * l, ll, i64, f behind them; with a fraction or exponent.
 */
final class CxxNumber {
    private CxxNumber() {}

    static Optional<CxxValue> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean hexadecimal = lower.startsWith("0x");
        if (!hexadecimal && (lower.indexOf('.') >= 0 || lower.indexOf('e') > 0)) {
            return real(lower);
        }
        String digits = lower;
        boolean unsigned = false;
        boolean wide = false;
        while (!digits.isEmpty()) {
            if (digits.endsWith("i64")) {
                digits = digits.substring(0, digits.length() - 3);
                wide = true;
            } else if (digits.endsWith("u") || digits.endsWith("l")) {
                unsigned |= digits.endsWith("u");
                wide |= digits.endsWith("ll");
                digits = digits.substring(0, digits.length() - 1);
            } else {
                break;
            }
        }
        boolean prefixed = digits.length() > 2 && "xnty".indexOf(digits.charAt(1)) >= 0;
        boolean octal = !prefixed && digits.length() > 1 && digits.charAt(0) == '0';
        OptionalLong value = NumberText.parse(digits, octal ? 8 : 10);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        long bits = value.getAsLong();
        boolean small = bits == (int) bits && !wide;
        boolean notDecimal = prefixed || octal;
        if (small && !unsigned) {
            return Optional.of(CxxValue.number(PrimitiveType.INT, bits));
        }
        if (bits >>> 32 == 0 && !wide && (unsigned || notDecimal)) {
            return Optional.of(CxxValue.number(PrimitiveType.UNSIGNED, bits));
        }
        return Optional.of(
                CxxValue.number(
                        unsigned || bits < 0 ? PrimitiveType.UINT64 : PrimitiveType.INT64, bits));
    }

    private static Optional<CxxValue> real(String text) {
        try {
            return Optional.of(CxxValue.real(Double.parseDouble(text)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
