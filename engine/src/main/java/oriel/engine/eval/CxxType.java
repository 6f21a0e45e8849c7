package oriel.engine.eval;

import oriel.engine.symbols.types.TypeNames;
import oriel.engine.symbols.types.TypeSystem;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;

/** The type of a value in an expression of C++. */
sealed interface CxxType {
    /** A number, or void. */
    record Plain(PrimitiveType kind) implements CxxType {}

    /** A pointer to values of another type. */
    record Pointer(CxxType to, int width) implements CxxType {}

    /** A type of a PDB that is neither of these: a structure, an array, an enumeration. */
    record Told(TypeSystem types, long index) implements CxxType {
        TypeRecord record() {
            return types.record(types.plain(index));
        }
    }

    /** A type of a PDB; numbers and pointers by themselves. */
    static CxxType of(TypeSystem types, long index, int pointerSize) {
        long plain = types.plain(index);
        if (plain < PrimitiveType.END) {
            PrimitiveType kind = PrimitiveType.of(plain);
            int pointer = PrimitiveType.pointerBytes(plain);
            return pointer == 0 || plain == PrimitiveType.NULL_POINTER
                    ? new Plain(kind)
                    : new Pointer(new Plain(kind), pointer == 4 ? 4 : pointerSize);
        }
        if (types.record(plain) instanceof TypeRecord.Pointer p && p.memberOf() == 0) {
            return new Pointer(new Told(types, p.type()), p.sizeBytes()).simplified(pointerSize);
        }
        return new Told(types, plain);
    }

    /** The same with what a PDB tells of it taken apart one step further. */
    default CxxType simplified(int pointerSize) {
        if (this instanceof Pointer p && p.to() instanceof Told told) {
            long plain = told.types().plain(told.index());
            boolean number =
                    plain < PrimitiveType.END
                            && PrimitiveType.pointerBytes(plain) == 0
                            && plain != PrimitiveType.NULL_POINTER;
            return number ? new Pointer(new Plain(PrimitiveType.of(plain)), p.width()) : this;
        }
        return this instanceof Told told ? of(told.types(), told.index(), pointerSize) : this;
    }

    /** Bytes of a value; 0 when it has none. */
    default long sizeBytes() {
        return switch (this) {
            case Plain plain -> plain.kind().sizeBytes();
            case Pointer pointer -> pointer.width();
            case Told told -> told.types().sizeBytes(told.index());
        };
    }

    /** Whether it counts in fractions. */
    default boolean isReal() {
        return this instanceof Plain plain && plain.kind().form() == PrimitiveType.Form.FLOATING;
    }

    /** Whether its numbers have a sign. */
    default boolean isSigned() {
        return switch (this) {
            case Plain plain ->
                    plain.kind().form() == PrimitiveType.Form.SIGNED
                            || plain.kind() == PrimitiveType.CHAR
                            || plain.kind() == PrimitiveType.SIGNED_CHAR;
            case Pointer pointer -> false;
            case Told told ->
                    told.record() instanceof TypeRecord.Enumeration e
                            && of(told.types(), e.underlyingType(), 8).isSigned();
        };
    }

    /** Its name in C++. */
    default String title() {
        return switch (this) {
            case Plain plain -> plain.kind().title();
            case Pointer pointer ->
                    pointer.to().title() + (pointer.to() instanceof Pointer ? "*" : " *");
            case Told told -> keyword(told) + new TypeNames(told.types()).of(told.index());
        };
    }

    private static String keyword(Told told) {
        return switch (told.record()) {
            case TypeRecord.Union u -> "union ";
            case TypeRecord.Enumeration e -> "enum ";
            case TypeRecord.ClassType c ->
                    switch (c.key()) {
                        case CLASS -> "class ";
                        case STRUCT -> "struct ";
                        case INTERFACE -> "interface ";
                    };
            default -> "";
        };
    }
}
