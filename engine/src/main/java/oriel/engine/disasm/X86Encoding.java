package oriel.engine.disasm;

/** One row of the tables: an encoding of an instruction. Immutable. */
final class X86Encoding {
    /** Stands for bytes that no row fits. */
    static final X86Encoding NONE = new X86Encoding(new X86Row("00 - - -", false, false), false);

    /** Bits of {@link #traits}. */
    static final int LOCKABLE = 1;

    static final int REPEATS = 1 << 1;
    static final int REPEATS_WHILE = 1 << 2;
    static final int BOUNDED = 1 << 3;
    static final int TRACKED = 1 << 4;
    static final int HINTED = 1 << 5;
    static final int ELIDES_LOCKED = 1 << 6;
    static final int ELIDES_RELEASE = 1 << 7;
    static final int PRIVILEGED = 1 << 8;
    static final int FAULTS = 1 << 9;
    static final int MASKED = 1 << 10;
    static final int ROUNDS = 1 << 11;
    static final int SUPPRESSES = 1 << 12;
    static final int PUSHES = 1 << 13;
    static final int POPS = 1 << 14;
    static final int STACK_UNKNOWN = 1 << 15;
    static final int DEFAULT_64 = 1 << 16;
    static final int FORCED_64 = 1 << 17;
    static final int VECTOR_INDEX = 1 << 18;
    static final int NEEDS_SIB = 1 << 19;
    static final int ELIDES_ALWAYS = 1 << 20;
    static final int X87_PUSHES = 1 << 21;
    static final int X87_POPS = 1 << 22;
    static final int X87_POPS_TWO = 1 << 23;
    static final int X87_SETS = 1 << 24;

    final String mnemonic;
    final int mask;
    final int match;
    final X86Slot[] operands;

    /** The forms of all operands, three bits each, when modrm.rm is a register, and when memory. */
    private final int registerForms;

    private final int memoryForms;

    /** How a vector index is read, where the index is a vector. */
    final X86Slot index;

    final FlowKind flow;
    final int traits;

    /** Slots by which it moves the stack pointer: below zero for push. */
    final int stackSlots;

    final boolean isStackKnown;
    final int x87Delta;
    final boolean isX87Known;
    final boolean faults;
    final int tuple;
    final int flagsRead;
    final int flagsWritten;
    final int flagsUndefined;

    /** Whether some ModRM, SIB or vvvv bytes that fit it are no instruction all the same. */
    final boolean isSelective;

    private final int operandSizes;
    private final int constantBytes;
    private final boolean isAbsolute;
    private final CodeRegister[][] reads;
    private final CodeRegister[][] writes;

    X86Encoding(X86Row row, boolean is64) {
        mnemonic = row.mnemonic;
        mask = row.mask;
        match = row.match;
        traits = row.traits;
        operands = new X86Slot[row.operands.length];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = new X86Slot(row.operands[i], row.fixed[i], is64);
        }
        int byRegister = 0;
        int byMemory = 0;
        for (int i = 0; i < operands.length; i++) {
            byRegister |= operands[i].registerForm << 3 * i;
            byMemory |= operands[i].memoryForm << 3 * i;
        }
        registerForms = byRegister;
        memoryForms = byMemory;
        index = is(VECTOR_INDEX) ? new X86Slot(row.index, CodeRegister.NONE, is64) : X86Slot.NONE;
        flow = row.flow;
        stackSlots = is(PUSHES) ? -row.stackSlots : is(POPS) ? row.stackSlots : 0;
        isStackKnown = is(PUSHES | POPS) || !is(STACK_UNKNOWN);
        x87Delta = is(X87_PUSHES) ? -1 : is(X87_POPS) ? 1 : is(X87_POPS_TWO) ? 2 : 0;
        isX87Known = !is(X87_SETS);
        faults = is(FAULTS | PUSHES | POPS | STACK_UNKNOWN);
        tuple = row.tuple;
        flagsRead = row.flagsRead;
        flagsWritten = row.flagsWritten;
        flagsUndefined = row.flagsUndefined;
        isSelective = isSelective();
        isAbsolute = has(X86Operands.ABSOLUTE);
        operandSizes = operandSizes(is64);
        constantBytes = constantBytes();
        reads = row.implicit(row.reads);
        writes = row.implicit(row.writes);
    }

    boolean is(int trait) {
        return (traits & trait) != 0;
    }

    boolean matches(int conditions) {
        return (conditions & mask) == match;
    }

    private boolean isSelective() {
        boolean selective = is(NEEDS_SIB | VECTOR_INDEX);
        for (X86Slot slot : operands) {
            selective |= slot.isSelective();
        }
        return selective;
    }

    private boolean has(int place) {
        boolean found = false;
        for (X86Slot slot : operands) {
            found |= slot.place == place;
        }
        return found;
    }

    /**
     * What all operands are, by whether modrm.rm is memory: a form of a slot in each octal digit.
     */
    int forms(boolean memory) {
        return memory ? memoryForms : registerForms;
    }

    /** Whether vvvv is one of the operands. */
    boolean usesVvvv() {
        return has(X86Operands.VVVV);
    }

    /** The operand size that counts for the row, in two bits for each that there may be. */
    private int operandSizes(boolean is64) {
        int small = is(FORCED_64) && is64 ? 2 : 0;
        int usual = is(FORCED_64 | DEFAULT_64) && is64 ? 2 : 1;
        return small | usual << 2 | 2 << 4;
    }

    /** Bytes of all constants behind the operands, in four bits for each operand size. */
    private int constantBytes() {
        int packed = 0;
        for (int size = 0; size < 3; size++) {
            int bytes = 0;
            for (X86Slot slot : operands) {
                bytes += slot.constantBytes(size);
            }
            packed |= bytes << 4 * size;
        }
        return packed;
    }

    /** The operand size that counts where prefixes and mode say another. */
    int operandSize(int size) {
        return operandSizes >> 2 * size & 3;
    }

    /** Bytes of constants behind the operands. */
    int constantBytes(int operandSize, int addressSize) {
        return isAbsolute ? 2 << addressSize : constantBytes >> 4 * operandSize & 15;
    }

    /** Registers read without being operands, for the sizes of an instruction and a rep prefix. */
    CodeRegister[] reads(X86Cursor c, boolean repeated) {
        return pick(reads, c, repeated);
    }

    CodeRegister[] writes(X86Cursor c, boolean repeated) {
        return pick(writes, c, repeated);
    }

    private static CodeRegister[] pick(CodeRegister[][] variants, X86Cursor c, boolean repeated) {
        if (variants.length == 1) {
            return variants[0];
        }
        return variants[(c.operandSize * 3 + c.addressSize) * 2 + (repeated ? 1 : 0)];
    }
}
