package oriel.engine.eval;

import java.util.OptionalLong;
import oriel.format.pdb.PrimitiveType;

/**
 * A value in an expression of C++.
 *
 * @param type what it is
 * @param va where it lies in the target; empty when it lies nowhere
 * @param bits of numbers and pointers, extended to 64 bits by their sign
 * @param real of numbers with fractions
 */
record CxxValue(CxxType type, OptionalLong va, long bits, double real) {
    static CxxValue number(PrimitiveType kind, long bits) {
        return cut(new CxxType.Plain(kind), bits);
    }

    static CxxValue real(double value) {
        return new CxxValue(
                new CxxType.Plain(PrimitiveType.DOUBLE), OptionalLong.empty(), 0, value);
    }

    static CxxValue truth(boolean value) {
        return number(PrimitiveType.BOOL, value ? 1 : 0);
    }

    /** A number of a type, cut to its width. */
    static CxxValue cut(CxxType type, long bits) {
        return new CxxValue(type, OptionalLong.empty(), fit(type, bits), 0);
    }

    /** Bits as a type holds them. */
    static long fit(CxxType type, long bits) {
        int width = (int) Math.min(8, Math.max(1, type.sizeBytes())) * 8;
        if (width == 64) {
            return bits;
        }
        long low = bits & (1L << width) - 1;
        return type.isSigned() && (low >>> width - 1 & 1) != 0 ? low | -1L << width : low;
    }

    boolean isReal() {
        return type.isReal();
    }

    /** The number with a fraction, whatever it is stored as. */
    double asReal() {
        if (isReal()) {
            return real;
        }
        boolean wide = !type.isSigned() && bits < 0;
        return wide ? (bits >>> 1) * 2.0 + (bits & 1) : bits;
    }

    /** Whether it counts as true. */
    boolean holds() {
        return isReal() ? real != 0 : bits != 0;
    }
}
