package oriel.engine.unwind;

import oriel.model.Architecture;
import oriel.model.Memory;

/** Tells whether an address can be a return address: whether a call stands right before it. */
public final class CallSites {
    /** What the code says about an address. */
    public enum Answer {
        CALL,
        NO_CALL,
        /** The code before the address is not in the target. */
        UNREADABLE
    }

    private static final int LONGEST_CALL = 9;

    private CallSites() {}

    /** Looks at the code before an address. */
    public static Answer before(Memory memory, Architecture architecture, long va) {
        return switch (architecture) {
            case X86, X64 -> intel(memory, va);
            case ARM64 -> arm64(memory, va);
            case ARM -> thumb(memory, va);
        };
    }

    private static Answer intel(Memory memory, long va) {
        var code = new byte[LONGEST_CALL];
        int got = 0;
        int wanted = LONGEST_CALL;
        while (wanted >= 2 && got < wanted) {
            got = memory.read(va - wanted, code, LONGEST_CALL - wanted, wanted);
            if (got < wanted) {
                wanted--;
            }
        }
        if (got < 2) {
            return Answer.UNREADABLE;
        }
        if (wanted >= 5 && (code[LONGEST_CALL - 5] & 0xff) == 0xe8) {
            return Answer.CALL;
        }
        for (int length = 2; length <= Math.min(7, wanted); length++) {
            if ((code[LONGEST_CALL - length] & 0xff) == 0xff
                    && indirectCallLength(code, LONGEST_CALL - length + 1) == length) {
                return Answer.CALL;
            }
        }
        boolean far = wanted >= 7 && (code[LONGEST_CALL - 7] & 0xff) == 0x9a;
        return far ? Answer.CALL : Answer.NO_CALL;
    }

    /** Length of {@code ff /2} by its ModRM byte, prefixes not counted; 0 when it is no call. */
    private static int indirectCallLength(byte[] code, int at) {
        int modrm = code[at] & 0xff;
        if ((modrm >> 3 & 7) != 2) {
            return 0;
        }
        int mode = modrm >> 6;
        int base = modrm & 7;
        if (mode == 3) {
            return 2;
        }
        int length = base == 4 ? 3 : 2;
        if (base == 4 && mode == 0 && at + 1 < code.length && (code[at + 1] & 7) == 5) {
            length += 4;
        }
        return switch (mode) {
            case 0 -> base == 5 ? length + 4 : length;
            case 1 -> length + 1;
            default -> length + 4;
        };
    }

    private static Answer arm64(Memory memory, long va) {
        var code = new byte[4];
        if (memory.read(va - 4, code) < 4) {
            return Answer.UNREADABLE;
        }
        int word = code[0] & 0xff | (code[1] & 0xff) << 8 | (code[2] & 0xff) << 16 | code[3] << 24;
        boolean branchLink = (word & 0xfc000000) == 0x94000000;
        boolean register = (word & 0xfffffc1f) == 0xd63f0000;
        boolean authenticated = (word & 0xfefff800) == 0xd63f0800;
        return branchLink || register || authenticated ? Answer.CALL : Answer.NO_CALL;
    }

    private static Answer thumb(Memory memory, long va) {
        var code = new byte[4];
        long at = va & ~1L;
        if (memory.read(at - 4, code) < 4) {
            return Answer.UNREADABLE;
        }
        int first = code[0] & 0xff | (code[1] & 0xff) << 8;
        int second = code[2] & 0xff | (code[3] & 0xff) << 8;
        boolean branchLink = (first & 0xf800) == 0xf000 && (second & 0xc000) == 0xc000;
        boolean register = (second & 0xff87) == 0x4780;
        return branchLink || register ? Answer.CALL : Answer.NO_CALL;
    }
}
