package oriel.engine.symbols.types;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oriel.format.pdb.Field;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;

/**
 * Where virtual bases lie. A PDB does not say: Visual C++ puts them behind everything else, in the
 * order of the table that objects point to, each aligned. What comes out is used only when it
 * explains the size of the class; hidden words that some classes have before a base make it fail.
 */
final class VirtualBases {
    private static final int DEPTH = 16;
    private static final int LARGEST_ALIGNMENT = 8;

    private final TypeSystem types;

    /** Each type is looked at once: bases may form circles in broken files. */
    private final Map<Long, Long> sizes = new HashMap<>();

    private final Map<Long, Long> alignments = new HashMap<>();

    VirtualBases(TypeSystem types) {
        this.types = types;
    }

    /** Whether a class has virtual bases, its own or those of its bases. */
    boolean has(long type) {
        for (Field field : types.fields(type)) {
            if (field instanceof Field.VirtualBase) {
                return true;
            }
        }
        return false;
    }

    /** Room that a class with virtual bases takes without them. */
    long sizeWithout(long type) {
        Long known = sizes.putIfAbsent(type, types.sizeBytes(type));
        if (known != null) {
            return known;
        }
        long end = 0;
        for (Layout.Slot slot : Layout.of(types, type, this).slots()) {
            boolean counts =
                    slot.kind() != Layout.Kind.VIRTUAL_BASE && slot.kind() != Layout.Kind.PADDING;
            end = counts ? Math.max(end, slot.offset() + slot.sizeBytes()) : end;
        }
        sizes.put(type, end);
        return end;
    }

    /**
     * The slots with virtual bases at their places, sorted; those without a place come last.
     *
     * @param slots of a class, all others at their places
     */
    List<Layout.Slot> placed(long type, List<Layout.Slot> slots, long sizeBytes) {
        Map<Long, Long> order = new HashMap<>();
        for (Field field : types.fields(type)) {
            if (field instanceof Field.VirtualBase base) {
                order.putIfAbsent(base.type(), base.tableIndex());
            }
        }
        if (order.isEmpty()) {
            return slots;
        }
        var fixed = new ArrayList<Layout.Slot>();
        var bases = new ArrayList<Layout.Slot>();
        long end = 0;
        for (Layout.Slot slot : slots) {
            if (slot.kind() == Layout.Kind.VIRTUAL_BASE) {
                bases.add(slot);
            } else {
                fixed.add(slot);
                end = Math.max(end, slot.offset() + slot.sizeBytes());
            }
        }
        bases.sort(Comparator.comparingLong(slot -> order.getOrDefault(slot.type(), 0L)));
        var found = new ArrayList<>(fixed);
        for (Layout.Slot base : bases) {
            long offset = aligned(end, alignment(base.type(), DEPTH));
            found.add(
                    new Layout.Slot(
                            base.kind(), offset, base.sizeBytes(), 0, 0, base.type(), base.name()));
            end = offset + base.sizeBytes();
        }
        if (end <= sizeBytes && sizeBytes - end < LARGEST_ALIGNMENT) {
            return found;
        }
        fixed.addAll(bases);
        return fixed;
    }

    private static long aligned(long offset, long alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /** What addresses of a type are multiples of, as long as nobody asked for another one. */
    private long alignment(long index, int depth) {
        long type = types.plain(index);
        Long known = alignments.putIfAbsent(type, 1L);
        if (known != null || depth == 0) {
            return known == null ? 1 : known;
        }
        long found = work(type, depth);
        alignments.put(type, found);
        return found;
    }

    private long work(long type, int depth) {
        if (type >= PrimitiveType.END) {
            TypeRecord record = types.record(type);
            if (record instanceof TypeRecord.Array array) {
                return alignment(array.elementType(), depth - 1);
            }
            if (record instanceof TypeRecord.ClassType || record instanceof TypeRecord.Union) {
                long most = 1;
                for (Field field : types.fields(type)) {
                    most = Math.max(most, alignment(field, depth - 1));
                }
                return most;
            }
        }
        return Math.max(1, Math.min(LARGEST_ALIGNMENT, Long.highestOneBit(types.sizeBytes(type))));
    }

    private long alignment(Field field, int depth) {
        return switch (field) {
            case Field.Member m -> alignment(m.type(), depth);
            case Field.Base b -> alignment(b.type(), depth);
            case Field.VirtualBase b -> alignment(b.pointerType(), depth);
            case Field.VtablePointer v -> alignment(v.type(), depth);
            default -> 1;
        };
    }
}
