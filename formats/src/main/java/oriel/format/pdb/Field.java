package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/** A member of a structure, class, union or enumeration. Attributes are {@code CV_fldattr_t}. */
public sealed interface Field {
    /** A variable of each object, in bytes from its begin; bit fields have such a type. */
    record Member(int attributes, long type, long offset, String name) implements Field {}

    /** A variable of the class. */
    record StaticMember(int attributes, long type, String name) implements Field {}

    /** A base class. */
    record Base(int attributes, long type, long offset) implements Field {}

    /**
     * A virtual base class.
     *
     * @param direct whether the class itself names it, else one of its bases does
     * @param pointerOffset where the pointer to the table of offsets lies
     * @param tableIndex entry of that table with the offset of the base
     */
    record VirtualBase(
            boolean direct,
            int attributes,
            long type,
            long pointerType,
            long pointerOffset,
            long tableIndex)
            implements Field {}

    /** A value of an enumeration: a Long, or a BigInteger when it is larger. */
    record Enumerator(int attributes, Number value, String name) implements Field {}

    /** Several methods of one name; the list is a {@link TypeRecord.MethodList}. */
    record Methods(int count, long methodList, String name) implements Field {}

    /** A method; the slot is its offset in the virtual function table when it is new there. */
    record Method(int attributes, long type, long slot, String name) implements Field {}

    /** A type declared within. */
    record NestedType(long type, String name) implements Field {}

    /** A pointer to a virtual function table, at the begin of the object. */
    record VtablePointer(long type) implements Field {}

    /** The list goes on in another record. */
    record Continuation(long type) implements Field {}

    /** A friend, by type. */
    record Friend(long type, String name) implements Field {}

    /**
     * One of several methods of a name.
     *
     * @param slot offset in the virtual function table when it is new there, else -1
     */
    record Overload(int attributes, long type, long slot) {}

    /** Reads the members of one record up to the first that is broken or unknown. */
    static List<Field> readList(Bytes record) {
        var fields = new ArrayList<Field>();
        var in = new RecordReader(record, 2);
        while (in.hasMore(2)) {
            int padding = record.u8(in.position());
            if (padding >= 0xf0) {
                // The low bits tell how far it is to the next; never less than this byte.
                in = new RecordReader(record, in.position() + Math.max(1, padding & 0xf));
                continue;
            }
            Field field = read(in);
            if (field == null) {
                break;
            }
            fields.add(field);
        }
        return List.copyOf(fields);
    }

    /** Reads the overloads of a method list. */
    static List<Overload> readOverloads(RecordReader in) {
        var found = new ArrayList<Overload>();
        while (in.hasMore(8)) {
            int attributes = in.u16();
            in.u16();
            long type = in.u32();
            found.add(new Overload(attributes, type, slot(in, attributes)));
        }
        return List.copyOf(found);
    }

    private static @org.jspecify.annotations.Nullable Field read(RecordReader in) {
        int kind = in.u16();
        int attributes = in.u16();
        return switch (kind) {
            case 0x1400, 0x151a -> new Base(attributes, in.u32(), in.number());
            case 0x1401, 0x1402 ->
                    new VirtualBase(
                            kind == 0x1401,
                            attributes,
                            in.u32(),
                            in.u32(),
                            in.number(),
                            in.number());
            case 0x1404 -> new Continuation(in.u32());
            case 0x1409 -> new VtablePointer(in.u32());
            case 0x140a -> new Friend(in.u32(), "");
            case 0x140c -> {
                long type = in.u32();
                in.u32();
                yield new VtablePointer(type);
            }
            case 0x1502 -> new Enumerator(attributes, in.numeric(), in.text());
            case 0x150c -> new Friend(in.u32(), in.text());
            case 0x150d -> new Member(attributes, in.u32(), in.number(), in.text());
            case 0x150e -> new StaticMember(attributes, in.u32(), in.text());
            case 0x150f -> new Methods(attributes, in.u32(), in.text());
            case 0x1510, 0x1512 -> new NestedType(in.u32(), in.text());
            case 0x1511 -> {
                long type = in.u32();
                long slot = slot(in, attributes);
                yield new Method(attributes, type, slot, in.text());
            }
            case 0x1513 -> new StaticMember(attributes, in.u32(), in.text());
            default -> null;
        };
    }

    /** Only a virtual method that overrides none names its slot. */
    private static long slot(RecordReader in, int attributes) {
        int property = attributes >>> 2 & 7;
        return property == 4 || property == 6 ? in.u32() : -1;
    }
}
