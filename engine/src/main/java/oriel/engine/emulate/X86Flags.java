package oriel.engine.emulate;

/** Arithmetic flags of x86, worked out from operands and result. */
final class X86Flags {
    static final int CARRY = 1;
    static final int PARITY = 1 << 2;
    static final int ADJUST = 1 << 4;
    static final int ZERO = 1 << 6;
    static final int SIGN = 1 << 7;
    static final int OVERFLOW = 1 << 11;
    static final int ALL = CARRY | PARITY | ADJUST | ZERO | SIGN | OVERFLOW;

    private X86Flags() {}

    /** All ones in the width of an operand. */
    static long mask(int bytes) {
        return bytes >= 8 ? -1L : (1L << bytes * 8) - 1;
    }

    /** The top bit of a value of some width. */
    static boolean negative(long value, int bytes) {
        return (value >>> bytes * 8 - 1 & 1) != 0;
    }

    /** Zero, sign and parity of a result. */
    static int result(long value, int bytes) {
        long cut = value & mask(bytes);
        int flags = cut == 0 ? ZERO : 0;
        flags |= negative(cut, bytes) ? SIGN : 0;
        return flags | ((Long.bitCount(cut & 0xff) & 1) == 0 ? PARITY : 0);
    }

    /** The six flags of {@code a + b}. */
    static int add(long a, long b, int bytes) {
        long sum = a + b & mask(bytes);
        int flags = result(sum, bytes);
        flags |= Long.compareUnsigned(sum, a & mask(bytes)) < 0 ? CARRY : 0;
        flags |= negative(~(a ^ b) & (a ^ sum), bytes) ? OVERFLOW : 0;
        return flags | adjust(a, b, sum);
    }

    /** The six flags of {@code a - b}. */
    static int subtract(long a, long b, int bytes) {
        long difference = a - b & mask(bytes);
        int flags = result(difference, bytes);
        flags |= Long.compareUnsigned(a & mask(bytes), b & mask(bytes)) < 0 ? CARRY : 0;
        flags |= negative((a ^ b) & (a ^ difference), bytes) ? OVERFLOW : 0;
        return flags | adjust(a, b, difference);
    }

    private static int adjust(long a, long b, long result) {
        return (int) (a ^ b ^ result) & ADJUST;
    }
}
