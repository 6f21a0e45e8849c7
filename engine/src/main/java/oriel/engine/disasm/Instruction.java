package oriel.engine.disasm;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oriel.model.AddressRange;
import oriel.model.RegisterSet;

/**
 * A decoded instruction. Made once and filled by {@link Disassembler#decode} again and again, so
 * that decoding allocates nothing; it and its operands change with the next decode. Not for more
 * than one thread at a time.
 */
public final class Instruction {
    /** Most operands that an instruction of any architecture has. */
    public static final int MAX_OPERANDS = 6;

    /** Prefix bits of {@link #prefixes}. */
    public static final int LOCK = 1;

    public static final int REP = 1 << 1;
    public static final int REPNE = 1 << 2;
    public static final int BND = 1 << 3;
    public static final int NOTRACK = 1 << 4;
    public static final int XACQUIRE = 1 << 5;
    public static final int XRELEASE = 1 << 6;
    public static final int HINT_TAKEN = 1 << 7;
    public static final int HINT_NOT_TAKEN = 1 << 8;

    /** How an AVX-512 instruction rounds when it does not follow mxcsr. */
    public enum Rounding {
        NONE,
        NEAREST,
        DOWN,
        UP,
        TO_ZERO,
        /** Only exceptions are suppressed: {@code {sae}}. */
        SUPPRESS_EXCEPTIONS;

        private static final Rounding[] ALL = values();
    }

    private static final CodeRegister[] NO_REGISTERS = {};

    final Operand[] operands = new Operand[MAX_OPERANDS];
    long va;
    int length;
    boolean valid;
    int word;

    /** Whether it is an ARM64 word, instruction or not. */
    boolean isWord;

    String mnemonic = "";
    FlowKind flow = FlowKind.NEXT;
    int operandCount;
    int prefixes;

    /** Ordinal of {@link Rounding}. */
    int rounding;

    CodeRegister[] implicitReads = NO_REGISTERS;
    CodeRegister[] implicitWrites = NO_REGISTERS;
    int flagsRead;
    int flagsWritten;
    int flagsUndefined;
    boolean privileged;
    boolean faults;
    boolean stackKnown;
    int stackDelta;
    boolean x87Known;
    int x87Delta;
    int addressMaskBits = 64;

    /**
     * Whether operands may hold what only ARM64 and AVX-512 have: the x86 decoder clears it before
     * the next instruction, and need not for every plain one.
     */
    boolean special;

    /** The array that was decoded, and the index of the first byte in it. */
    byte[] code = {};

    int start;

    /** Scratch space of the x86 decoder. */
    final X86Cursor cursor = new X86Cursor();

    /** The row of an x86 instruction. */
    private @Nullable X86Encoding row;

    /** Whether the operands of that row are still to be worked out. */
    private boolean pending;

    /** An instruction to decode into; not valid yet. */
    public Instruction() {
        for (int i = 0; i < MAX_OPERANDS; i++) {
            operands[i] = new Operand();
        }
    }

    /** Address of the first byte. */
    public long va() {
        return va;
    }

    /** Bytes, 1..15; also set when not {@link #valid}. */
    public int length() {
        return length;
    }

    /** Address of the next instruction in memory. */
    public long nextVa() {
        return addressMaskBits == 64 ? va + length : (va + length) & 0xffffffffL;
    }

    /** The bytes it covers. */
    public AddressRange range() {
        return new AddressRange(va, length);
    }

    /**
     * Appends its bytes as they are in the array that was decoded: in hexadecimal, first byte
     * first, and a plus sign when there are more than wanted. A word of ARM64 is written as a
     * number, as every disassembler does: last byte first.
     */
    public void appendBytes(int most, StringBuilder out) {
        for (int i = 0; i < Math.min(most, length); i++) {
            int value = code[start + (row == null && isWord ? length - 1 - i : i)];
            out.append(Character.forDigit(value >> 4 & 15, 16));
            out.append(Character.forDigit(value & 15, 16));
        }
        if (length > most) {
            out.append('+');
        }
    }

    /** The first byte, for an instruction that is not valid. */
    int firstByte() {
        return code[start] & 0xff;
    }

    /** Whether the bytes were an instruction. */
    public boolean valid() {
        return valid;
    }

    /** Lower case without prefixes, in the Intel or ARM spelling: {@code mov}, {@code b.eq}. */
    public String mnemonic() {
        return row != null ? row.mnemonic : mnemonic;
    }

    /** Where execution goes afterwards. */
    public FlowKind flow() {
        return row != null ? row.flow : flow;
    }

    /** How many explicit operands there are. */
    public int operandCount() {
        complete();
        return operandCount;
    }

    /** An explicit operand, in Intel or ARM order (destination first). */
    public Operand operand(int i) {
        complete();
        if (i >= operandCount) {
            throw new IndexOutOfBoundsException(i);
        }
        return operands[i];
    }

