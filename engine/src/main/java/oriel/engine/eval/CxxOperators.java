package oriel.engine.eval;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import oriel.engine.symbols.types.Layout;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;

/**
 * The operators of C++ on values of a target. Throws {@link IllegalArgumentException} for operands
 * that an operator does not take, and {@link ArithmeticException} for division by zero.
 */
final class CxxOperators {
    private static final int MOST_BASES = 1000;

    /** A base of an object, which may be a base of several others. */
    private record Part(long type, long va) {}

    private final CxxTypes types;
    private final int pointerSize;

    CxxOperators(CxxTypes types, int pointerSize) {
        this.types = types;
        this.pointerSize = pointerSize;
    }

    CxxValue unary(char sign, CxxValue a) {
        if (sign == '!') {
            return CxxValue.truth(!a.holds());
        }
        if (a.isReal()) {
            if (sign == '~') {
                throw new IllegalArgumentException("~ takes whole numbers");
            }
            return CxxValue.real(sign == '-' ? -a.real() : a.real());
        }
        CxxValue b = promoted(a);
        return switch (sign) {
            case '-' -> CxxValue.cut(b.type(), -b.bits());
            case '~' -> CxxValue.cut(b.type(), ~b.bits());
            default -> b;
        };
    }

    CxxValue binary(String operator, CxxValue a, CxxValue b) {
        switch (operator) {
            case "||" -> {
                return CxxValue.truth(a.holds() || b.holds());
            }
            case "&&" -> {
                return CxxValue.truth(a.holds() && b.holds());
            }
            default -> {
                // decided by the types below
            }
        }
        CxxValue left = decayed(a);
        CxxValue right = decayed(b);
        boolean additive = operator.equals("+") || operator.equals("-");
        if (additive && left.type() instanceof CxxType.Pointer p) {
            return pointer(operator, left, right, p);
        }
        if (operator.equals("+") && right.type() instanceof CxxType.Pointer p) {
            return pointer(operator, right, left, p);
        }
        return left.isReal() || right.isReal()
                ? reals(operator, left.asReal(), right.asReal())
                : integers(operator, promoted(left), promoted(right));
    }

    /** Pointers count in elements. */
    private static CxxValue pointer(
            String operator, CxxValue left, CxxValue right, CxxType.Pointer type) {
        long size = Math.max(1, type.to().sizeBytes());
        if (right.type() instanceof CxxType.Pointer) {
            return CxxValue.number(PrimitiveType.INT64, (left.bits() - right.bits()) / size);
        }
        long distance = right.bits() * size;
        return CxxValue.cut(
                type, operator.equals("+") ? left.bits() + distance : left.bits() - distance);
    }

