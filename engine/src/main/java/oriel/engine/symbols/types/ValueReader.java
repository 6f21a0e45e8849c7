package oriel.engine.symbols.types;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.format.pdb.Field;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * Reads values of types out of memory: numbers, enumerations by name, strings, arrays, structures,
 * and what pointers lead to. How deep pointers are followed and how many parts are shown is
 * bounded, so that a ring of lists ends.
 */
public final class ValueReader {
    private static final int TEXT_LIMIT = 256;
    private static final String UNREADABLE = "not readable";

    private final TypeSystem types;
    private final TypeNames names;
    private final Memory memory;
    private final Architecture architecture;
    private final Limits limits;

    /**
     * How much to read.
     *
     * @param pointers how many pointers to follow, one after the other
     * @param elements of an array
     * @param values in all
     */
    public record Limits(int pointers, int elements, int values) {
        /** One level of pointers, 64 elements, a few thousand values. */
        public static final Limits USUAL = new Limits(1, 64, 4096);
    }

    /**
     * @param architecture whose pointers have the width of those without a size of their own
     */
    public ValueReader(TypeSystem types, Memory memory, Architecture architecture, Limits limits) {
        this.types = types;
        this.names = new TypeNames(types);
        this.memory = memory;
        this.architecture = architecture;
        this.limits = limits;
    }

    /** The value of a type at an address. */
    public TypedValue read(long type, long va, String name) {
        return new Reading().value(type, va, name, limits.pointers(), TypeSystem.DEPTH);
    }

    /**
     * Where a virtual base of an object lies: the object points to a table, which tells how far
     * from that pointer. Without the table it is taken to lie where it does in an object of its
     * own.
     *
     * @param type of the object, or of a base of it
     * @param slot of the virtual base in the layout of that type
     */
    public OptionalLong virtualBaseVa(long type, Layout.Slot slot, long va) {
        for (Field field : types.fields(type)) {
            if (field instanceof Field.VirtualBase b && b.type() == slot.type()) {
                long pointer = va + b.pointerOffset();
                OptionalLong table = memory.pointer(pointer, architecture);
                OptionalLong distance =
                        table.isPresent()
                                ? memory.unsigned(table.getAsLong() + 4 * b.tableIndex(), 4)
                                : OptionalLong.empty();
                if (distance.isPresent()) {
                    return OptionalLong.of(pointer + (int) distance.getAsLong());
                }
            }
        }
        return slot.offset() >= 0 ? OptionalLong.of(va + slot.offset()) : OptionalLong.empty();
    }

    /** Whether a type has a member that {@link #readList} can follow. */
    public boolean hasLink(long type, String link) {
        return link(type, link).isPresent();
    }

    /**
     * The elements of a linked list from the first on: each is read and its link followed. A link
     * that is a structure, as {@code LIST_ENTRY}, points to the link of the next element and ends
     * where one comes again.
     */
    public List<TypedValue> readList(long type, long firstVa, String link) {
        var found = new ArrayList<TypedValue>();
        Optional<Layout.Slot> slot = link(type, link);
        if (slot.isEmpty()) {
            return List.of();
        }
        boolean inside =
                types.record(types.plain(slot.get().type())) instanceof TypeRecord.ClassType;
        Set<Long> seen = new HashSet<>();
        long va = firstVa;
        while (va != 0 && seen.add(va) && found.size() < limits.elements()) {
            found.add(read(type, va, "[" + found.size() + "]"));
            long next = memory.pointer(va + slot.get().offset(), architecture).orElse(0);
            va = next != 0 && inside ? next - slot.get().offset() : next;
        }
        return List.copyOf(found);
    }

