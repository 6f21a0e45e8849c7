package oriel.bench.oracle;

/**
 * Instruction sets that Oriel shows as data and that oracles know or not, depending on how new they
 * are: SVE and SME of ARM64, APX of x64.
 */
final class LeftOut {
    private static final int REX2 = 0xd5;
    private static final int EVEX = 0x62;

    /** Bytes of prefixes, opcode and ModRM of the longest of them. */
    private static final int LONGEST = 15;

    private LeftOut() {}

    /** Whether what begins there belongs to one of these sets. */
    static boolean at(CodeBlock block, int at) {
        return switch (block.architecture()) {
            case ARM64 -> isScalable(block.code()[at + 3]);
            case X64 -> isApx(block.code(), at);
            default -> false;
        };
    }

    private static boolean isScalable(int top) {
        return (top & 0x1e) == 4 || (top & 0x1e) == 0 && top != 0;
    }

    private static boolean isApx(byte[] code, int start) {
        int end = Math.min(code.length, start + LONGEST);
        int at = start;
        while (at < end && isPrefix(code[at] & 0xff)) {
            at++;
        }
        if (at < end && (code[at] & 0xff) == REX2) {
            return true;
        }
        return at + 4 < end && (code[at] & 0xff) == EVEX && isApxEvex(code, at);
    }

    private static boolean isPrefix(int value) {
        return switch (value) {
            case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3 -> true;
            default -> value >> 4 == 4; // REX
        };
    }

    /** By the bits for registers above 15, map 4, and the instructions of VEX that moved here. */
    private static boolean isApxEvex(byte[] code, int at) {
        int opcode = code[at + 4] & 0xff;
        boolean moreRegisters = (code[at + 1] & 8) != 0 || (code[at + 2] & 4) == 0;
        return moreRegisters
                || switch (code[at + 1] & 7) {
                    case 1 -> opcode >= 0x90 && opcode <= 0x93;
                    case 2 ->
                            opcode == 0x49
                                    || opcode == 0x4b
                                    || opcode >> 4 == 0xe
                                    || opcode >= 0xf2 && opcode <= 0xf7;
                    case 3 -> opcode == 0xf0;
                    case 4 -> true;
                    default -> false;
                };
    }
}
