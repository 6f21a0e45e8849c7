package oriel.engine.disasm;

import oriel.engine.disasm.CodeRegister.Kind;

/** The registers that ARM64 instructions name, by number; 31 is the zero register or sp. */
final class Arm64Registers {
    static final CodeRegister PC = new CodeRegister("pc", Kind.PROGRAM_COUNTER, 0, 64, 0, "pc", "");

    private static final CodeRegister[] X = general("x", 64, "xzr", Kind.ZERO, "");
    private static final CodeRegister[] W = general("w", 32, "wzr", Kind.ZERO, "");
    private static final CodeRegister[] X_SP = withLast(X, "sp", 64);
    private static final CodeRegister[] W_SP = withLast(W, "wsp", 32);
    private static final CodeRegister[][] FLOAT = {
        vector("b", 8), vector("h", 16), vector("s", 32), vector("d", 64), vector("q", 128)
    };
    private static final CodeRegister[] VECTOR = vector("v", 128);

    private Arm64Registers() {}

    /** A 64-bit or 32-bit general register; 31 is the zero register. */
    static CodeRegister general(boolean wide, int number) {
        return (wide ? X : W)[number & 31];
    }

    /** A 64-bit or 32-bit general register; 31 is the stack pointer. */
    static CodeRegister generalOrSp(boolean wide, int number) {
        return (wide ? X_SP : W_SP)[number & 31];
    }

    /** b, h, s, d or q of a vector register. */
    static CodeRegister floating(int log2Bytes, int number) {
        return FLOAT[log2Bytes][number & 31];
    }

    /** A vector register by its name as a whole. */
    static CodeRegister vector(int number) {
        return VECTOR[number & 31];
    }

    private static CodeRegister[] general(
            String prefix, int bits, String last, Kind lastKind, String lastFull) {
        var registers = new CodeRegister[32];
        for (int i = 0; i < 31; i++) {
            registers[i] = new CodeRegister(prefix + i, Kind.GENERAL, i, bits, 0, full(i), "");
        }
        registers[31] = new CodeRegister(last, lastKind, 31, bits, 0, lastFull, "");
        return registers;
    }

    private static String full(int number) {
        return switch (number) {
            case 29 -> "fp";
            case 30 -> "lr";
            default -> "x" + number;
        };
    }

    private static CodeRegister[] withLast(CodeRegister[] from, String name, int bits) {
        CodeRegister[] registers = from.clone();
        registers[31] = new CodeRegister(name, Kind.GENERAL, 31, bits, 0, "sp", "");
        return registers;
    }

    private static CodeRegister[] vector(String prefix, int bits) {
        var registers = new CodeRegister[32];
        for (int i = 0; i < 32; i++) {
            registers[i] = new CodeRegister(prefix + i, Kind.VECTOR, i, bits, 0, "v" + i, "");
        }
        return registers;
    }
}
