package oriel.engine.disasm;

import java.util.Arrays;
import java.util.Optional;
import oriel.engine.disasm.CodeRegister.Kind;

/**
 * The registers that nearly every instruction names: general ones, segments, the program counter.
 * The index into each array is the encoded number.
 */
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
    static final CodeRegister[] GENERAL64_FILE = repeated(GENERAL64, 32);
    static final CodeRegister[] GENERAL32_FILE = repeated(GENERAL32, 32);
    static final CodeRegister[] GENERAL16_FILE = repeated(GENERAL16, 32);
    static final CodeRegister[] GENERAL8_FILE = repeated(GENERAL8, 32);
    static final CodeRegister[] LEGACY8_FILE = repeated(LEGACY8, 32);
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
        GENERAL64, GENERAL32, GENERAL16, GENERAL8, LEGACY8, SEGMENT, {RIP, EIP}
    };

    private X86Registers() {}

    /**
     * A register by name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static CodeRegister named(String name) {
        Optional<CodeRegister> found = find(name);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no register ".concat(name));
        }
        return found.get();
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
        return X86SpecialRegisters.find(name);
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
        if (file != X86Operands.GENERAL) {
            return X86SpecialRegisters.file(file, bytes, is64);
        }
        return switch (bytes) {
            case 1 -> GENERAL8_FILE;
            case 2 -> GENERAL16_FILE;
            case 8 -> GENERAL64_FILE;
            default -> GENERAL32_FILE;
        };
    }

    /** 32 numbers that name registers modulo some number; those beyond the last name none. */
    static CodeRegister[] repeated(CodeRegister[] registers, int modulo) {
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
}
