package oriel.engine.disasm;

import java.util.OptionalLong;
import oriel.model.RegisterSet;

/**
 * One operand of an {@link Instruction}, overwritten by the next decode into that instruction.
 * Accessors that do not belong to its kind answer zero or {@link CodeRegister#NONE}.
 */
public final class Operand {
    /** What an operand is. */
    public enum Kind {
        /** A register: {@link #register}. */
        REGISTER,
        /** A number: {@link #value}. */
        IMMEDIATE,
        /** Something in memory: base + index * scale + displacement. */
        MEMORY,
        /** An address in the code, worked out: {@link #value}. */
        TARGET,
        /** A selector and an offset: {@link #selector}, {@link #value}. */
        FAR_POINTER,
        /** A floating-point constant (ARM64): {@link #constant}. */
        CONSTANT,
        /** A word with a meaning (ARM64): a condition, barrier, system register: {@link #name}. */
        NAME;

        private static final Kind[] ALL = values();
    }

    /** When an ARM64 memory operand adds its offset to the base register. */
    public enum Indexing {
        /** The base stays: {@code [x0, #8]}. */
        OFFSET,
        /** The base moves first: {@code [x0, #8]!}. */
        PRE,
        /** The base is used and moves afterwards: {@code [x0], #8}. */
        POST;

        private static final Indexing[] ALL = values();
    }

    /** What the instruction does with an operand. */
    public enum Access {
        READ,
        WRITE,
        READ_WRITE,
        /** Neither: the address of lea, a prefetch hint, the operand of a long nop. */
        NONE;

        private static final Access[] ALL = values();

        /** Whether the old value matters. */
        public boolean reads() {
            return this == READ || this == READ_WRITE;
        }

        /** Whether the value changes. */
        public boolean writes() {
            return this == WRITE || this == READ_WRITE;
        }
    }

    /**
     * Ordinals of {@link Kind}. Decoding uses numbers alone: storing them costs less than storing
     * references, and a fresh JVM need not load the enums before somebody asks for them.
     */
    static final int REGISTER = 0;

    static final int IMMEDIATE = 1;
    static final int MEMORY = 2;
    static final int TARGET = 3;
    static final int FAR_POINTER = 4;
    static final int CONSTANT = 5;
    static final int NAME = 6;

    /** Ordinals of {@link Access}. */
    static final int READ = 0;

    static final int WRITE = 1;
    static final int READ_WRITE = 2;
    static final int NO_ACCESS = 3;

    /** What it is and what is done with it, in one number: see {@link #state}. */
    private int state;

    /** Width of what is not a register. */
    private int sizeBytes;

    private CodeRegister register = CodeRegister.NONE;
    long value;
    boolean signed;
    int selector;

    /** The number of an x86 segment, or -1. */
    int segment = -1;

    boolean segmentOverridden;
    CodeRegister base = CodeRegister.NONE;
    CodeRegister index = CodeRegister.NONE;
    int scale;
    long displacement;
    int addressBytes;
    int broadcast;
    CodeRegister mask = CodeRegister.NONE;
    boolean zeroing;
    String shape = "";
    int lane = -1;
    int listCount;
    String shift = "";
    int shiftAmount;
    boolean shiftShown;
    private int indexing;
    String name = "";

    Operand() {}

    /** What it is. */
    public Kind kind() {
        return Kind.ALL[state & 0xff];
    }

    /** What the instruction does with it. */
    public Access access() {
        return Access.ALL[state >> 8];
    }

    /**
     * Width in bytes: of the register, of the memory accessed, of the immediate once extended. 0
     * for memory whose size the instruction does not fix (lea, invlpg, fxsave).
     */
    public int sizeBytes() {
        return isKind(REGISTER) ? register.bytes() : sizeBytes;
    }

    /** The register of a REGISTER operand. */
    public CodeRegister register() {
        return isKind(REGISTER) ? register : CodeRegister.NONE;
    }

    /** The number of an IMMEDIATE (sign-extended if {@link #signed}), the address of a TARGET. */
    public long value() {
        return value;
    }

    /** Whether an immediate was sign-extended from its encoding. */
    public boolean signed() {
        return signed;
    }

    /** The segment selector of a FAR_POINTER. */
    public int selector() {
        return selector;
    }

    /** The segment of a memory operand, the default one included: ds for [rax], ss for [rsp]. */
    public CodeRegister segment() {
        return segment < 0 ? CodeRegister.NONE : X86Registers.SEGMENT[segment];
    }

    /** Whether a prefix chose the segment. */
    public boolean segmentOverridden() {
        return segmentOverridden;
    }

    /** The base register of a memory operand; rip or eip when relative to the next instruction. */
    public CodeRegister base() {
        return base;
    }

    /** The index register of a memory operand. */
    public CodeRegister index() {
        return index;
    }

    /** What the index is multiplied by: 1, 2, 4 or 8. */
    public int scale() {
        return scale;
    }

    /** The signed displacement of a memory operand. */
    public long displacement() {
        return displacement;
    }

    /** Width of the address in bytes: 2, 4 or 8. */
    public int addressBytes() {
        return addressBytes;
    }

    /** How many copies of one memory element an AVX-512 broadcast makes; 0 when none. */
    public int broadcast() {
        return broadcast;
    }

