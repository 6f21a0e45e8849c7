package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Guid;

/** Makes type records out of bytes. */
final class TypeRecordReader {
    private static final int HAS_UNIQUE_NAME = 0x200;

    private TypeRecordReader() {}

    static TypeRecord read(Bytes record) {
        int kind = record.u16(0);
        try {
            return read(kind, record, new RecordReader(record, 2));
        } catch (FormatException e) {
            return new TypeRecord.Unknown(kind, record);
        }
    }

    private static TypeRecord read(int kind, Bytes record, RecordReader in) {
        return switch (kind) {
            case 0x000a -> vtableShape(in);
            case 0x1001 -> modifier(in);
            case 0x1002 -> pointer(in);
            case 0x1008 -> new TypeRecord.Procedure(in.u32(), in.u8(), in.u8(), afterCount(in));
            case 0x1009 ->
                    new TypeRecord.MemberFunction(
                            in.u32(),
                            in.u32(),
                            in.u32(),
                            in.u8(),
                            in.u8(),
                            afterCount(in),
                            in.s32());
            case 0x1201, 0x1604 -> new TypeRecord.ArgumentList(list(in, in.u32()));
            case 0x1203 -> new TypeRecord.FieldList(record);
            case 0x1205 -> new TypeRecord.BitField(in.u32(), in.u8(), in.u8());
            case 0x1206 -> new TypeRecord.MethodList(Field.readOverloads(in));
            case 0x1503 -> new TypeRecord.Array(in.u32(), in.u32(), in.number(), in.text());
            case 0x1504 -> classType(TypeRecord.ClassType.Key.CLASS, in);
            case 0x1505 -> classType(TypeRecord.ClassType.Key.STRUCT, in);
            case 0x1519 -> classType(TypeRecord.ClassType.Key.INTERFACE, in);
            case 0x1506 -> union(in);
            case 0x1507 -> enumeration(in);
            case 0x1608 -> wideClassType(TypeRecord.ClassType.Key.CLASS, in);
            case 0x1609 -> wideClassType(TypeRecord.ClassType.Key.STRUCT, in);
            case 0x160b -> wideClassType(TypeRecord.ClassType.Key.INTERFACE, in);
            case 0x160a -> wideUnion(in);
            case 0x1509 -> new TypeRecord.Precompiled(in.u32(), in.u32(), in.u32(), in.text());
            case 0x150a -> new TypeRecord.Alias(in.u32(), in.text());
            case 0x1515 -> typeServer(record, in);
            case 0x151d -> vtable(in);
            case 0x1601 -> new TypeRecord.FunctionId(in.u32(), in.u32(), in.text());
            case 0x1602 -> new TypeRecord.MemberFunctionId(in.u32(), in.u32(), in.text());
            case 0x1603 -> new TypeRecord.BuildInfo(list(in, in.u16()));
            case 0x1605 -> new TypeRecord.StringId(in.u32(), in.text());
            case 0x1606 -> new TypeRecord.SourceOfType(in.u32(), in.u32(), in.u32(), -1);
            case 0x1607 -> new TypeRecord.SourceOfType(in.u32(), in.u32(), in.u32(), in.u16());
            default -> new TypeRecord.Unknown(kind, record);
        };
    }

    /** The argument list behind the number of arguments, which the list repeats. */
    private static long afterCount(RecordReader in) {
        in.u16();
        return in.u32();
    }

    private static List<Long> list(RecordReader in, long count) {
        var found = new ArrayList<Long>();
        for (long number : in.u32List(count)) {
            found.add(number);
        }
        return List.copyOf(found);
    }

    private static TypeRecord vtableShape(RecordReader in) {
        return new TypeRecord.VtableShape(in.u16(), in.rest());
    }

    private static TypeRecord modifier(RecordReader in) {
        long type = in.u32();
        int bits = in.u16();
        return new TypeRecord.Modifier(type, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    }

    private static TypeRecord pointer(RecordReader in) {
        long type = in.u32();
        long attributes = in.u32();
        int mode = (int) (attributes >>> 5 & 7);
        boolean member = mode == 2 || mode == 3;
        return new TypeRecord.Pointer(
                type, attributes, member ? in.u32() : 0, member ? in.u16() : 0);
    }

    private static TypeRecord classType(TypeRecord.ClassType.Key key, RecordReader in) {
        int members = in.u16();
        int properties = in.u16();
        return classType(key, in, members, properties, in.u32(), in.u32(), in.u32());
    }

    /** The form of Visual C++ 2019 and later for many members: 32 bits of properties first. */
    private static TypeRecord wideClassType(TypeRecord.ClassType.Key key, RecordReader in) {
        int properties = in.s32();
        long fields = in.u32();
        long derived = in.u32();
        long shape = in.u32();
        int members = (int) in.number();
        return classType(key, in, members, properties, fields, derived, shape);
    }

    private static TypeRecord classType(
            TypeRecord.ClassType.Key key,
            RecordReader in,
            int members,
            int properties,
            long fields,
            long derived,
            long shape) {
        long size = in.number();
        String name = in.text();
        return new TypeRecord.ClassType(
                key,
                members,
                properties,
                fields,
                derived,
                shape,
                size,
                name,
                uniqueName(in, properties));
    }

    private static TypeRecord union(RecordReader in) {
        int members = in.u16();
        int properties = in.u16();
        return union(in, members, properties, in.u32());
    }

    private static TypeRecord wideUnion(RecordReader in) {
        int properties = in.s32();
        long fields = in.u32();
        return union(in, (int) in.number(), properties, fields);
    }

    private static TypeRecord union(RecordReader in, int members, int properties, long fields) {
        long size = in.number();
        String name = in.text();
        return new TypeRecord.Union(
                members, properties, fields, size, name, uniqueName(in, properties));
    }

    private static TypeRecord enumeration(RecordReader in) {
        int members = in.u16();
        int properties = in.u16();
        long underlying = in.u32();
        long fields = in.u32();
        String name = in.text();
        return new TypeRecord.Enumeration(
                members, properties, underlying, fields, name, uniqueName(in, properties));
    }

    private static String uniqueName(RecordReader in, int properties) {
        return (properties & HAS_UNIQUE_NAME) != 0 && in.hasMore(1) ? in.text() : "";
    }

    private static TypeRecord typeServer(Bytes record, RecordReader in) {
        Guid guid = Guid.of(record.copy(2, 16));
        var after = new RecordReader(record, in.position() + 16);
        return new TypeRecord.TypeServer(guid, after.u32(), after.text());
    }

    private static TypeRecord vtable(RecordReader in) {
        long type = in.u32();
        long overrides = in.u32();
        long offset = in.u32();
        long end = in.u32() + in.position();
        var names = new ArrayList<String>();
        while (in.position() < end && in.hasMore(1)) {
            names.add(in.text());
        }
        return new TypeRecord.Vtable(type, overrides, offset, List.copyOf(names));
    }
}