    /** Prefixes that mean something here: LOCK, REP, REPNE, BND, NOTRACK and so on. */
    public int prefixes() {
        complete();
        return prefixes;
    }

    /** Whether a prefix is present and means something here. */
    public boolean has(int prefix) {
        complete();
        return (prefixes & prefix) != 0;
    }

    /** Rounding and exception suppression written in the instruction. */
    public Rounding rounding() {
        complete();
        return Rounding.ALL[rounding];
    }

    /** How many registers it reads without naming them in an operand. */
    public int implicitReadCount() {
        return implicitReads().length;
    }

    /** Where an operand comes from, as {@link X86Operands} numbers it. */
    int place(int operand) {
        return row != null ? row.operands[operand].place : -1;
    }

    /** A register that it reads without naming it: rsp of push, rcx of rep. */
    public CodeRegister implicitRead(int i) {
        return implicitReads()[i];
    }

    /** How many registers it writes without naming them in an operand. */
    public int implicitWriteCount() {
        return implicitWrites().length;
    }

    /** A register that it writes without naming it: rdx of mul. */
    public CodeRegister implicitWrite(int i) {
        return implicitWrites()[i];
    }

    private CodeRegister[] implicitReads() {
        return row != null ? row.reads(cursor, has(REP | REPNE)) : implicitReads;
    }

    private CodeRegister[] implicitWrites() {
        return row != null ? row.writes(cursor, has(REP | REPNE)) : implicitWrites;
    }

    /** Flags that it tests, as bits of rflags or cpsr. */
    public int flagsRead() {
        return row != null ? row.flagsRead : flagsRead;
    }

    /** Flags that it changes, undefined ones included, as bits of rflags or cpsr. */
    public int flagsWritten() {
        return row != null ? row.flagsWritten : flagsWritten;
    }

    /** Flags that are undefined afterwards, a subset of {@link #flagsWritten}. */
    public int flagsUndefined() {
        return row != null ? row.flagsUndefined : flagsUndefined;
    }

    /** Whether only the kernel may execute it. */
    public boolean privileged() {
        return row != null ? row.is(X86Encoding.PRIVILEGED) : privileged;
    }

    /** The code address of a direct branch or call when there is one. */
    public OptionalLong branchTarget() {
        complete();
        for (int i = 0; i < operandCount; i++) {
            if (operands[i].kind() == Operand.Kind.TARGET) {
                return OptionalLong.of(operands[i].value);
            }
        }
        return OptionalLong.empty();
    }

    /** The memory operand, or empty; of string moves the first. */
    public Optional<Operand> memoryOperand() {
        complete();
        for (int i = 0; i < operandCount; i++) {
            if (operands[i].kind() == Operand.Kind.MEMORY) {
                return Optional.of(operands[i]);
            }
        }
        return Optional.empty();
    }

    /** The address of a memory operand that is relative to the program counter, if there is one. */
    public OptionalLong pcRelativeTarget() {
        complete();
        for (int i = 0; i < operandCount; i++) {
            if (operands[i].isPcRelative()) {
                return OptionalLong.of(pcRelativeTarget(operands[i]));
            }
        }
        return OptionalLong.empty();
    }

    /** The address of one memory operand that is relative to the program counter. */
    long pcRelativeTarget(Operand memory) {
        long target = nextVa() + memory.displacement;
        return memory.addressBytes == 4 ? target & 0xffffffffL : target;
    }

    /**
     * What it adds to the stack pointer: -8 for push, +8 for ret, -40 for {@code sub rsp,28h}; for
     * a call what it pushes itself. Empty when it depends on values (leave, {@code mov rsp,rbp}).
     */
    public OptionalInt stackDelta() {
        complete();
        boolean known = row != null ? row.isStackKnown : stackKnown;
        if (!known) {
            return OptionalInt.empty();
        }
        int delta = row != null ? row.stackSlots * (2 << cursor.operandSize) : stackDelta;
        if (operandCount == 0) {
            return OptionalInt.of(delta);
        }
        if (!writesStackPointer(operands[0])) {
            boolean drops =
                    flow() == FlowKind.RETURN && operands[0].kind() == Operand.Kind.IMMEDIATE;
            return OptionalInt.of(delta + (drops ? (int) operands[0].value : 0));
        }
        Operand source = operands[operandCount - 1];
        return switch (mnemonic()) {
            case "add" -> source.kind() == Operand.Kind.IMMEDIATE ? by(source.value) : by(0, false);
            case "sub" ->
                    source.kind() == Operand.Kind.IMMEDIATE ? by(-source.value) : by(0, false);
            case "lea" ->
                    by(
                            source.displacement,
                            source.base == operands[0].register() && !source.index.isPresent());
            default -> OptionalInt.empty();
        };
    }

