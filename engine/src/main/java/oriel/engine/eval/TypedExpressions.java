package oriel.engine.eval;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.engine.symbols.types.TypedValue;
import oriel.engine.symbols.types.ValueReader;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;

/**
 * Evaluates expressions in the manner of C++, as WinDbg's {@code ??} does: numbers are decimal,
 * names are variables of the current function or of modules, with their types, {@code @rax} and
 * {@code @$peb} are registers; members, elements, casts, {@code sizeof}, pointers that count in
 * elements. Types come from PDBs. Work and depth are bounded by the length of the text.
 */
public final class TypedExpressions {
    private static final ValueReader.Limits LIMITS = new ValueReader.Limits(0, 64, 4096);

    private final ExpressionContext context;

    TypedExpressions(ExpressionContext context) {
        this.context = context;
    }

    /**
     * The number that an expression is: of structures and arrays their address.
     *
     * @throws EvalException saying where it stops making sense, or what is not known
     */
    public long number(String text) {
        CxxValue value = new CxxParser(text, context).parse();
        return value.isReal() ? (long) value.real() : value.bits();
    }

    /**
     * The value of an expression with its type; what lies at structures and behind pointers to them
     * member by member.
     *
     * @return lines
     * @throws EvalException as {@link #number}
     */
    public List<String> show(String text) {
        CxxValue value = new CxxParser(text, context).parse();
        CxxType type = value.type();
        if (type instanceof CxxType.Told told && value.va().isPresent()) {
            return lines(read(told, value.va().getAsLong()));
        }
        if (type instanceof CxxType.Pointer pointer && pointer.to() instanceof CxxType.Told told) {
            String first = type.title() + " " + address(value.bits());
            boolean hasParts =
                    told.record() instanceof TypeRecord.ClassType
                            || told.record() instanceof TypeRecord.Union;
            if (!hasParts || value.bits() == 0) {
                return List.of(first);
            }
            List<String> all = lines(read(told, value.bits()));
            var shown = new java.util.ArrayList<String>(List.of(first));
            shown.addAll(all.subList(1, all.size()));
            return shown;
        }
        if (type instanceof CxxType.Pointer) {
            return List.of(type.title() + " " + address(value.bits()));
        }
        return List.of(type.title() + " " + plain(value));
    }

    /**
     * What an assignment wants to have written.
     *
     * @param target what is changed, as the user wrote it
     * @param register a register or variable of the debugger's, when the target is one
     * @param va where the value lies otherwise
     * @param sizeBytes of the value, 1 to 8
     * @param bits of the value
     */
    public record Store(
            String target, Optional<String> register, long va, int sizeBytes, long bits) {}

    /**
     * Works out an assignment, {@code p->count = 5} or {@code p->count += 1}, without doing it.
     *
     * @return empty when the text is no assignment
     * @throws EvalException as {@link #number}, or when the left side lies nowhere
     */
    public Optional<Store> store(String text) {
        Optional<CxxAssignment> assignment = CxxAssignment.split(text);
        if (assignment.isEmpty()) {
            return Optional.empty();
        }
        String left = assignment.get().left();
        CxxValue value = new CxxParser(assignment.get().right(), context).parse();
        if (left.startsWith("@")) {
            long bits = value.isReal() ? (long) value.real() : value.bits();
            return Optional.of(new Store(left, Optional.of(left.substring(1)), 0, 8, bits));
        }
        CxxValue place = new CxxParser(left, context).parse();
        long size = place.type().sizeBytes();
        if (place.va().isEmpty() || size < 1 || size > 8) {
            throw new EvalException(text, 0, "'" + left + "' is no place in memory for a value");
        }
        var operators =
                new CxxOperators(new CxxTypes(context), context.architecture().pointerSize());
        CxxValue fit;
        try {
            fit = operators.cast(place.type(), value);
        } catch (IllegalArgumentException e) {
            throw new EvalException(text, 0, String.valueOf(e.getMessage()));
        }
        long bits =
                !fit.isReal()
                        ? fit.bits()
                        : size == 4
                                ? Float.floatToRawIntBits((float) fit.real())
                                : Double.doubleToRawLongBits(fit.real());
        return Optional.of(
                new Store(left, Optional.empty(), place.va().getAsLong(), (int) size, bits));
    }

    private TypedValue read(CxxType.Told type, long va) {
        return new ValueReader(type.types(), context.memory(), context.architecture(), LIMITS)
                .read(type.index(), va, "");
    }

    private static List<String> lines(TypedValue value) {
        return value.print().lines().toList();
    }

    private String address(long va) {
        int digits = context.architecture().pointerSize() * 2;
        String hex = Long.toHexString(va);
        String padded = "0".repeat(Math.max(0, digits - hex.length())) + hex;
        return digits == 16
                ? "0x" + padded.substring(0, 8) + "`" + padded.substring(8)
                : "0x" + hex;
    }

    private static String plain(CxxValue value) {
        if (value.isReal()) {
            return Double.toString(value.real());
        }
        boolean bool =
                value.type() instanceof CxxType.Plain p
                        && p.kind().form() == PrimitiveType.Form.BOOLEAN;
        if (bool) {
            return value.bits() != 0 ? "true" : "false";
        }
        boolean character =
                value.type() instanceof CxxType.Plain p
                        && p.kind().form() == PrimitiveType.Form.CHARACTER;
        String number =
                value.type().isSigned()
                        ? "0n" + value.bits()
                        : "0x" + Long.toHexString(value.bits()).toLowerCase(Locale.ROOT);
        boolean shown = character && value.bits() >= 0x20 && value.bits() < 0x7f;
        return shown ? number + " '" + (char) value.bits() + "'" : number;
    }
}
