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
 * @param known whether it could be read; what could not still has an address
 */
record CxxValue(CxxType type, OptionalLong va, long bits, double real, boolean known) {
    CxxValue(CxxType type, OptionalLong va, long bits, double real) {
        this(type, va, bits, real, true);
    }

    /** What lies where nothing can be read. */
    static CxxValue unreadable(CxxType type, long va) {
        return new CxxValue(type, OptionalLong.of(va), 0, 0, false);
    }

    @Override
    public long bits() {
        require();
        return bits;
    }

    @Override
    public double real() {
        require();
        return real;
    }

    /** This, when it could be read. */
    CxxValue checked() {
        require();
        return this;
    }

    private void require() {
        if (!known) {
            throw new EvalException(
                    type.title(),
                    0,
                    "memory at 0x" + Long.toHexString(va.orElse(0)) + " cannot be read");
        }
    }

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
            return real();
        }
        long whole = bits();
        boolean wide = !type.isSigned() && whole < 0;
        return wide ? (whole >>> 1) * 2.0 + (whole & 1) : whole;
    }

    /** Whether it counts as true. */
    boolean holds() {
        return isReal() ? real() != 0 : bits() != 0;
    }
}
