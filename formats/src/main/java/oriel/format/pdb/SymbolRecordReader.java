package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/** Makes symbol records out of bytes. */
final class SymbolRecordReader {
    private static final int FIELDS = 4;

    private SymbolRecordReader() {}

    static SymbolRecord read(Bytes record) {
        int kind = record.u16(2);
        try {
            return read(kind, record, new RecordReader(record, FIELDS));
        } catch (FormatException e) {
            return new SymbolRecord.Unknown(kind, record);
        }
    }

    private static SymbolRecord read(int kind, Bytes record, RecordReader in) {
        return switch (kind) {
            case SymbolKind.LPROC32,
                    SymbolKind.GPROC32,
                    SymbolKind.LPROC32_ID,
                    SymbolKind.GPROC32_ID,
                    SymbolKind.LPROC32_DPC,
                    SymbolKind.LPROC32_DPC_ID ->
                    procedure(kind, record);
            case SymbolKind.THUNK32 ->
                    new SymbolRecord.Thunk(
                            record.u32(8),
                            record.u16(20),
                            record.u32(16),
                            record.u16(22),
                            record.u8(24),
                            text(record, 25));
            case SymbolKind.BLOCK32, SymbolKind.WITH32 ->
                    new SymbolRecord.Block(
                            record.u32(8),
                            record.u32(12),
                            record.u16(20),
                            record.u32(16),
                            text(record, 22));
            case SymbolKind.LABEL32 ->
                    new SymbolRecord.Label(
                            record.u16(8), record.u32(4), record.u8(10), text(record, 11));
            case SymbolKind.GDATA32,
                    SymbolKind.LDATA32,
                    SymbolKind.GTHREAD32,
                    SymbolKind.LTHREAD32,
                    SymbolKind.GMANDATA,
                    SymbolKind.LMANDATA ->
                    data(kind, record);
            case SymbolKind.PUB32 ->
                    new SymbolRecord.Public(
                            record.u32(4), record.u16(12), record.u32(8), text(record, 14));
            case SymbolKind.CONSTANT, SymbolKind.MANCONSTANT ->
                    new SymbolRecord.Constant(in.u32(), in.numeric(), in.text());
            case SymbolKind.UDT, SymbolKind.COBOLUDT ->
                    new SymbolRecord.UserType(in.u32(), in.text());
            case SymbolKind.PROCREF,
                    SymbolKind.LPROCREF,
                    SymbolKind.DATAREF,
                    SymbolKind.ANNOTATIONREF,
                    SymbolKind.TOKENREF ->
                    new SymbolRecord.Reference(
                            kind, record.u16(12) - 1, record.u32(8), text(record, 14));
            default -> readLinkerKinds(kind, record, in);
        };
    }

    private static SymbolRecord readLinkerKinds(int kind, Bytes record, RecordReader in) {
        return switch (kind) {
            case SymbolKind.TRAMPOLINE ->
                    new SymbolRecord.Trampoline(
                            record.u16(4),
                            record.u16(6),
                            record.u16(16),
                            record.u32(8),
                            record.u16(18),
                            record.u32(12));
            case SymbolKind.SECTION ->
                    new SymbolRecord.Section(
                            record.u16(4),
                            record.u32(8),
                            record.u32(12),
                            record.u32(16),
                            text(record, 20));
            case SymbolKind.COFFGROUP ->
                    new SymbolRecord.CoffGroup(
                            record.u32(4),
                            record.u32(8),
                            record.u16(16),
                            record.u32(12),
                            text(record, 18));
            case SymbolKind.EXPORT -> new SymbolRecord.Export(in.u16(), in.u16(), in.text());
            case SymbolKind.SEPCODE ->
                    new SymbolRecord.SeparatedCode(
                            record.u32(8),
                            record.u32(12),
                            record.u16(28),
                            record.u32(20),
                            record.u16(30),
                            record.u32(24));
            case SymbolKind.OBJNAME -> new SymbolRecord.ObjectName(in.u32(), in.text());
            case SymbolKind.COMPILE2 -> compiler(record, 22);
            case SymbolKind.COMPILE3 -> compiler(record, 26);
            case SymbolKind.BUILDINFO -> new SymbolRecord.Build(in.u32());
            case SymbolKind.ENVBLOCK -> new SymbolRecord.Environment(texts(record, 5));
            case SymbolKind.UNAMESPACE -> new SymbolRecord.UsingNamespace(in.text());
            case SymbolKind.CALLSITEINFO ->
                    new SymbolRecord.CallSite(record.u16(8), record.u32(4), record.u32(12));
            case SymbolKind.HEAPALLOCSITE ->
                    new SymbolRecord.HeapAllocation(
                            record.u16(8), record.u32(4), record.u16(10), record.u32(12));
            case SymbolKind.CALLEES, SymbolKind.CALLERS, SymbolKind.INLINEES -> functions(kind, in);
            case SymbolKind.ANNOTATION ->
                    new SymbolRecord.Annotation(record.u16(8), record.u32(4), texts(record, 12));
            case SymbolKind.ARMSWITCHTABLE ->
                    new SymbolRecord.SwitchTable(
                            record.u16(8),
                            record.u32(4),
                            record.u16(10),
                            record.u16(20),
                            record.u32(12),
                            record.u16(22),
                            record.u32(16),
                            record.u32(24));
            case SymbolKind.END, SymbolKind.INLINESITE_END, SymbolKind.PROC_ID_END ->
                    new SymbolRecord.ScopeEnd(kind);
            default -> readLocalKinds(kind, record, in);
        };
    }