    private Optional<Layout.Slot> link(long type, String link) {
        for (Layout.Slot slot : Layout.of(types, type).slots()) {
            if (slot.name().equals(link)) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    /** One reading, which counts its values. */
    private final class Reading {
        private int left = limits.values();

        TypedValue value(long index, long va, String name, int pointers, int depth) {
            String title = names.of(index);
            long type = types.plain(index);
            if (left-- <= 0 || depth == 0) {
                return problem(name, title, va, "too much to show");
            }
            if (type < PrimitiveType.END) {
                return primitive(type, va, name, title, pointers, depth);
            }
            return switch (types.record(type)) {
                case TypeRecord.Pointer p -> pointer(p, va, name, title, pointers, depth);
                case TypeRecord.Enumeration e -> enumeration(type, e, va, name, title);
                case TypeRecord.Array a -> array(a, va, name, title, pointers, depth);
                case TypeRecord.ClassType c ->
                        structure(type, va, name, title, pointers, depth, true);
                case TypeRecord.Union u -> structure(type, va, name, title, pointers, depth, true);
                default -> problem(name, title, va, "no value of this type can be read");
            };
        }

        /**
         * @param whole whether it is an object of its own, with the virtual bases
         */
        private TypedValue structure(
                long type,
                long va,
                String name,
                String title,
                int pointers,
                int depth,
                boolean whole) {
            var parts = new ArrayList<TypedValue>();
            Optional<String> problem = Optional.empty();
            for (Layout.Slot slot : Layout.of(types, type).slots()) {
                if (left <= 0) {
                    problem = Optional.of("too much to show");
                    break;
                }
                if (slot.kind() == Layout.Kind.VIRTUAL_BASE) {
                    if (whole) {
                        parts.add(virtualBase(type, slot, va, pointers, depth));
                    }
                } else if (slot.kind() != Layout.Kind.PADDING) {
                    parts.add(part(slot, va, pointers, depth));
                }
            }
            return whole(name, title, va, parts, problem);
        }

        private TypedValue part(Layout.Slot slot, long va, int pointers, int depth) {
            long at = va + slot.offset();
            return switch (slot.kind()) {
                case BASE -> base(slot, at, pointers, depth);
                case BIT_FIELD -> bitField(slot, at);
                case VTABLE_POINTER, VBTABLE_POINTER -> {
                    OptionalLong pointer = memory.pointer(at, architecture);
                    yield pointer.isPresent()
                            ? leaf(slot.name(), "void **", at, hex(pointer.getAsLong()))
                            : problem(slot.name(), "void **", at, UNREADABLE);
                }
                case MEMBER, PADDING, VIRTUAL_BASE ->
                        value(slot.type(), at, slot.name(), pointers, depth - 1);
            };
        }

        private TypedValue base(Layout.Slot slot, long at, int pointers, int depth) {
            String name = ": " + slot.name();
            if (left-- <= 0 || depth <= 1) {
                return problem(name, slot.name(), at, "too much to show");
            }
            long type = types.plain(slot.type());
            return structure(type, at, name, slot.name(), pointers, depth - 1, false);
        }

        private TypedValue virtualBase(
                long type, Layout.Slot slot, long va, int pointers, int depth) {
            OptionalLong place = virtualBaseVa(type, slot, va);
            return place.isPresent()
                    ? base(slot, place.getAsLong(), pointers, depth)
                    : problem(": " + slot.name(), slot.name(), va, "its place is not readable");
        }

        private TypedValue pointer(
                TypeRecord.Pointer p, long va, String name, String title, int pointers, int depth) {
            int size = p.sizeBytes();
            OptionalLong bits =
                    size == 4 || size == 8 ? memory.unsigned(va, size) : OptionalLong.empty();
            if (bits.isEmpty()) {
                boolean wide = size != 4 && size != 8;
                return problem(
                        name,
                        title,
                        va,
                        wide ? "member pointer of " + size + " bytes" : UNREADABLE);
            }
            return isPlain(p.mode())
                    ? pointed(p.type(), bits.getAsLong(), va, name, title, pointers, depth)
                    : leaf(name, title, va, hex(bits.getAsLong()));
        }

        /** A pointer and, as far as asked for, what it leads to. */
        private TypedValue pointed(
                long pointee,
                long target,
                long va,
                String name,
                String title,
                int pointers,
                int depth) {
            String text = hex(target);
            long plain = types.plain(pointee);
            Optional<String> string =
                    target == 0 ? Optional.empty() : string(plain, target, TEXT_LIMIT, false);
            if (string.isPresent()) {
                return leaf(name, title, va, text + " " + string.get());
            }
            boolean follow = pointers > 0 && target != 0 && types.sizeBytes(plain) > 0;
            List<TypedValue> parts =
                    follow
                            ? List.of(value(pointee, target, "", pointers - 1, depth - 1))
                            : List.of();
            return new TypedValue(name, title, va, text, parts, Optional.empty());
        }

        private TypedValue primitive(
                long type, long va, String name, String title, int pointers, int depth) {
            int pointer = PrimitiveType.pointerBytes(type);
            if (pointer != 0) {
                int width = pointer == 4 ? 4 : architecture.pointerSize();
                OptionalLong bits = memory.unsigned(va, width);
                return bits.isEmpty()
                        ? problem(name, title, va, UNREADABLE)
                        : type == PrimitiveType.NULL_POINTER
                                ? leaf(name, title, va, hex(bits.getAsLong()))
                                : pointed(
                                        type & PrimitiveType.KIND,
                                        bits.getAsLong(),
                                        va,
                                        name,
                                        title,
                                        pointers,
                                        depth);
            }
            PrimitiveType kind = PrimitiveType.of(type);
            if (kind.sizeBytes() == 0) {
                return problem(name, title, va, "has no value");
            }
            byte[] bytes = memory.readUpTo(va, kind.sizeBytes());
            return bytes.length == kind.sizeBytes()
                    ? leaf(name, title, va, PrimitiveText.of(kind, bytes))
                    : problem(name, title, va, UNREADABLE);
        }

        private TypedValue array(
                TypeRecord.Array a, long va, String name, String title, int pointers, int depth) {
            long size = types.sizeBytes(a.elementType());
            long count = size == 0 ? 0 : a.sizeBytes() / size;
            int limit = (int) Math.min(TEXT_LIMIT, count);
            Optional<String> string = string(types.plain(a.elementType()), va, limit, true);
            if (string.isPresent()) {
                return leaf(name, title, va, string.get());
            }
            var parts = new ArrayList<TypedValue>();
            for (long i = 0; i < Math.min(count, limits.elements()) && left > 0; i++) {
                parts.add(
                        value(a.elementType(), va + i * size, "[" + i + "]", pointers, depth - 1));
            }
            Optional<String> more =
                    parts.size() < count
                            ? Optional.of(count - parts.size() + " more elements")
                            : Optional.empty();
            return whole(name, title, va, parts, more);
        }
    }

    private static boolean isPlain(TypeRecord.Pointer.Mode mode) {
        return mode == TypeRecord.Pointer.Mode.POINTER
                || mode == TypeRecord.Pointer.Mode.LVALUE_REFERENCE
                || mode == TypeRecord.Pointer.Mode.RVALUE_REFERENCE;
    }

    private TypedValue bitField(Layout.Slot slot, long va) {
        String title = names.of(slot.type()) + " : " + slot.bits();
        OptionalLong all = number(va, slot.sizeBytes());
        if (all.isEmpty()) {
            return problem(slot.name(), title, va, UNREADABLE);
        }
        long bits = all.getAsLong() >>> slot.bitPosition();
        if (slot.bits() < 64) {
            bits &= (1L << slot.bits()) - 1;
        }
        long type = types.plain(slot.type());
        boolean signed =
                type < PrimitiveType.END
                        && PrimitiveType.of(type).form() == PrimitiveType.Form.SIGNED;
        if (signed && slot.bits() > 0 && slot.bits() < 64) {
            bits = bits << (64 - slot.bits()) >> (64 - slot.bits());
        }
        return leaf(slot.name(), title, va, Long.toString(bits));
    }

    private TypedValue enumeration(
            long type, TypeRecord.Enumeration e, long va, String name, String title) {
        long underlying = types.plain(e.underlyingType());
        int size = PrimitiveType.of(underlying).sizeBytes();
        OptionalLong bits = number(va, size);
        if (bits.isEmpty()) {
            return problem(name, title, va, UNREADABLE);
        }
        long value = signExtended(bits.getAsLong(), size);
        for (Field field : types.fields(type)) {
            if (field instanceof Field.Enumerator known
                    && signExtended(known.value().longValue(), size) == value) {
                return leaf(name, title, va, known.name() + " (" + known.value() + ")");
            }
        }
        return leaf(name, title, va, Long.toString(value));
    }

    /**
     * Text of characters at an address; empty for other types, and for pointers to what is no text.
     */
    private Optional<String> string(long element, long va, int limit, boolean array) {
        PrimitiveType kind = PrimitiveType.of(element);
        if (element >= PrimitiveType.END
                || PrimitiveType.pointerBytes(element) != 0
                || kind.form() != PrimitiveType.Form.CHARACTER
                || kind.sizeBytes() > 2) {
            return Optional.empty();
        }
        return PrimitiveText.quoted(
                memory.readUpTo(va, limit * kind.sizeBytes()), kind.sizeBytes(), array);
    }

    /** A value with parts; when none of them can be read, that is said once. */
    private static TypedValue whole(
            String name, String type, long va, List<TypedValue> parts, Optional<String> problem) {
        for (TypedValue part : parts) {
            if (!part.problem().equals(Optional.of(UNREADABLE)) || !part.parts().isEmpty()) {
                return new TypedValue(name, type, va, "", parts, problem);
            }
        }
        return new TypedValue(
                name, type, va, "", List.of(), parts.isEmpty() ? problem : Optional.of(UNREADABLE));
    }

    private OptionalLong number(long va, long size) {
        return size == 1 || size == 2 || size == 4 || size == 8
                ? memory.unsigned(va, (int) size)
                : OptionalLong.empty();
    }

    private static long signExtended(long bits, int sizeBytes) {
        int shift = 64 - 8 * sizeBytes;
        return shift > 0 && shift < 64 ? bits << shift >> shift : bits;
    }

    private static TypedValue leaf(String name, String type, long va, String text) {
        return new TypedValue(name, type, va, text, List.of(), Optional.empty());
    }

    private static TypedValue problem(String name, String type, long va, String problem) {
        return new TypedValue(name, type, va, "", List.of(), Optional.of(problem));
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
