package oriel.engine.disasm;

import java.util.Optional;
import oriel.engine.disasm.CodeRegister.Kind;

/**
 * All other registers of x86, apart because a fresh JVM that decodes plain code needs none of them.
 * The index into each array is the encoded number.
 */
final class X86SpecialRegisters {
    static final CodeRegister[] CONTROL64 = series("cr", Kind.CONTROL, 16, 64);
    static final CodeRegister[] CONTROL32 = series("cr", Kind.CONTROL, 16, 32);
    static final CodeRegister[] DEBUG64 = series("dr", Kind.DEBUG, 16, 64);
    static final CodeRegister[] DEBUG32 = series("dr", Kind.DEBUG, 16, 32);
    static final CodeRegister[] MMX = mmx();
    static final CodeRegister[] X87 = x87();
    static final CodeRegister[] XMM = vector("xmm", 128);
    static final CodeRegister[] YMM = vector("ymm", 256);
    static final CodeRegister[] ZMM = vector("zmm", 512);
    static final CodeRegister[] MASK = series("k", Kind.MASK, 8, 64);
    static final CodeRegister[] BOUND = series("bnd", Kind.BOUND, 4, 128);
    static final CodeRegister[] TILE = series("tmm", Kind.TILE, 8, 8192);
    private static final CodeRegister[] MASK_FILE = X86Registers.repeated(MASK, 16);

    private static final CodeRegister[][] BY_NAME = {
        X87,
        XMM,
        MMX,
        {
            new CodeRegister("mxcsr", Kind.CONTROL, 0, 32, 0, "mxcsr", "mxcsr"),
            new CodeRegister("fpcw", Kind.CONTROL, 1, 16, 0, "fpcw", "fpcw"),
            new CodeRegister("fpsw", Kind.CONTROL, 2, 16, 0, "fpsw", "fpsw"),
            new CodeRegister("ssp", Kind.CONTROL, 3, 64, 0, "ssp", "ssp"),
            new CodeRegister("efl", Kind.FLAGS, 0, 32, 0, "efl", "efl")
        }
    };

    private X86SpecialRegisters() {}

    /** A register by name, if there is one. */
    static Optional<CodeRegister> find(String name) {
        for (CodeRegister[] group : BY_NAME) {
            for (CodeRegister register : group) {
                if (register.name().equals(name)) {
                    return Optional.of(register);
                }
            }
        }
        return Optional.empty();
    }

    /** Registers by file and width, as {@link X86Registers#file}. */
    static CodeRegister[] file(int file, int bytes, boolean is64) {
        return switch (file) {
            case X86Operands.VECTOR -> bytes == 32 ? YMM : bytes == 64 ? ZMM : XMM;
            case X86Operands.MMX -> X86Registers.repeated(MMX, 8);
            case X86Operands.MASK -> MASK_FILE;
            case X86Operands.MASK_PAIR -> pairs();
            case X86Operands.SEGMENT -> X86Registers.repeated(X86Registers.SEGMENT, 8);
            case X86Operands.CONTROL -> X86Registers.repeated(is64 ? CONTROL64 : CONTROL32, 16);
            case X86Operands.DEBUG -> X86Registers.repeated(is64 ? DEBUG64 : DEBUG32, 16);
            case X86Operands.BOUND -> X86Registers.repeated(BOUND, 32);
            case X86Operands.TILE -> X86Registers.repeated(TILE, 32);
            default -> X86Registers.repeated(X87, 8);
        };
    }

    /** The first of two mask registers that are written together. */
    private static CodeRegister[] pairs() {
        CodeRegister[] file = MASK_FILE.clone();
        for (int i = 1; i < 32; i += 2) {
            file[i] = file[i - 1];
        }
        return file;
    }

    private static CodeRegister[] series(String prefix, Kind kind, int count, int bits) {
        var registers = new CodeRegister[count];
        for (int i = 0; i < count; i++) {
            String name = prefix.concat(Integer.toString(i));
            registers[i] = new CodeRegister(name, kind, i, bits, 0, name, name);
        }
        return registers;
    }

    /** Contexts keep the low 128 bits only, under the name of the xmm register. */
    private static CodeRegister[] vector(String prefix, int bits) {
        var registers = new CodeRegister[32];
        for (int i = 0; i < 32; i++) {
            String number = Integer.toString(i);
            String full = "xmm".concat(number);
            registers[i] =
                    new CodeRegister(prefix.concat(number), Kind.VECTOR, i, bits, 0, full, full);
        }
        return registers;
    }

    /** MMX registers lie in the x87 registers, which contexts keep relative to the stack top. */
    private static CodeRegister[] mmx() {
        var registers = new CodeRegister[8];
        for (int i = 0; i < 8; i++) {
            String number = Integer.toString(i);
            registers[i] = new CodeRegister("mm".concat(number), Kind.MMX, i, 64, 0, "", "");
        }
        return registers;
    }

    private static CodeRegister[] x87() {
        var registers = new CodeRegister[8];
        for (int i = 0; i < 8; i++) {
            String number = Integer.toString(i);
            String full = "st".concat(number);
            registers[i] =
                    new CodeRegister(
                            "st(".concat(number).concat(")"), Kind.X87, i, 80, 0, full, full);
        }
        return registers;
    }
}