    private static SymbolRecord readLocalKinds(int kind, Bytes record, RecordReader in) {
        return switch (kind) {
            case SymbolKind.FRAMEPROC ->
                    new SymbolRecord.Frame(
                            record.u32(4),
                            record.u32(8),
                            record.u32(12),
                            record.u32(16),
                            record.u16(24),
                            record.u32(20),
                            record.u32(26));
            case SymbolKind.FRAMECOOKIE ->
                    new SymbolRecord.FrameCookie(
                            in.s32(), in.u16(), in.u8(), in.hasMore(1) ? in.u8() : 0);
            case SymbolKind.BPREL32 ->
                    new SymbolRecord.FrameRelative(in.s32(), in.u32(), in.text());
            case SymbolKind.REGREL32 ->
                    new SymbolRecord.RegisterRelative(in.s32(), in.u32(), in.u16(), in.text());
            case SymbolKind.REGISTER -> new SymbolRecord.InRegister(in.u32(), in.u16(), in.text());
            case SymbolKind.MANYREG -> registers(in, false);
            case SymbolKind.MANYREG2 -> registers(in, true);
            case SymbolKind.LOCAL -> new SymbolRecord.Local(in.u32(), in.u16(), in.text());
            case SymbolKind.FILESTATIC ->
                    new SymbolRecord.FileStatic(in.u32(), in.u32(), in.u16(), in.text());
            case SymbolKind.DEFRANGE ->
                    new SymbolRecord.LiveByProgram(in.u32(), -1, CodeRange.read(in));
            case SymbolKind.DEFRANGE_SUBFIELD ->
                    new SymbolRecord.LiveByProgram(in.u32(), in.u32(), CodeRange.read(in));
            case SymbolKind.DEFRANGE_REGISTER ->
                    new SymbolRecord.LiveInRegister(in.u16(), in.u16(), CodeRange.read(in));
            case SymbolKind.DEFRANGE_FRAMEPOINTER_REL ->
                    new SymbolRecord.LiveInFrame(in.s32(), CodeRange.read(in));
            case SymbolKind.DEFRANGE_SUBFIELD_REGISTER ->
                    new SymbolRecord.LivePartInRegister(
                            in.u16(), in.u16(), in.s32() & 0xfff, CodeRange.read(in));
            case SymbolKind.DEFRANGE_FRAMEPOINTER_REL_FULL_SCOPE ->
                    new SymbolRecord.LiveInFrame(in.s32(), CodeRange.EVERYWHERE);
            case SymbolKind.DEFRANGE_REGISTER_REL -> liveAtRegister(in, false);
            case SymbolKind.DEFRANGE_REGISTER_REL_INDIR -> liveAtRegister(in, true);
            case SymbolKind.INLINESITE ->
                    new SymbolRecord.InlineSite(record.u32(8), record.u32(12), 0, record.from(16));
            case SymbolKind.INLINESITE2 ->
                    new SymbolRecord.InlineSite(
                            record.u32(8), record.u32(12), record.u32(16), record.from(20));
            default -> OldSymbolReader.read(kind, record);
        };
    }

    private static SymbolRecord procedure(int kind, Bytes record) {
        boolean global = kind == SymbolKind.GPROC32 || kind == SymbolKind.GPROC32_ID;
        boolean byId =
                kind == SymbolKind.GPROC32_ID
                        || kind == SymbolKind.LPROC32_ID
                        || kind == SymbolKind.LPROC32_DPC_ID;
        return new SymbolRecord.Procedure(
                global,
                byId,
                record.u32(8),
                record.u32(16),
                record.u32(20),
                record.u32(24),
                record.u32(28),
                record.u16(36),
                record.u32(32),
                record.u8(38),
                text(record, 39));
    }

    private static SymbolRecord data(int kind, Bytes record) {
        return new SymbolRecord.Data(
                kind == SymbolKind.GDATA32
                        || kind == SymbolKind.GTHREAD32
                        || kind == SymbolKind.GMANDATA,
                kind == SymbolKind.GTHREAD32 || kind == SymbolKind.LTHREAD32,
                record.u32(4),
                record.u16(12),
                record.u32(8),
                text(record, 14));
    }

    /** Language and flags, machine, then 16-bit numbers of two versions, then the name. */
    private static SymbolRecord compiler(Bytes record, int name) {
        long flags = record.u32(4);
        var version = new ArrayList<Integer>();
        for (int at = 10; at < name; at += 2) {
            version.add(record.u16(at));
        }
        return new SymbolRecord.Compiler(
                (int) (flags & 0xff),
                flags >>> 8,
                record.u16(8),
                List.copyOf(version),
                text(record, name));
    }

    private static SymbolRecord functions(int kind, RecordReader in) {
        var ids = new ArrayList<Long>();
        for (long id : in.u32List(in.u32())) {
            ids.add(id);
        }
        return new SymbolRecord.Functions(kind, List.copyOf(ids));
    }

    private static SymbolRecord registers(RecordReader in, boolean wide) {
        long type = in.u32();
        int count = wide ? in.u16() : in.u8();
        var found = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            found.add(wide ? in.u16() : in.u8());
        }
        return new SymbolRecord.InRegisters(type, List.copyOf(found), in.text());
    }

    private static SymbolRecord liveAtRegister(RecordReader in, boolean indirect) {
        int register = in.u16();
        int flags = in.u16();
        int offset = in.s32();
        int within = indirect ? in.s32() : flags >>> 4;
        return new SymbolRecord.LiveAtRegister(
                register, offset, (flags & 1) != 0, within, indirect, CodeRange.read(in));
    }

    private static List<String> texts(Bytes record, int start) {
        var in = new RecordReader(record, start);
        var found = new ArrayList<String>();
        while (in.hasMore(1) && record.s8(in.position()) != 0) {
            found.add(in.text());
        }
        return List.copyOf(found);
    }

    private static String text(Bytes record, int start) {
        return new RecordReader(record, start).text();
    }
}
