package oriel.engine.eval;

import java.util.OptionalLong;

/**
 * What the operators of MASM expressions do with numbers. Those of a 32-bit target wrap at 32 bits,
 * unless one of them is wider already.
 *
 * @param narrow whether pointers of the target have 32 bits
 */
record MasmArithmetic(boolean narrow) {
    /** The result of a binary operator; empty for a division by zero. */
    OptionalLong apply(String operator, long a, long b) {
        if (b == 0 && (operator.equals("/") || operator.equals("%") || operator.equals("mod"))) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                switch (operator) {
                    case "||" -> truth(a != 0 || b != 0);
                    case "&&" -> truth(a != 0 && b != 0);
                    case "or", "|" -> a | b;
                    case "xor", "^" -> a ^ b;
                    case "and", "&" -> a & b;
                    case "==", "=" -> truth(a == b);
                    case "!=" -> truth(a != b);
                    case "<" -> truth(Long.compareUnsigned(a, b) < 0);
                    case ">" -> truth(Long.compareUnsigned(a, b) > 0);
                    case "<=" -> truth(Long.compareUnsigned(a, b) <= 0);
                    case ">=" -> truth(Long.compareUnsigned(a, b) >= 0);
                    case "<<" -> cut(a, b, b < 0 || b > 63 ? 0 : a << b);
                    case ">>" -> b < 0 || b > 63 ? 0 : a >>> b;
                    case ">>>" -> arithmeticShift(a, b);
                    case "+" -> cut(a, b, a + b);
                    case "-" -> cut(a, b, a - b);
                    case "*" -> cut(a, b, a * b);
                    case "/" -> Long.divideUnsigned(a, b);
                    default -> Long.remainderUnsigned(a, b);
                });
    }

    long negative(long a) {
        return cut(a, a, -a);
    }

    long complement(long a) {
        return cut(a, a, ~a);
    }

    /** What a condition is as a number. */
    static long truth(boolean value) {
        return value ? 1 : 0;
    }

    private long arithmeticShift(long a, long b) {
        long count = b < 0 || b > 63 ? 63 : b;
        return isNarrow(a) ? (int) a >> Math.min(count, 31) & 0xffffffffL : a >> count;
    }

    private long cut(long a, long b, long result) {
        return isNarrow(a) && isNarrow(b) ? result & 0xffffffffL : result;
    }

    private boolean isNarrow(long value) {
        return narrow && value >>> 32 == 0;
    }
}
