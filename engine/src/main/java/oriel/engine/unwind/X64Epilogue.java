package oriel.engine.unwind;

import org.jspecify.annotations.Nullable;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.X64UnwindCode;
import oriel.format.pe.X64UnwindInfo;

/**
 * Recognises and runs the rest of an x64 epilogue. Microsoft's ABI allows exactly these: an
 * optional {@code add rsp,imm} or {@code lea rsp,[fp+disp]}, pops, and a return or a jump out of
 * the function. So the bytes at pc decide, as they do in the operating system's own unwinder; where
 * version 2 unwind data lists the epilogues, pc must lie in one of them too.
 */
final class X64Epilogue {
    /** Longer than any epilogue: 7 bytes of adjustment, 15 pops of 2 bytes, a jump. */
    static final int LONGEST = 48;

    /** Says whether a jump to an rva leaves the function. */
    interface Exits {
        boolean isExit(long targetRva);
    }

    private final byte[] code;
    private final int length;
    private final long rva;
    private int at;

    private X64Epilogue(byte[] code, int length, long rva) {
        this.code = code;
        this.length = length;
        this.rva = rva;
    }

    /**
     * Runs the epilogue that the code is in: the state is then that of the caller but for its
     * return address. False, with the state unchanged, when it is not in one.
     *
     * @param code bytes from pc on, {@code length} of them
     * @param rva of pc
     * @param frameRegister of the function, 0 when it has none
     */
    static boolean run(
            byte[] code, int length, long rva, int frameRegister, Exits exits, X64State state) {
        var scan = new X64Epilogue(code, length, rva);
        if (!scan.matches(frameRegister, exits)) {
            return false;
        }
        scan.at = 0;
        scan.adjust(frameRegister, state);
        for (int register = scan.pop(); register >= 0; register = scan.pop()) {
            state.pop(register);
        }
        return true;
    }

    /** Whether version 2 codes say that an offset lies in an epilogue; true for version 1. */
    static boolean mayContain(X64UnwindInfo info, FunctionEntry function, long rva) {
        if (info.version() < 2 || info.codes().isEmpty()) {
            return true;
        }
        X64UnwindCode first = info.codes().get(0);
        if (first.kind() != X64UnwindCode.Kind.EPILOG) {
            return false;
        }
        long size = first.prologOffset();
        if ((first.register() & 1) != 0 && rva >= function.endRva() - size) {
            return true;
        }
        for (int i = 1; i < info.codes().size(); i++) {
            X64UnwindCode next = info.codes().get(i);
            if (next.kind() != X64UnwindCode.Kind.EPILOG) {
                break;
            }
            long fromEnd = next.register() << 8 | next.prologOffset();
            long start = function.endRva() - fromEnd;
            if (fromEnd != 0 && rva >= start && rva - start < size) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(int frameRegister, Exits exits) {
        at = 0;
        adjust(frameRegister, null);
        while (pop() >= 0) {
            // only the return after the last pop decides
        }
        int b = u8(0);
        if (b == 0xc3 || b == 0xc2 || ((b == 0xf3 || b == 0xf2) && u8(1) == 0xc3)) {
            return true;
        }
        if (b == 0xeb && at + 2 <= length) {
            return exits.isExit(rva + at + 2 + (byte) u8(1));
        }
        if (b == 0xe9 && at + 5 <= length) {
            return exits.isExit(rva + at + 5 + s32(1));
        }
        int rex = (b & 0xf8) == 0x48 ? 1 : 0;
        boolean indirect = u8(rex) == 0xff;
        int modrm = u8(rex + 1);
        return indirect && (modrm == 0x25 || rex == 1 && (modrm & 0xf8) == 0xe0);
    }

    /** Skips, or applies to a state, the instruction that gives back the fixed allocation. */
    private void adjust(int frameRegister, @Nullable X64State state) {
        int rex = u8(0);
        int opcode = u8(1);
        int modrm = u8(2);
        long value = 0;
        int size = 0;
        boolean relative = true;
        if (rex == 0x48 && modrm == 0xc4 && opcode == 0x83) {
            value = (byte) u8(3);
            size = 4;
        } else if (rex == 0x48 && modrm == 0xc4 && opcode == 0x81) {
            value = s32(3);
            size = 7;
        } else if ((rex & 0xfe) == 0x48 && opcode == 0x8d && (modrm >> 3 & 7) == X64State.RSP) {
            relative = false;
            int base = (rex & 1) << 3 | modrm & 7;
            boolean matches = base == frameRegister && frameRegister != 0 && (modrm & 7) != 4;
            if (matches && modrm >> 6 == 1) {
                value = (byte) u8(3);
                size = 4;
            } else if (matches && modrm >> 6 == 2) {
                value = s32(3);
                size = 7;
            } else if (matches && modrm >> 6 == 0 && (modrm & 7) != 5) {
                size = 3;
            }
        }
        if (size > 0 && state != null) {
            state.rsp((relative ? state.rsp() : state.get(frameRegister)) + value);
        }
        at += size;
    }

    /** The register of a pop at the current place, which is then passed; -1 when there is none. */
    private int pop() {
        int b = u8(0);
        if ((b & 0xf8) == 0x58) {
            at++;
            return b & 7;
        }
        if ((b & 0xfe) == 0x40 || (b & 0xf8) == 0x48) {
            int next = u8(1);
            if ((next & 0xf8) == 0x58) {
                at += 2;
                return next & 7 | (b & 1) << 3;
            }
        }
        return -1;
    }

    private int u8(int offset) {
        return at + offset < length ? code[at + offset] & 0xff : -1;
    }

    private int s32(int offset) {
        return at + offset + 4 > length
                ? 0
                : u8(offset) | u8(offset + 1) << 8 | u8(offset + 2) << 16 | u8(offset + 3) << 24;
    }
}