    private static CxxValue reals(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> CxxValue.real(a + b);
            case "-" -> CxxValue.real(a - b);
            case "*" -> CxxValue.real(a * b);
            case "/" -> CxxValue.real(a / b);
            case "==" -> CxxValue.truth(a == b);
            case "!=" -> CxxValue.truth(a != b);
            case "<" -> CxxValue.truth(a < b);
            case ">" -> CxxValue.truth(a > b);
            case "<=" -> CxxValue.truth(a <= b);
            case ">=" -> CxxValue.truth(a >= b);
            default -> throw new IllegalArgumentException(operator + " takes whole numbers");
        };
    }

    private static CxxValue integers(String operator, CxxValue left, CxxValue right) {
        CxxType type = common(left.type(), right.type());
        long a = CxxValue.fit(type, left.bits());
        long b = CxxValue.fit(type, right.bits());
        boolean signed = type.isSigned();
        int order = signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
        int width = (int) left.type().sizeBytes() * 8;
        boolean tooFar = right.bits() < 0 || right.bits() >= width;
        return switch (operator) {
            case "+" -> CxxValue.cut(type, a + b);
            case "-" -> CxxValue.cut(type, a - b);
            case "*" -> CxxValue.cut(type, a * b);
            case "/" -> CxxValue.cut(type, signed ? a / b : Long.divideUnsigned(a, b));
            case "%" -> CxxValue.cut(type, signed ? a % b : Long.remainderUnsigned(a, b));
            case "|" -> CxxValue.cut(type, a | b);
            case "^" -> CxxValue.cut(type, a ^ b);
            case "&" -> CxxValue.cut(type, a & b);
            case "<<" -> CxxValue.cut(left.type(), tooFar ? 0 : left.bits() << right.bits());
            case ">>" ->
                    CxxValue.cut(
                            left.type(),
                            left.type().isSigned()
                                    ? left.bits() >> (tooFar ? 63 : right.bits())
                                    : tooFar ? 0 : left.bits() >>> right.bits());
            case "==" -> CxxValue.truth(a == b);
            case "!=" -> CxxValue.truth(a != b);
            case "<" -> CxxValue.truth(order < 0);
            case ">" -> CxxValue.truth(order > 0);
            case "<=" -> CxxValue.truth(order <= 0);
            default -> CxxValue.truth(order >= 0);
        };
    }

    /** The wider of two types; of the same width the one without sign. */
    private static CxxType common(CxxType a, CxxType b) {
        if (a.sizeBytes() != b.sizeBytes()) {
            return a.sizeBytes() > b.sizeBytes() ? a : b;
        }
        return a.isSigned() ? b : a;
    }

    /** Small numbers and enumerations are worked with as int. */
    private CxxValue promoted(CxxValue value) {
        if (value.type() instanceof CxxType.Told told) {
            if (told.record() instanceof TypeRecord.Enumeration) {
                return CxxValue.number(
                        value.type().isSigned() ? PrimitiveType.INT : PrimitiveType.UNSIGNED,
                        value.bits());
            }
            throw new IllegalArgumentException(value.type().title() + " is not a number");
        }
        return value.type().sizeBytes() < 4
                ? CxxValue.number(PrimitiveType.INT, value.bits())
                : value;
    }

    /** An array is a pointer to its first element. */
    private CxxValue decayed(CxxValue value) {
        if (value.type() instanceof CxxType.Told told
                && told.record() instanceof TypeRecord.Array array) {
            CxxType element = CxxType.of(told.types(), array.elementType(), pointerSize);
            return CxxValue.cut(new CxxType.Pointer(element, pointerSize), value.bits());
        }
        return value;
    }

    CxxValue dereferenced(CxxValue value) {
        if (decayed(value).type() instanceof CxxType.Pointer p
                && !(p.to() instanceof CxxType.Plain plain && plain.kind() == PrimitiveType.VOID)) {
            CxxType to = p.to().simplified(pointerSize);
            return types.place(to, value.bits());
        }
        throw new IllegalArgumentException(
                value.type().title() + " is no pointer to something with a type");
    }

    CxxValue addressOf(CxxValue value) {
        OptionalLong va = value.va();
        if (va.isEmpty()) {
            throw new IllegalArgumentException("it has no address");
        }
        return CxxValue.cut(new CxxType.Pointer(value.type(), pointerSize), va.getAsLong());
    }

    CxxValue element(CxxValue of, CxxValue index) {
        CxxValue first = decayed(of);
        if (first.type() instanceof CxxType.Pointer p) {
            return dereferenced(pointer("+", first, index, p));
        }
        throw new IllegalArgumentException(of.type().title() + " has no elements");
    }

    CxxValue member(CxxValue of, String name) {
        if (of.type() instanceof CxxType.Told told && of.va().isPresent()) {
            return member(told, of.va().getAsLong(), name, new HashSet<>())
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            told.title() + " has no member '" + name + "'"));
        }
        throw new IllegalArgumentException(of.type().title() + " has no members");
    }

    private static boolean isBase(Layout.Slot slot) {
        return slot.kind() == Layout.Kind.BASE || slot.kind() == Layout.Kind.VIRTUAL_BASE;
    }

    private java.util.Optional<CxxValue> member(
            CxxType.Told told, long va, String name, Set<Part> seen) {
        if (seen.size() > MOST_BASES || !seen.add(new Part(told.index(), va))) {
            return java.util.Optional.empty();
        }
        Layout layout = Layout.of(told.types(), told.index());
        for (Layout.Slot slot : layout.slots()) {
            if (slot.name().equals(name) && !isBase(slot)) {
                CxxType type =
                        slot.type() == 0
                                ? new CxxType.Plain(PrimitiveType.UINT64)
                                : CxxType.of(told.types(), slot.type(), pointerSize);
                CxxValue whole = types.place(type, va + slot.offset());
                return java.util.Optional.of(
                        slot.kind() == Layout.Kind.BIT_FIELD ? bits(whole, slot) : whole);
            }
        }
        for (Layout.Slot slot : layout.slots()) {
            OptionalLong base = isBase(slot) ? types.base(told, slot, va) : OptionalLong.empty();
            if (base.isPresent()) {
                var found =
                        member(
                                new CxxType.Told(told.types(), slot.type()),
                                base.getAsLong(),
                                name,
                                seen);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return java.util.Optional.empty();
    }

    private static CxxValue bits(CxxValue whole, Layout.Slot slot) {
        long mask = slot.bits() >= 64 ? -1 : (1L << slot.bits()) - 1;
        long value = whole.bits() >>> slot.bitPosition() & mask;
        boolean negative =
                whole.type().isSigned() && slot.bits() > 0 && (value >>> slot.bits() - 1 & 1) != 0;
        return CxxValue.cut(whole.type(), negative ? value | ~mask : value);
    }

    CxxValue cast(CxxType to, CxxValue value) {
        CxxValue from = decayed(value);
        if (to instanceof CxxType.Told told && !(told.record() instanceof TypeRecord.Enumeration)) {
            throw new IllegalArgumentException("nothing can be cast to " + to.title());
        }
        if (to.isReal()) {
            double real = from.asReal();
            return new CxxValue(
                    to, OptionalLong.empty(), 0, to.sizeBytes() == 4 ? (float) real : real);
        }
        if (to instanceof CxxType.Plain p && p.kind() == PrimitiveType.BOOL) {
            return CxxValue.truth(from.holds());
        }
        return CxxValue.cut(to, from.isReal() ? (long) from.real() : from.bits());
    }
}
