package oriel.engine.demangle;

/** Floating-point literals as C prints them with {@code %a}. */
final class FloatText {
    private FloatText() {}

    /**
     * @param type f, d or e (80 bits)
     * @param hex the bits, most significant first
     */
    static String of(char type, String hex) {
        return switch (type) {
            case 'f' -> signed(Float.intBitsToFloat(Integer.parseUnsignedInt(hex, 16))) + "f";
            case 'd' -> signed(Double.longBitsToDouble(Long.parseUnsignedLong(hex, 16)));
            default -> extended(hex) + "L";
        };
    }

    private static String signed(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = Double.toHexString(value).replace(".0p", "p");
        int exponent = text.indexOf('p') + 1;
        return text.charAt(exponent) == '-'
                ? text
                : text.substring(0, exponent) + '+' + text.substring(exponent);
    }

    private static String extended(String hex) {
        int top = Integer.parseInt(hex.substring(0, 4), 16);
        long mantissa = Long.parseUnsignedLong(hex.substring(4), 16);
        String sign = (top & 0x8000) != 0 ? "-" : "";
        if (mantissa == 0) {
            return sign + "0x0p+0";
        }
        int exponent = (top & 0x7fff) - 16383 - 3;
        String digits = Long.toHexString(mantissa);
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        String rest = digits.substring(1, end);
        return sign
                + "0x"
                + digits.charAt(0)
                + (rest.isEmpty() ? "" : "." + rest)
                + "p"
                + (exponent >= 0 ? "+" : "")
                + exponent;
    }
}
