package oriel.engine.disasm;

import oriel.engine.disasm.Operand.Access;
import oriel.engine.disasm.Operand.Indexing;

/** Appends operands to an ARM64 instruction and reads fields of its word. */
final class Arm64Operands {
    static final String[] CONDITIONS = {
        "eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al",
        "nv"
    };

    private static final String[] EXTENDS = {
        "uxtb", "uxth", "uxtw", "uxtx", "sxtb", "sxth", "sxtw", "sxtx"
    };
    private static final String[] SHIFTS = {"lsl", "lsr", "asr", "ror"};

    private Arm64Operands() {}

    /** Bits {@code low .. low+count-1}. */
    static int bits(int word, int low, int count) {
        return word >>> low & (1 << count) - 1;
    }

    /** Whether a bit is set. */
    static boolean bit(int word, int at) {
        return (word >>> at & 1) != 0;
    }

    /** A field as a signed number. */
    static int signed(int word, int low, int count) {
        return word << 32 - low - count >> 32 - count;
    }

    static int rd(int word) {
        return word & 31;
    }

    static int rn(int word) {
        return word >>> 5 & 31;
    }

    static int rm(int word) {
        return word >>> 16 & 31;
    }

    static int ra(int word) {
        return word >>> 10 & 31;
    }

    /** The bit that chooses between x and w registers. */
    static boolean wide(int word) {
        return word < 0;
    }

    /** Begins a valid instruction. */
    static void begin(Instruction to, String mnemonic) {
        to.mnemonic = mnemonic;
        to.valid = true;
    }

    private static Operand add(Instruction to) {
        Operand operand = to.operands[to.operandCount++];
        operand.clearSpecial();
        to.special = true;
        return operand;
    }

    static Operand register(Instruction to, CodeRegister register) {
        Operand operand = add(to);
        operand.setRegister(register, Access.READ);
        return operand;
    }

    /** A general register, 31 being the zero register. */
    static Operand general(Instruction to, boolean wide, int number) {
        return register(to, Arm64Registers.general(wide, number));
    }

    /** A general register, 31 being the stack pointer. */
    static Operand generalOrSp(Instruction to, boolean wide, int number) {
        return register(to, Arm64Registers.generalOrSp(wide, number));
    }

    /** b, h, s, d or q. */
    static Operand floating(Instruction to, int log2Bytes, int number) {
        return register(to, Arm64Registers.floating(log2Bytes, number));
    }

    /** A vector with its arrangement: v0.16b. */
    static Operand vector(Instruction to, int number, String shape) {
        Operand operand = register(to, Arm64Registers.vector(number));
        operand.shape = shape;
        return operand;
    }

    /** One lane of a vector: v0.s[1]. */
    static Operand lane(Instruction to, int number, String shape, int lane) {
        Operand operand = vector(to, number, shape);
        operand.lane = lane;
        return operand;
    }

    /** Consecutive vectors: { v0.16b, v1.16b }. */
    static Operand list(Instruction to, int number, String shape, int count) {
        Operand operand = vector(to, number, shape);
        operand.listCount = count;
        return operand;
    }

    static Operand immediate(Instruction to, long value) {
        Operand operand = add(to);
        operand.setImmediate(value, 8, value < 0);
        return operand;
    }

    /** A floating-point constant; its value is kept as the bits of a double. */
    static Operand constant(Instruction to, double value) {
        Operand operand = add(to);
        operand.setConstant(value);
        return operand;
    }

    /** A word that means something: a condition, a barrier, a system register. */
    static Operand named(Instruction to, String name) {
        Operand operand = add(to);
        operand.setName(name);
        return operand;
    }

    static void condition(Instruction to, int condition) {
        named(to, CONDITIONS[condition]);
        to.flagsRead = Arm64Flags.NZCV;
    }

    static Operand target(Instruction to, long va) {
        Operand operand = add(to);
        operand.setTarget(va, 8);
        return operand;
    }

    /** The address of adr, adrp and literal loads: relative to the program counter. */
    static Operand pcRelative(Instruction to, long target, int bytes, Access access) {
        Operand operand = add(to);
        operand.setMemory(bytes, access, Arm64Registers.PC, target - to.nextVa(), 8);
        return operand;
    }

    /** Memory at a base register. */
    static Operand memory(Instruction to, int base, int bytes, Access access) {
        Operand operand = add(to);
        operand.setMemory(bytes, access, Arm64Registers.generalOrSp(true, base), 0, 8);
        return operand;
    }

    /** Memory with an offset and perhaps write-back, which also moves the stack when it is sp. */
    static Operand memory(
            Instruction to, int base, long offset, Indexing indexing, int bytes, Access access) {
        Operand operand = memory(to, base, bytes, access);
        operand.displacement = offset;
        operand.setIndexing(indexing);
        if (base == 31 && indexing != Indexing.OFFSET) {
            to.stackDelta = (int) offset;
        }
        return operand;
    }

    /** Adds {@code , lsl #amount} and the like to the last operand; nothing for lsl #0. */
    static void shift(Instruction to, int kind, int amount) {
        if (kind != 0 || amount != 0) {
            Operand operand = to.operands[to.operandCount - 1];
            operand.shift = SHIFTS[kind];
            operand.shiftAmount = amount;
        }
    }

    /** Adds an extension to the last operand. */
    static void extend(Instruction to, int option, int amount) {
        shift(to, EXTENDS[option], amount);
    }

    /** Adds a shift or extension by name to the last operand. */
    static void shift(Instruction to, String name, int amount) {
        Operand operand = to.operands[to.operandCount - 1];
        operand.shift = name;
        operand.shiftAmount = amount;
    }

    /** The first operand is written. */
    static void writesFirst(Instruction to) {
        to.operands[0].setAccess(Access.WRITE);
    }

    /** The first operand is read and written. */
    static void changesFirst(Instruction to) {
        to.operands[0].setAccess(Access.READ_WRITE);
    }
}
