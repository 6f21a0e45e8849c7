package oriel.engine.disasm;

import java.util.Arrays;
import java.util.Optional;
import oriel.engine.disasm.CodeRegister.Kind;

/** All registers that x86 instructions name; the index into each array is the encoded number. */
final class X86Registers {
    private static final String[] WIDE = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
        "r13", "r14", "r15"
    };
    private static final String[] NARROW = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
    private static final String[] WORDS = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] NEW_BYTES = {"al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"};
    private static final String[] HIGH_BYTES = {"ah", "ch", "dh", "bh"};

    static final CodeRegister[] GENERAL64 = general(WIDE, "", 64);
    static final CodeRegister[] GENERAL32 = general(NARROW, "d", 32);
    static final CodeRegister[] GENERAL16 = general(WORDS, "w", 16);

    /** With a REX prefix: spl, bpl, sil, dil at 4..7. */
    static final CodeRegister[] GENERAL8 = general(NEW_BYTES, "b", 8);

    /** Without a REX prefix: ah, ch, dh, bh at 4..7. */
    static final CodeRegister[] LEGACY8 = legacyBytes();

    static final CodeRegister[] SEGMENT =
            named(Kind.SEGMENT, 16, "es", "cs", "ss", "ds", "fs", "gs");
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
    static final CodeRegister[] GENERAL64_FILE = repeated(GENERAL64, 32);
    static final CodeRegister[] GENERAL32_FILE = repeated(GENERAL32, 32);
    static final CodeRegister[] GENERAL16_FILE = repeated(GENERAL16, 32);
    static final CodeRegister[] GENERAL8_FILE = repeated(GENERAL8, 32);
    static final CodeRegister[] LEGACY8_FILE = repeated(LEGACY8, 32);
    private static final CodeRegister[] MASK_FILE = repeated(MASK, 16);
    static final CodeRegister RIP =
            new CodeRegister("rip", Kind.PROGRAM_COUNTER, 0, 64, 0, "rip", "");
    static final CodeRegister EIP =
            new CodeRegister("eip", Kind.PROGRAM_COUNTER, 0, 32, 0, "rip", "eip");

    /** What {@link #BASE64} and {@link #BASE32} have behind the general registers. */
    static final int PROGRAM_COUNTER = 16;

    static final int NO_BASE = 17;

    /** What numbers mean as a base and as an index. */
    static final CodeRegister[] BASE64 = bases(GENERAL64, RIP);

    static final CodeRegister[] BASE32 = bases(GENERAL32, EIP);
    static final CodeRegister[] INDEX64 = indices(GENERAL64);
    static final CodeRegister[] INDEX32 = indices(GENERAL32);

    /** dx, which holds the number of a port. */
    static final CodeRegister PORT = GENERAL16[2];

    static final CodeRegister ES = SEGMENT[0];
    static final CodeRegister CS = SEGMENT[1];
    static final CodeRegister SS = SEGMENT[2];
    static final CodeRegister DS = SEGMENT[3];

    private static final CodeRegister[][] BY_NAME = {
        GENERAL64, GENERAL32, GENERAL16, GENERAL8, LEGACY8, SEGMENT, X87, XMM, MMX
    };
    private static final CodeRegister[] OTHERS = {
        new CodeRegister("mxcsr", Kind.CONTROL, 0, 32, 0, "mxcsr", "mxcsr"),
        new CodeRegister("fpcw", Kind.CONTROL, 1, 16, 0, "fpcw", "fpcw"),
        new CodeRegister("fpsw", Kind.CONTROL, 2, 16, 0, "fpsw", "fpsw"),
        new CodeRegister("ssp", Kind.CONTROL, 3, 64, 0, "ssp", "ssp"),
        new CodeRegister("efl", Kind.FLAGS, 0, 32, 0, "efl", "efl"),
        RIP,
        EIP
    };

    private X86Registers() {}

    /**
     * A register by name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static CodeRegister named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no register ".concat(name)));
    }

    /** A register by name, if there is one. */
    static Optional<CodeRegister> find(String name) {
        for (CodeRegister[] group : BY_NAME) {
            for (CodeRegister register : group) {
                if (register.name().equals(name)) {
                    return Optional.of(register);
                }
            }
        }
        for (CodeRegister register : OTHERS) {
            if (register.name().equals(name)) {
                return Optional.of(register);
            }
        }
        return Optional.empty();
    }

    /** The general registers of a width: 0 is 16 bits, 1 is 32, 2 is 64. */
    static CodeRegister[] general(int width) {
        return width == 1 ? GENERAL32 : width == 2 ? GENERAL64 : GENERAL16;
    }

    /**
     * The registers that the numbers 0..31 name in a file of {@link X86Operands} and a width,
     * {@link CodeRegister#NONE} where there is none.
     */
    static CodeRegister[] file(int file, int bytes, boolean is64) {
        return switch (file) {
            case X86Operands.GENERAL ->
                    bytes == 1
                            ? GENERAL8_FILE
                            : bytes == 2
                                    ? GENERAL16_FILE
                                    : bytes == 8 ? GENERAL64_FILE : GENERAL32_FILE;
            case X86Operands.VECTOR -> bytes == 32 ? YMM : bytes == 64 ? ZMM : XMM;
            case X86Operands.MMX -> repeated(MMX, 8);
            case X86Operands.MASK -> MASK_FILE;
            case X86Operands.MASK_PAIR -> pairs();
            case X86Operands.SEGMENT -> repeated(SEGMENT, 8);
            case X86Operands.CONTROL -> repeated(is64 ? CONTROL64 : CONTROL32, 16);
            case X86Operands.DEBUG -> repeated(is64 ? DEBUG64 : DEBUG32, 16);
            case X86Operands.BOUND -> repeated(BOUND, 32);
            case X86Operands.TILE -> repeated(TILE, 32);
            default -> repeated(X87, 8);
        };
    }

    /** 32 numbers that name registers modulo some number; those beyond the last name none. */
    private static CodeRegister[] repeated(CodeRegister[] registers, int modulo) {
        var file = new CodeRegister[32];
        for (int i = 0; i < 32; i++) {
            int number = i % modulo;
            file[i] = number < registers.length ? registers[number] : CodeRegister.NONE;
        }
        return file;
    }

    private static CodeRegister[] bases(CodeRegister[] general, CodeRegister programCounter) {
        CodeRegister[] bases = Arrays.copyOf(general, NO_BASE + 1);
        bases[PROGRAM_COUNTER] = programCounter;
        bases[NO_BASE] = CodeRegister.NONE;
        return bases;
    }

    private static CodeRegister[] indices(CodeRegister[] general) {
        CodeRegister[] indices = general.clone();
        indices[4] = CodeRegister.NONE;
        return indices;
    }

    /** The first of two mask registers that are written together. */
    private static CodeRegister[] pairs() {
        CodeRegister[] file = MASK_FILE.clone();
        for (int i = 1; i < 32; i += 2) {
            file[i] = file[i - 1];
        }
        return file;
    }

    private static CodeRegister[] general(String[] low, String suffix, int bits) {
        var registers = new CodeRegister[16];
        for (int i = 0; i < 16; i++) {
            String name = i < low.length ? low[i] : WIDE[i].concat(suffix);
            registers[i] =
                    new CodeRegister(
                            name, Kind.GENERAL, i, bits, 0, WIDE[i], i < 8 ? NARROW[i] : "");
        }
        return registers;
    }

    private static CodeRegister[] legacyBytes() {
        CodeRegister[] registers = GENERAL8.clone();
        for (int i = 0; i < 4; i++) {
            registers[4 + i] =
                    new CodeRegister(HIGH_BYTES[i], Kind.GENERAL, 4 + i, 8, 8, WIDE[i], NARROW[i]);
        }
        return registers;
    }

    private static CodeRegister[] named(Kind kind, int bits, String... names) {
        var registers = new CodeRegister[names.length];
        for (int i = 0; i < names.length; i++) {
            registers[i] = new CodeRegister(names[i], kind, i, bits, 0, names[i], names[i]);
        }
        return registers;
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
