package oriel.engine.symbols.types;

import java.util.List;
import java.util.StringJoiner;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;

/** Writes types and declarations as C++ does, inside out where pointers and arrays demand it. */
public final class TypeNames {
    private final TypeSystem types;

    /**
     * @param types whose numbers are named
     */
    public TypeNames(TypeSystem types) {
        this.types = types;
    }

    /** The name of a type: {@code int (*)[4]}. */
    public String of(long index) {
        return declare(index, "");
    }

    /** A declaration: {@code int (*name)[4]}; the name may be empty. */
    public String declare(long index, String name) {
        return declare(index, name, TypeSystem.DEPTH);
    }

    private String declare(long index, String inner, int depth) {
        if (index < PrimitiveType.END) {
            return spaced(primitive(index), inner);
        }
        if (depth == 0) {
            return spaced("<endless type>", inner);
        }
        TypeRecord record = types.record(index);
        return switch (record) {
            case TypeRecord.Modifier m -> modified(m, inner, depth);
            case TypeRecord.Pointer p -> pointer(p, inner, depth);
            case TypeRecord.Array a -> {
                long element = types.sizeBytes(a.elementType());
                String count = element > 0 ? Long.toString(a.sizeBytes() / element) : "";
                yield declare(a.elementType(), wrapped(inner) + "[" + count + "]", depth - 1);
            }
            case TypeRecord.Procedure f ->
                    declare(
                            f.returnType(),
                            wrapped(inner) + "(" + arguments(f.argumentList(), depth) + ")",
                            depth - 1);
            case TypeRecord.MemberFunction f ->
                    declare(
                            f.returnType(),
                            wrapped(inner) + "(" + arguments(f.argumentList(), depth) + ")",
                            depth - 1);
            case TypeRecord.BitField b -> declare(b.type(), inner, depth - 1) + " : " + b.bits();
            case TypeRecord.UserDefined u -> spaced(u.name(), inner);
            case TypeRecord.Alias a -> spaced(a.name(), inner);
            case TypeRecord.VtableShape v -> spaced("<vtable of " + v.entries() + ">", inner);
            default -> spaced("<type 0x" + Long.toHexString(index) + ">", inner);
        };
    }

    private String modified(TypeRecord.Modifier m, String inner, int depth) {
        String words =
                (m.isConst() ? "const " : "")
                        + (m.isVolatile() ? "volatile " : "")
                        + (m.isUnaligned() ? "__unaligned " : "");
        return words + declare(m.type(), inner, depth - 1);
    }

    private String pointer(TypeRecord.Pointer p, String inner, int depth) {
        String sign =
                switch (p.mode()) {
                    case POINTER, UNKNOWN -> "*";
                    case LVALUE_REFERENCE -> "&";
                    case RVALUE_REFERENCE -> "&&";
                    case MEMBER_DATA, MEMBER_FUNCTION ->
                            declare(p.memberOf(), "", depth - 1) + "::*";
                };
        String words =
                (p.isConst() ? " const" : "")
                        + (p.isVolatile() ? " volatile" : "")
                        + (p.isRestrict() ? " __restrict" : "");
        boolean gap = !words.isEmpty() && !inner.isEmpty();
        String star = sign + words + (gap ? " " : "") + inner;
        return declare(p.type(), inParentheses(p.type()) ? "\0" + star : star, depth - 1);
    }

    /** Pointers to arrays and functions are written within parentheses. */
    private boolean inParentheses(long index) {
        if (index < PrimitiveType.END) {
            return false;
        }
        TypeRecord record = types.record(index);
        return record instanceof TypeRecord.Array
                || record instanceof TypeRecord.Procedure
                || record instanceof TypeRecord.MemberFunction;
    }

    /** A pointer marked by a NUL gets its parentheses where something follows it. */
    private static String wrapped(String inner) {
        return inner.startsWith("\0") ? "(" + inner.substring(1) + ")" : inner;
    }

    private static String spaced(String type, String inner) {
        String plain = inner.startsWith("\0") ? inner.substring(1) : inner;
        if (plain.isEmpty()) {
            return type;
        }
        return type + (plain.startsWith("[") || type.endsWith("*") ? "" : " ") + plain;
    }

    private String arguments(long list, int depth) {
        if (!(types.record(list) instanceof TypeRecord.ArgumentList arguments)) {
            return "";
        }
        List<Long> all = arguments.types();
        if (all.isEmpty()) {
            return "void";
        }
        var text = new StringJoiner(", ");
        for (int i = 0; i < all.size(); i++) {
            boolean ellipsis = all.get(i) == 0 && i == all.size() - 1;
            text.add(ellipsis ? "..." : declare(all.get(i), "", depth - 1));
        }
        return text.toString();
    }

    private static String primitive(long index) {
        if (index == PrimitiveType.NULL_POINTER) {
            return "std::nullptr_t";
        }
        String name = PrimitiveType.of(index).title();
        return PrimitiveType.pointerBytes(index) != 0 ? name + " *" : name;
    }
}
