package oriel.engine.disasm;

import oriel.engine.disasm.FormatOptions.HexStyle;

/** Writes numbers as an assembler does. */
final class NumberText {
    private final HexStyle style;

    NumberText(HexStyle style) {
        this.style = style;
    }

    /** An unsigned number: {@code 9}, {@code 0Ah}, {@code 28h} or {@code 0xa}. */
    void append(long value, StringBuilder out) {
        if (value >= 0 && value < 10) {
            out.append((char) ('0' + value));
            return;
        }
        int digits = (67 - Long.numberOfLeadingZeros(value)) >> 2;
        if (style == HexStyle.PREFIX_0X) {
            out.append("0x");
            appendDigits(value, digits, 'a', out);
            return;
        }
        if ((value >>> (digits - 1) * 4) > 9) {
            out.append('0');
        }
        appendDigits(value, digits, 'A', out);
        out.append('h');
    }

    /** An unsigned number with all digits of its width: {@code 00000018h}. */
    void appendPadded(long value, int digits, StringBuilder out) {
        if (style == HexStyle.PREFIX_0X) {
            append(value, out);
            return;
        }
        appendDigits(value, digits, 'A', out);
        out.append('h');
    }

    /** An address in full: {@code 00007ff6`12345678}, {@code 00401000}. */
    void appendAddress(long va, int bytes, StringBuilder out) {
        if (bytes == 8) {
            appendDigits(va >>> 32, 8, 'a', out);
            out.append('`');
        }
        appendDigits(va & 0xffffffffL, 8, 'a', out);
    }

    /** The lowest digits; {@code ten} is the letter that follows 9. */
    static void appendDigits(long value, int digits, char ten, StringBuilder out) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            int digit = (int) (value >>> shift) & 15;
            out.append((char) (digit < 10 ? '0' + digit : ten + digit - 10));
        }
    }
}
