package oriel.format.pe;

import static oriel.format.pe.Arm64UnwindCode.pair;
import static oriel.format.pe.Arm64UnwindCode.plain;
import static oriel.format.pe.Arm64UnwindCode.single;
import static oriel.format.pe.Arm64UnwindCode.value;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.format.pe.Arm64UnwindCode.Kind;

/** Decodes the unwind code bytes of an ARM64 {@code .xdata} record. */
final class Arm64CodeReader {
    private static final int LR = 30;
    private static final int FP = 29;

    private final Bytes in;
    private int at;

    private Arm64CodeReader(Bytes in, int at) {
        this.in = in;
        this.at = at;
    }

    /** The codes from a byte index up to and with the first END, or to the end of the bytes. */
    static List<Arm64UnwindCode> sequence(Bytes codes, int index) {
        var reader = new Arm64CodeReader(codes, index);
        var list = new ArrayList<Arm64UnwindCode>();
        int pendingNext = 0;
        while (reader.at < codes.size()) {
            if (codes.u8(reader.at) == 0xe6) {
                reader.at++;
                pendingNext++;
                continue;
            }
            Arm64UnwindCode code = reader.code();
            if (pendingNext > 0) {
                addNexts(list, code, pendingNext);
                pendingNext = 0;
            }
            list.add(code);
            if (code.kind() == Kind.END) {
                break;
            }
        }
        return List.copyOf(list);
    }

    private static void addNexts(List<Arm64UnwindCode> list, Arm64UnwindCode base, int count) {
        var above = new ArrayList<Arm64UnwindCode>(count);
        Arm64UnwindCode code = base;
        for (int i = 0; i < count; i++) {
            code = code.next();
            above.add(code);
        }
        for (int i = count - 1; i >= 0; i--) {
            list.add(above.get(i));
        }
    }

    private Arm64UnwindCode code() {
        int b = u8();
        if (b < 0x20) {
            return value(Kind.ALLOC, b * 16L);
        }
        if (b < 0x40) {
            return pair(Kind.SAVE_X, 19, 20, (b & 0x1f) * 8L, true);
        }
        if (b < 0x80) {
            return pair(Kind.SAVE_X, FP, LR, (b & 0x3f) * 8L, false);
        }
        if (b < 0xc0) {
            return pair(Kind.SAVE_X, FP, LR, (b & 0x3f) * 8L + 8, true);
        }
        if (b < 0xc8) {
            return value(Kind.ALLOC, ((b & 7) << 8 | u8()) * 16L);
        }
        if (b < 0xe0) {
            return save(b << 8 | u8());
        }
        return special(b);
    }

    /** Two-byte saves: 110010xx to 11011110. */
    private Arm64UnwindCode save(int w) {
        int z6 = w & 0x3f;
        int x4 = w >> 6 & 15;
        int x3 = w >> 6 & 7;
        return switch (w >> 10) {
            case 0x32 -> pair(Kind.SAVE_X, 19 + x4, 20 + x4, z6 * 8L, false);
            case 0x33 -> pair(Kind.SAVE_X, 19 + x4, 20 + x4, z6 * 8L + 8, true);
            case 0x34 -> single(Kind.SAVE_X, 19 + x4, z6 * 8L, false);
            case 0x35 ->
                    (w >> 9 & 1) == 0
                            ? single(Kind.SAVE_X, 19 + (w >> 5 & 15), (w & 0x1f) * 8L + 8, true)
                            : pair(Kind.SAVE_X, 19 + 2 * x3, LR, z6 * 8L, false);
            case 0x36 ->
                    pair(
                            Kind.SAVE_D,
                            8 + x3,
                            9 + x3,
                            z6 * 8L + ((w >> 9 & 1) == 0 ? 0 : 8),
                            (w >> 9 & 1) != 0);
            default -> lastSave(w, x3, z6);
        };
    }

    private static Arm64UnwindCode lastSave(int w, int x3, int z6) {
        if ((w >> 9 & 1) == 0) {
            return single(Kind.SAVE_D, 8 + x3, z6 * 8L, false);
        }
        return (w >> 8 & 1) == 0
                ? single(Kind.SAVE_D, 8 + (w >> 5 & 7), (w & 0x1f) * 8L + 8, true)
                : plain(Kind.UNKNOWN); // alloc_z: depends on the length of SVE vectors
    }

    private Arm64UnwindCode special(int b) {
        return switch (b) {
            case 0xe0 -> value(Kind.ALLOC, ((long) u8() << 16 | u8() << 8 | u8()) * 16);
            case 0xe1 -> plain(Kind.SET_FP);
            case 0xe2 -> value(Kind.ADD_FP, u8() * 8L);
            case 0xe3 -> plain(Kind.NOP);
            case 0xe4 -> plain(Kind.END);
            case 0xe5 -> plain(Kind.END_C);
            case 0xe7 -> anyRegister(u8(), u8());
            case 0xe8 -> plain(Kind.TRAP_FRAME);
            case 0xe9 -> plain(Kind.MACHINE_FRAME);
            case 0xea -> plain(Kind.CONTEXT);
            case 0xeb -> plain(Kind.EC_CONTEXT);
            case 0xec -> plain(Kind.CLEAR_UNWOUND_TO_CALL);
            case 0xfc -> plain(Kind.PAC_SIGN_LR);
            default -> reserved(b);
        };
    }

    /** Reserved codes f8 to fb have one to four bytes of operands. */
    private Arm64UnwindCode reserved(int b) {
        at += b >= 0xf8 && b <= 0xfb ? b - 0xf7 : 0;
        return plain(Kind.UNKNOWN);
    }

    /** save_any_reg: 0pxrrrrr, ffoooooo. */
    private static Arm64UnwindCode anyRegister(int high, int low) {
        boolean isPair = (high & 0x40) != 0;
        boolean moves = (high & 0x20) != 0;
        int register = high & 0x1f;
        int bank = low >> 6;
        if ((high & 0x80) != 0 || bank == 3) {
            return plain(Kind.UNKNOWN);
        }
        Kind kind = bank == 0 ? Kind.SAVE_X : bank == 1 ? Kind.SAVE_D : Kind.SAVE_Q;
        long offset = (low & 0x3f) * (isPair || moves || bank == 2 ? 16L : 8L);
        return pair(kind, register, isPair ? register + 1 : -1, offset + (moves ? 16 : 0), moves);
    }

    private int u8() {
        return at < in.size() ? in.u8(at++) : 0;
    }
}
