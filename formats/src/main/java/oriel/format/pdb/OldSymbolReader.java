package oriel.format.pdb;

import oriel.bytes.Bytes;

/**
 * Makes symbol records out of those with names behind a length byte: of Visual C++ 5 and 6 (_ST),
 * and of before with types of 16 bits (_16t).
 */
final class OldSymbolReader {
    private OldSymbolReader() {}

    static SymbolRecord read(int kind, Bytes in) {
        return switch (kind) {
            case SymbolKind.LPROC32_ST, SymbolKind.GPROC32_ST ->
                    procedure(kind == SymbolKind.GPROC32_ST, in, in.u32(28), 32);
            case SymbolKind.LPROC32_16T, SymbolKind.GPROC32_16T ->
                    procedure(kind == SymbolKind.GPROC32_16T, in, in.u16(34), 28);
            case SymbolKind.LDATA32_ST, SymbolKind.GDATA32_ST ->
                    data(kind == SymbolKind.GDATA32_ST, in, in.u32(4), 8, 14);
            case SymbolKind.LDATA32_16T, SymbolKind.GDATA32_16T ->
                    data(kind == SymbolKind.GDATA32_16T, in, in.u16(10), 4, 12);
            case SymbolKind.PUB32_ST ->
                    new SymbolRecord.Public(in.u32(4), in.u16(12), in.u32(8), text(in, 14));
            case SymbolKind.PUB32_16T ->
                    new SymbolRecord.Public(0, in.u16(8), in.u32(4), text(in, 12));
            case SymbolKind.THUNK32_ST ->
                    new SymbolRecord.Thunk(
                            in.u32(8), in.u16(20), in.u32(16), in.u16(22), in.u8(24), text(in, 25));
            case SymbolKind.LABEL32_ST ->
                    new SymbolRecord.Label(in.u16(8), in.u32(4), in.u8(10), text(in, 11));
            case SymbolKind.BPREL32_ST ->
                    new SymbolRecord.FrameRelative(in.s32(4), in.u32(8), text(in, 12));
            default -> new SymbolRecord.Unknown(kind, in);
        };
    }

    private static SymbolRecord procedure(boolean global, Bytes in, long type, int place) {
        int flags = place == 32 ? 38 : 36;
        return new SymbolRecord.Procedure(
                global,
                false,
                in.u32(8),
                in.u32(16),
                in.u32(20),
                in.u32(24),
                type,
                in.u16(place + 4),
                in.u32(place),
                in.u8(flags),
                text(in, flags + 1));
    }

    private static SymbolRecord data(boolean global, Bytes in, long type, int place, int name) {
        return new SymbolRecord.Data(
                global, false, type, in.u16(place + 4), in.u32(place), text(in, name));
    }

    private static String text(Bytes in, int at) {
        return in.utf8(at + 1, in.u8(at));
    }
}
