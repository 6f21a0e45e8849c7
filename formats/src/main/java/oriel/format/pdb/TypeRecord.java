package oriel.format.pdb;

import java.util.List;
import oriel.bytes.Bytes;
import oriel.model.Guid;

/**
 * A record of the type or id stream. Other records are named by their number ({@code …Type}, {@code
 * …Id}); numbers below 0x1000 are {@link PrimitiveType}s. Layouts: {@code cvinfo.h} of
 * microsoft-pdb, docs/codeview of microsoft/pdb-rs.
 */
public sealed interface TypeRecord {
    /** {@code const}, {@code volatile}, {@code __unaligned} in front of a type. */
    record Modifier(long type, boolean isConst, boolean isVolatile, boolean isUnaligned)
            implements TypeRecord {}

    /**
     * A pointer or reference.
     *
     * @param type what it points to
     * @param attributes see the predicates
     * @param memberOf class of a member pointer, else 0
     * @param representation how a member pointer is laid out, {@code CV_PMTYPE}
     */
    record Pointer(long type, long attributes, long memberOf, int representation)
            implements TypeRecord {
        /** What kind of reference, in the order of its numbers. */
        public enum Mode {
            POINTER,
            LVALUE_REFERENCE,
            MEMBER_DATA,
            MEMBER_FUNCTION,
            RVALUE_REFERENCE,
            UNKNOWN
        }

        /** What kind of reference. */
        public Mode mode() {
            return Mode.values()[(int) Math.min(5, attributes >>> 5 & 7)];
        }

        /** Bytes of the pointer. */
        public int sizeBytes() {
            int size = (int) (attributes >>> 13 & 0x3f);
            return size != 0 ? size : (attributes & 0x1f) == 0x0c ? 8 : 4;
        }

        /** Whether the pointer itself is constant. */
        public boolean isConst() {
            return (attributes & 0x400) != 0;
        }

        /** Whether the pointer itself is volatile. */
        public boolean isVolatile() {
            return (attributes & 0x200) != 0;
        }

        /** Whether what it points to may lie at any address. */
        public boolean isUnaligned() {
            return (attributes & 0x800) != 0;
        }

        /** Whether no other pointer leads to the same. */
        public boolean isRestrict() {
            return (attributes & 0x1000) != 0;
        }
    }

    /** A function that is no member. */
    record Procedure(long returnType, int callingConvention, int attributes, long argumentList)
            implements TypeRecord {}

    /**
     * A member function.
     *
     * @param thisType type of the {@code this} pointer, 0 for static ones
     * @param thisAdjust bytes to subtract from it
     */
    record MemberFunction(
            long returnType,
            long classType,
            long thisType,
            int callingConvention,
            int attributes,
            long argumentList,
            int thisAdjust)
            implements TypeRecord {}

    /** Types of arguments; a last one of 0 stands for an ellipsis. Also lists of text ids. */
    record ArgumentList(List<Long> types) implements TypeRecord {}

    /** An array, in bytes. */
    record Array(long elementType, long indexType, long sizeBytes, String name)
            implements TypeRecord {}

    /** Some bits of a number. */
    record BitField(long type, int bits, int position) implements TypeRecord {}

    /** Kinds of entries of a virtual function table, four bits each. */
    record VtableShape(int entries, Bytes kinds) implements TypeRecord {}

    /** Names of the functions in a virtual function table. */
    record Vtable(long type, long overrides, long offset, List<String> names)
            implements TypeRecord {}

    /** What is told of a structure, class, interface, union or enumeration. */
    sealed interface UserDefined extends TypeRecord {
        /** Members when it is not a forward reference, else 0. */
        long fieldList();

        /** Name with namespaces. */
        String name();

        /** Decorated name, empty when there is none. */
        String uniqueName();

        /** Bits of {@code CV_prop_t}. */
        int properties();

        /** Whether the definition is another record of the same name. */
        default boolean isForwardReference() {
            return (properties() & 0x80) != 0;
        }

        /** Whether it is declared within a function. */
        default boolean isScoped() {
            return (properties() & 0x100) != 0;
        }

        /** Whether it is packed without padding. */
        default boolean isPacked() {
            return (properties() & 1) != 0;
        }

        /** Whether it is declared within another one. */
        default boolean isNested() {
            return (properties() & 8) != 0;
        }
    }

    /**
     * A structure, class or interface.
     *
     * @param key how it was declared
     * @param members number of members
     * @param derivedList classes derived from it, seldom given
     * @param vtableShape shape of its virtual function table, 0 for none
     */
    record ClassType(
            Key key,
            int members,
            int properties,
            long fieldList,
            long derivedList,
            long vtableShape,
            long sizeBytes,
            String name,
            String uniqueName)
            implements UserDefined {
        /** How it was declared. */
        public enum Key {
            CLASS,
            STRUCT,
            INTERFACE
        }
    }

    /** A union. */
    record Union(
            int members,
            int properties,
            long fieldList,
            long sizeBytes,
            String name,
            String uniqueName)
            implements UserDefined {}

    /** An enumeration. */
    record Enumeration(
            int members,
            int properties,
            long underlyingType,
            long fieldList,
            String name,
            String uniqueName)
            implements UserDefined {}

    /** Members; read with {@link Field#readList}. */
    record FieldList(Bytes fields) implements TypeRecord {}

    /** Overloads of a method. */
    record MethodList(List<Field.Overload> overloads) implements TypeRecord {}

    /** Another name for a type. */
    record Alias(long type, String name) implements TypeRecord {}

    /** Types are in another PDB: {@code /Zi} object files. */
    record TypeServer(Guid guid, long age, String name) implements TypeRecord {}

    /** Types are in the object file of a precompiled header. */
    record Precompiled(long firstType, long count, long signature, String name)
            implements TypeRecord {}

    /** A function that is no member; the scope is a {@link StringId}, 0 for none. */
    record FunctionId(long scopeId, long type, String name) implements TypeRecord {}

    /** A member function; the class is a type. */
    record MemberFunctionId(long classType, long type, String name) implements TypeRecord {}

    /** Directory, compiler, source, PDB and arguments, as text ids. */
    record BuildInfo(List<Long> textIds) implements TypeRecord {}

    /** A text; a list of further ones comes before it when not 0. */
    record StringId(long substrings, String text) implements TypeRecord {}

    /** Where a type is declared. The source is a {@link StringId}; with a module, a text offset. */
    record SourceOfType(long type, long source, long line, int module) implements TypeRecord {}

    /** A record of a kind that is not known here, or one that is broken. */
    record Unknown(int kind, Bytes record) implements TypeRecord {}

    /**
     * Reads a record.
     *
     * @param record from its kind on
     */
    static TypeRecord read(Bytes record) {
        return TypeRecordReader.read(record);
    }
}