    /**
     * What it adds to the top of the x87 stack: -1 for fld, which pushes, +1 for fstp, 2 for
     * fcompp. Empty where the top is set to something (fninit, frstor, any use of an mmx register).
     */
    public OptionalInt x87Delta() {
        complete();
        for (int i = 0; i < operandCount; i++) {
            if (operands[i].register().kind() == CodeRegister.Kind.MMX) {
                return OptionalInt.empty();
            }
        }
        boolean known = row != null ? row.isX87Known : x87Known;
        int delta = row != null ? row.x87Delta : x87Delta;
        return known ? OptionalInt.of(delta) : OptionalInt.empty();
    }

    private static boolean writesStackPointer(Operand operand) {
        return operand.kind() == Operand.Kind.REGISTER
                && operand.access().writes()
                && operand.register().isStackPointer();
    }

    private static OptionalInt by(long bytes) {
        return by(bytes, true);
    }

    private static OptionalInt by(long bytes, boolean known) {
        return known && bytes == (int) bytes ? OptionalInt.of((int) bytes) : OptionalInt.empty();
    }

    /**
     * Whether it may raise an exception: it touches memory or the stack, divides, is privileged, is
     * meant to trap. Floating-point exceptions, which Windows masks, do not count.
     */
    public boolean mayFault() {
        complete();
        if (!valid || faults || row != null && row.faults || privileged()) {
            return true;
        }
        for (int i = 0; i < operandCount; i++) {
            Operand operand = operands[i];
            if (operand.kind() == Operand.Kind.MEMORY && operand.access() != Operand.Access.NONE) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address of a memory operand. Segments have base 0 except fs and gs, whose base is not in
     * a {@link RegisterSet}: with those the answer is empty; see the other overload.
     */
    public OptionalLong effectiveAddress(Operand memory, RegisterSet registers) {
        String segment = memory.segment().name();
        if (segment.equals("fs") || segment.equals("gs")) {
            return OptionalLong.empty();
        }
        return effectiveAddress(memory, registers, 0);
    }

    /**
     * The address of a memory operand in a segment whose base is known (the TEB for gs on x64 and
     * fs on x86). Empty for other operands and when a register of it is unknown; of a vector index
     * too, because there is no single address.
     */
    public OptionalLong effectiveAddress(Operand memory, RegisterSet registers, long segmentBase) {
        if (memory.kind() != Operand.Kind.MEMORY
                || memory.index.kind() == CodeRegister.Kind.VECTOR) {
            return OptionalLong.empty();
        }
        boolean after = memory.indexing() == Operand.Indexing.POST;
        long address = after ? 0 : memory.displacement;
        if (memory.isPcRelative()) {
            address += nextVa();
        } else if (memory.base.isPresent()) {
            OptionalLong base = memory.base.value(registers);
            if (base.isEmpty()) {
                return base;
            }
            address += base.getAsLong();
        }
        if (memory.index.isPresent() && !after) {
            OptionalLong index = memory.index.value(registers);
            if (index.isEmpty()) {
                return index;
            }
            boolean extend = memory.shift.equals("sxtw");
            long value = extend ? (int) index.getAsLong() : index.getAsLong();
            address += value * memory.scale;
        }
        if (memory.addressBytes < 8) {
            address &= (1L << (memory.addressBytes * 8)) - 1;
        }
        return OptionalLong.of((address + segmentBase) & registers.architecture().addressMask());
    }

    /** Where the bytes are that are being decoded. */
    void locate(byte[] bytes, int offset, long newVa, int addressBits) {
        va = newVa;
        addressMaskBits = addressBits;
        start = offset;
        if (code != bytes) {
            code = bytes;
        }
    }

    /**
     * Makes this an x86 instruction of a row. What its operands are is worked out when somebody
     * asks, except where only that shows whether they are.
     */
    boolean accept(X86Encoding found, int bytes) {
        length = bytes;
        valid = true;
        row = found;
        pending = true;
        return !found.isSelective && !cursor.isEvex || complete();
    }

    /** Works out all that was not asked for before; false when a field breaks a rule. */
    boolean complete() {
        if (!pending || row == null) {
            return true;
        }
        pending = false;
        if (special) {
            clearSpecial();
            rounding = 0;
        }
        return X86Completion.complete(row, cursor, this);
    }

    /** Gets ready for what sets everything that is not set here. */
    private void begin() {
        prefixes = 0;
        rounding = 0;
        privileged = false;
        faults = false;
        stackKnown = true;
        stackDelta = 0;
        x87Known = true;
        x87Delta = 0;
    }

    /** Forgets what plain operands do not have. */
    void clearSpecial() {
        for (Operand operand : operands) {
            operand.clearSpecial();
        }
        special = false;
    }

    /** Makes this no instruction, of a given length. */
    void reject(int bytes) {
        begin();
        row = null;
        pending = false;
        valid = false;
        isWord = false;
        length = bytes;
        mnemonic = "";
        flow = FlowKind.NEXT;
        operandCount = 0;
        implicitReads = NO_REGISTERS;
        implicitWrites = NO_REGISTERS;
        flagsRead = 0;
        flagsWritten = 0;
        flagsUndefined = 0;
    }
}
