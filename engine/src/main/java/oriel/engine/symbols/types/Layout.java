package oriel.engine.symbols.types;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oriel.format.pdb.Field;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;

/**
 * What lies where in a structure, class or union: bases, virtual function tables, members, and the
 * padding between them.
 *
 * @param type its number
 * @param name its name
 * @param sizeBytes of an object
 * @param slots by offset; of a union all begin at 0
 */
public record Layout(long type, String name, long sizeBytes, List<Slot> slots) {
    /**
     * A part of an object.
     *
     * @param kind what it is
     * @param offset from the begin of the object; -1 of a virtual base whose place only an object
     *     tells
     * @param sizeBytes of the part; of a bit field those of its type
     * @param bitPosition of a bit field, else 0
     * @param bits of a bit field, else 0
     * @param type its number; 0 for padding
     * @param name of the member; of the class for bases; empty for padding
     */
    public record Slot(
            Kind kind,
            long offset,
            long sizeBytes,
            int bitPosition,
            int bits,
            long type,
            String name) {}

    /** What a part is. */
    public enum Kind {
        BASE,
        VIRTUAL_BASE,
        VTABLE_POINTER,
        VBTABLE_POINTER,
        MEMBER,
        BIT_FIELD,
        PADDING
    }

    /** Copies the list. */
    public Layout {
        slots = List.copyOf(slots);
    }

    /** Lays out a structure, class or union; without parts when the type is something else. */
    public static Layout of(TypeSystem types, long index) {
        return of(types, index, new VirtualBases(types));
    }

    static Layout of(TypeSystem types, long index, VirtualBases bases) {
        long type = types.plain(index);
        var slots = new ArrayList<Slot>();
        for (Field field : types.fields(type)) {
            Slot slot = slot(types, field, bases);
            if (slot != null) {
                slots.add(slot);
            }
        }
        addTablePointers(types, type, slots);
        slots.sort(Comparator.comparingLong(Slot::offset).thenComparingInt(Slot::bitPosition));
        long size = types.sizeBytes(type);
        String name = types.record(type) instanceof TypeRecord.UserDefined u ? u.name() : "";
        boolean union = types.record(type) instanceof TypeRecord.Union;
        List<Slot> all = slots;
        if (!union) {
            List<Slot> placed = bases.placed(type, slots, size);
            all = padded(placed, size);
        }
        return new Layout(type, name, size, all);
    }

    /** Bytes that belong to no part. */
    public long paddingBytes() {
        long sum = 0;
        for (Slot slot : slots) {
            sum += slot.kind() == Kind.PADDING ? slot.sizeBytes() : 0;
        }
        return sum;
    }

    private static @org.jspecify.annotations.Nullable Slot slot(
            TypeSystem types, Field field, VirtualBases bases) {
        if (field instanceof Field.Member m) {
            boolean hasRecord = m.type() >= PrimitiveType.END;
            if (hasRecord && types.record(m.type()) instanceof TypeRecord.BitField b) {
                long size = types.sizeBytes(b.type());
                return new Slot(
                        Kind.BIT_FIELD,
                        m.offset(),
                        size,
                        b.position(),
                        b.bits(),
                        b.type(),
                        m.name());
            }
            long size = types.sizeBytes(m.type());
            return new Slot(Kind.MEMBER, m.offset(), size, 0, 0, m.type(), m.name());
        }
        if (field instanceof Field.Base b) {
            String name = new TypeNames(types).of(b.type());
            return new Slot(
                    Kind.BASE, b.offset(), baseSize(types, b.type(), bases), 0, 0, b.type(), name);
        }
        if (field instanceof Field.VirtualBase b) {
            String name = new TypeNames(types).of(b.type());
            long size = baseSize(types, b.type(), bases);
            return new Slot(Kind.VIRTUAL_BASE, -1, size, 0, 0, b.type(), name);
        }
        if (field instanceof Field.VtablePointer v) {
            return new Slot(
                    Kind.VTABLE_POINTER, 0, types.sizeBytes(v.type()), 0, 0, v.type(), "__vfptr");
        }
        return null;
    }

    /** Pointers to tables of virtual bases have no member; they are told with the bases. */
    private static void addTablePointers(TypeSystem types, long type, List<Slot> slots) {
        for (Field field : types.fields(type)) {
            if (field instanceof Field.VirtualBase b && b.direct()) {
                boolean known = false;
                for (Slot slot : slots) {
                    known |=
                            slot.offset() <= b.pointerOffset()
                                    && slot.sizeBytes() > 0
                                    && slot.offset() >= 0
                                    && b.pointerOffset() < slot.offset() + slot.sizeBytes();
                }
                if (!known) {
                    long size = types.sizeBytes(b.pointerType());
                    slots.add(
                            new Slot(
                                    Kind.VBTABLE_POINTER,
                                    b.pointerOffset(),
                                    size,
                                    0,
                                    0,
                                    b.pointerType(),
                                    "__vbptr"));
                }
            }
        }
    }

    /**
     * Room that a base takes within an object: none when it is empty, though an object of it alone
     * has a byte, and its own virtual bases lie elsewhere.
     */
    private static long baseSize(TypeSystem types, long base, VirtualBases bases) {
        if (bases.has(base)) {
            return bases.sizeWithout(base);
        }
        long size = types.sizeBytes(base);
        if (size > 1) {
            return size;
        }
        for (Field field : types.fields(base)) {
            if (field instanceof Field.Member || field instanceof Field.Base) {
                return size;
            }
        }
        return 0;
    }

    private static List<Slot> padded(List<Slot> slots, long size) {
        var all = new ArrayList<Slot>();
        long end = 0;
        for (Slot slot : slots) {
            if (slot.offset() < 0) {
                // It may be anywhere behind.
                all.add(slot);
                end = size;
                continue;
            }
            if (slot.offset() > end) {
                all.add(padding(end, slot.offset() - end));
            }
            all.add(slot);
            end = Math.max(end, slot.offset() + slot.sizeBytes());
        }
        if (size > end && !slots.isEmpty()) {
            all.add(padding(end, size - end));
        }
        return all;
    }

    /** An offset as {@code dt} writes it: {@code +0x01c}. */
    static String offsetText(long offset) {
        if (offset < 0) {
            return "+?????";
        }
        String digits = Long.toHexString(offset);
        return "+0x" + "0".repeat(Math.max(0, 3 - digits.length())) + digits;
    }

    private static Slot padding(long offset, long size) {
        return new Slot(Kind.PADDING, offset, size, 0, 0, 0, "");
    }
}