    /** The AVX-512 mask register that guards this operand. */
    public CodeRegister mask() {
        return mask;
    }

    /** Whether masked-out elements become zero instead of keeping their value. */
    public boolean zeroing() {
        return zeroing;
    }

    /** How an ARM64 vector is divided: {@code 16b}, {@code 4s}; of a lane {@code s}; else empty. */
    public String shape() {
        return shape;
    }

    /** The lane of an ARM64 vector that is meant, or -1 for all of it. */
    public int lane() {
        return lane;
    }

    /** How many consecutive ARM64 vector registers (modulo 32) a list has; 0 when not a list. */
    public int listCount() {
        return listCount;
    }

    /**
     * What is done to an ARM64 register or immediate, or to the index of memory, before use: {@code
     * lsl}, {@code sxtw} and so on by {@link #shiftAmount}; empty for nothing.
     */
    public String shift() {
        return shift;
    }

    /** Bits to shift by. */
    public int shiftAmount() {
        return shiftAmount;
    }

    /** When an ARM64 memory operand moves its base. */
    public Indexing indexing() {
        return Indexing.ALL[indexing];
    }

    /** The word of a NAME operand. */
    public String name() {
        return name;
    }

    /** The number of a CONSTANT operand. */
    public double constant() {
        return isKind(CONSTANT) ? Double.longBitsToDouble(value) : 0;
    }

    /** Whether this is memory. */
    public boolean isMemory() {
        return isKind(MEMORY);
    }

    /** Whether this is the given register. */
    public boolean is(CodeRegister wanted) {
        return isKind(REGISTER) && register == wanted;
    }

    /** Whether the address is relative to the program counter. */
    public boolean isPcRelative() {
        return isMemory() && base.kind() == CodeRegister.Kind.PROGRAM_COUNTER;
    }

    /** The value of a REGISTER or IMMEDIATE operand (low 64 bits) when known. */
    public OptionalLong value(RegisterSet registers) {
        if (isKind(REGISTER)) {
            return register.value(registers);
        }
        boolean number = isKind(IMMEDIATE) || isKind(TARGET);
        return number ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private boolean isKind(int wanted) {
        return (state & 0xff) == wanted;
    }

    /** Kind and access as one number. */
    static int state(int kind, int access) {
        return kind | access << 8;
    }

    /** Changes what the instruction does with it. */
    void setAccess(Access how) {
        state = state(state & 0xff, how.ordinal());
    }

    /** Makes this a register operand. */
    void setRegister(CodeRegister r, Access how) {
        setRegister(r, state(REGISTER, how.ordinal()));
    }

    void setRegister(CodeRegister r, int registerState) {
        state = registerState;
        register = r;
    }

    /** Makes this a floating-point constant. */
    void setConstant(double number) {
        setImmediate(Double.doubleToRawLongBits(number), 8, false);
        state = state(CONSTANT, READ);
    }

    /** Makes this a word with a meaning. */
    void setName(String word) {
        setImmediate(0, 0, false);
        state = state(NAME, READ);
        name = word;
    }

    /** Makes this an immediate. */
    void setImmediate(long number, int bytes, boolean extended) {
        state = state(IMMEDIATE, READ);
        value = number;
        sizeBytes = bytes;
        signed = extended;
    }

    /** Makes this a code address. */
    void setTarget(long va, int bytes) {
        setImmediate(va, bytes, false);
        state = state(TARGET, READ);
    }

    /** Makes this a far pointer. */
    void setFarPointer(int segmentSelector, long offset, int bytes) {
        setImmediate(offset, bytes, false);
        state = state(FAR_POINTER, READ);
        selector = segmentSelector;
    }

    /** Makes this memory without segment; the decoder adds what there is. */
    void setMemory(int bytes, Access how, CodeRegister from, long distance, int bytesOfAddress) {
        setMemory(bytes, state(MEMORY, how.ordinal()), from, distance, bytesOfAddress);
    }

    void setMemory(
            int bytes, int memoryState, CodeRegister from, long distance, int bytesOfAddress) {
        setMemory(bytes, memoryState, from, CodeRegister.NONE, 1, distance);
        segment = -1;
        segmentOverridden = false;
        addressBytes = bytesOfAddress;
    }

    /** Makes this memory at a sum; the decoder adds the segment and the width of the address. */
    void setMemory(
            int bytes,
            int memoryState,
            CodeRegister from,
            CodeRegister plus,
            int times,
            long distance) {
        state = memoryState;
        sizeBytes = bytes;
        base = from;
        index = plus;
        scale = times;
        displacement = distance;
    }

    /** Makes a memory operand one element that is read for all of them. */
    void setBroadcast(int elementBytes) {
        broadcast = sizeBytes / elementBytes;
        sizeBytes = elementBytes;
    }

    /** Says when memory moves its base. */
    void setIndexing(Indexing when) {
        indexing = when.ordinal();
    }

    /** Forgets what only ARM64 and AVX-512 have, see {@link Instruction#special}. */
    void clearSpecial() {
        mask = CodeRegister.NONE;
        zeroing = false;
        broadcast = 0;
        shape = "";
        lane = -1;
        listCount = 0;
        shift = "";
        shiftAmount = 0;
        shiftShown = false;
        indexing = 0;
    }
}
