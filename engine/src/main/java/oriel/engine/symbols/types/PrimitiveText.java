package oriel.engine.symbols.types;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import oriel.format.pdb.PrimitiveType;

/** Shows the bytes of primitive values as text. */
final class PrimitiveText {
    private PrimitiveText() {}

    /**
     * @param bytes of one value, little-endian
     */
    static String of(PrimitiveType type, byte[] bytes) {
        BigInteger unsigned = new BigInteger(1, reversed(bytes));
        return switch (type.form()) {
            case UNSIGNED -> unsigned.toString();
            case SIGNED -> new BigInteger(reversed(bytes)).toString();
            case BOOLEAN ->
                    unsigned.equals(BigInteger.ZERO)
                            ? "false"
                            : unsigned.equals(BigInteger.ONE) ? "true" : "true (" + unsigned + ")";
            case CHARACTER -> character(unsigned.intValue(), new BigInteger(reversed(bytes)));
            case FLOATING -> floating(bytes, unsigned);
            case NONE -> "0x" + unsigned.toString(16);
        };
    }

    /**
     * Text up to the first zero.
     *
     * @param whole whether the bytes are all there is, so that the zero may be missing
     * @return empty when no text is there
     */
    static Optional<String> quoted(byte[] bytes, int width, boolean whole) {
        int end = 0;
        while (end + width <= bytes.length && !isZero(bytes, end, width)) {
            end += width;
        }
        boolean ended = end + width <= bytes.length;
        if (!ended && !whole && end == 0 || bytes.length == 0) {
            return Optional.empty();
        }
        String text =
                new String(
                        bytes,
                        0,
                        end,
                        width == 2 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
        if (!whole && !isText(text)) {
            return Optional.empty();
        }
        var shown = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            shown.append(escaped(text.charAt(i), '"'));
        }
        return Optional.of(shown.append(ended || whole ? "\"" : "\"...").toString());
    }

    /** Whether bytes that a pointer leads to are likely meant as text. */
    private static boolean isText(String text) {
        int odd = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean strange =
                    Character.isISOControl(c) && !Character.isWhitespace(c)
                            || c == 0xfffd
                            || !Character.isDefined(c)
                            || Character.getType(c) == Character.PRIVATE_USE;
            odd += strange ? 1 : 0;
        }
        return odd * 8 <= text.length();
    }

    private static boolean isZero(byte[] bytes, int at, int width) {
        return bytes[at] == 0 && (width == 1 || bytes[at + 1] == 0);
    }

    private static String character(int code, BigInteger signed) {
        if (code < 32 || code > 126 && code < 160 || !Character.isValidCodePoint(code)) {
            return signed.toString();
        }
        return signed
                + " '"
                + (code < 0x10000 ? escaped((char) code, '\'') : Character.toString(code))
                + "'";
    }

    private static String escaped(char c, char quote) {
        if (c == quote || c == '\\') {
            return "\\" + c;
        }
        if (c == '\n') {
            return "\\n";
        }
        if (c == '\r') {
            return "\\r";
        }
        if (c == '\t') {
            return "\\t";
        }
        return c < 32 || c == 127 ? "\\x" + Integer.toHexString(0x100 | c).substring(1) : "" + c;
    }

    private static String floating(byte[] bytes, BigInteger bits) {
        return switch (bytes.length) {
            case 2 -> Float.toString(Float.float16ToFloat(bits.shortValue()));
            case 4 -> Float.toString(Float.intBitsToFloat(bits.intValue()));
            case 8 -> Double.toString(Double.longBitsToDouble(bits.longValue()));
            case 10 -> Double.toString(extended(bits));
            default -> "0x" + bits.toString(16);
        };
    }

    /** An 80-bit number: sign, 15 bits of exponent, 64 bits with the leading one written out. */
    private static double extended(BigInteger bits) {
        int head = bits.shiftRight(64).intValue();
        BigInteger mantissa = bits.and(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
        int exponent = head & 0x7fff;
        double magnitude;
        if (exponent == 0x7fff) {
            boolean infinite = mantissa.clearBit(63).signum() == 0;
            magnitude = infinite ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            magnitude = Math.scalb(mantissa.doubleValue(), Math.max(-3000, exponent - 16383 - 63));
        }
        return (head & 0x8000) != 0 ? -magnitude : magnitude;
    }

    private static byte[] reversed(byte[] bytes) {
        var result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
