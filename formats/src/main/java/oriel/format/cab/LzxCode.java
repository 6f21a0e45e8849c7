package oriel.format.cab;

import java.util.Arrays;

/** A canonical prefix code of symbols, made from the lengths of their codes (0 to 16 bits). */
final class LzxCode {
    private static final int LONGEST = 16;
    private static final int FAST_BITS = 11;

    final byte[] lengths;
    private final short[] sorted;
    private final short[] fast = new short[1 << FAST_BITS];
    private final int[] limits = new int[LONGEST + 2];
    private final int[] offsets = new int[LONGEST + 2];

    LzxCode(int symbols) {
        lengths = new byte[symbols];
        sorted = new short[symbols];
    }

    /** Makes the code from {@link #lengths}; false when they are not those of a complete code. */
    boolean build() {
        var counts = new int[LONGEST + 1];
        for (byte length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        Arrays.fill(fast, (short) -1);
        int code = 0;
        int position = 0;
        var next = new int[LONGEST + 1];
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            offsets[length] = position - code;
            next[length] = position;
            code += counts[length];
            position += counts[length];
            limits[length] = code << LONGEST - length;
        }
        if (position > 0 && code != 1 << LONGEST) {
            return false;
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length != 0) {
                int at = next[length]++;
                sorted[at] = (short) symbol;
                if (length <= FAST_BITS) {
                    int first = at - offsets[length] << FAST_BITS - length;
                    int last = first + (1 << FAST_BITS - length);
                    Arrays.fill(fast, first, last, (short) symbol);
                }
            }
        }
        return true;
    }

    /** The next symbol. */
    int decode(LzxBits bits) {
        int ahead = bits.peek(LONGEST);
        int symbol = fast[ahead >>> LONGEST - FAST_BITS];
        if (symbol >= 0) {
            bits.skip(lengths[symbol]);
            return symbol;
        }
        for (int length = FAST_BITS + 1; length <= LONGEST; length++) {
            if (ahead < limits[length]) {
                bits.skip(length);
                return sorted[(ahead >>> LONGEST - length) + offsets[length]];
            }
        }
        throw bits.error("no such LZX code");
    }
}
