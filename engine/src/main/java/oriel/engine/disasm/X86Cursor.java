package oriel.engine.disasm;

/**
 * The bytes of one instruction and the fields read from them so far. Scratch space of the decoder
 * that lives in the {@link Instruction}, so that the decoder itself has no state.
 */
final class X86Cursor {
    /** Fields of {@link #sizes}. */
    static final int OPERAND_SIZE = 0;

    static final int LENGTH_SIZE = 2;
    static final int ADDRESS_SIZE = 4;
    static final int REX_SIZE = 6;

    byte[] code = {};
    int position;
    int end;
    boolean is64;

    int operandSize;
    int addressSize;
    boolean operandSizePrefix;
    int repeatPrefix;
    boolean lock;
    CodeRegister segment = CodeRegister.NONE;
    boolean notrack;
    boolean hasRex;

    /** Whether the opcode follows an 0f, where rep prefixes are part of it or mean nothing. */
    boolean escaped;

    /** Bits to add to the fields of ModRM and SIB: 0 or 8, modrm.reg also 16 with EVEX. */
    int extendReg;

    int extendIndex;
    int extendBase;

    /** Bit 4 of a vector register in modrm.rm, and of a vector index. */
    int extendVectorRm;

    int extendVectorIndex;
    int vvvv;
    int vectorLength;
    int maskNumber;
    boolean zeroing;
    boolean evexB;
    boolean isEvex;

    /** Whether any of the fields above may be set: VEX, XOP, EVEX. */
    boolean isVector;

    int opcode;
    int modrm;
    boolean memory;
    CodeRegister base = CodeRegister.NONE;

    /** Whether the base is rsp, rbp or a part of them, which stand for the stack segment. */
    boolean isStackBase;

    int indexNumber;
    boolean hasSib;
    int scale;
    long displacement;
    boolean displacement8;

    /** Everything that widths of operands depend on, as 0..2 each. */
    int sizes() {
        return operandSize
                | vectorLength << LENGTH_SIZE
                | addressSize << ADDRESS_SIZE
                | (hasRex ? 1 << REX_SIZE : 0);
    }

    void start(byte[] bytes, int offset, int limit, boolean mode64) {
        code = bytes;
        position = offset;
        end = Math.min(limit, offset + Disassembler.LONGEST);
        is64 = mode64;
        operandSize = 1;
        addressSize = mode64 ? 2 : 1;
        operandSizePrefix = false;
        repeatPrefix = 0;
        lock = false;
        segment = CodeRegister.NONE;
        notrack = false;
        hasRex = false;
        escaped = false;
        extendReg = 0;
        extendIndex = 0;
        extendBase = 0;
        memory = false;
        isStackBase = false;
        if (isVector) {
            forgetVector();
        }
        displacement8 = false;
    }

    private void forgetVector() {
        isVector = false;
        extendVectorRm = 0;
        extendVectorIndex = 0;
        vvvv = 0;
        vectorLength = 0;
        maskNumber = 0;
        zeroing = false;
        evexB = false;
        isEvex = false;
    }

    boolean has(int bytes) {
        return end - position >= bytes;
    }

    int u8() {
        return code[position++] & 0xff;
    }

    int s8() {
        return code[position++];
    }

    int u16() {
        int value = code[position] & 0xff | (code[position + 1] & 0xff) << 8;
        position += 2;
        return value;
    }

    int s32() {
        int at = position;
        position = at + 4;
        return code[at] & 0xff
                | (code[at + 1] & 0xff) << 8
                | (code[at + 2] & 0xff) << 16
                | code[at + 3] << 24;
    }

    long s64() {
        long low = s32() & 0xffffffffL;
        return low | (long) s32() << 32;
    }

    int reg() {
        return modrm >> 3 & 7;
    }

    int rm() {
        return modrm & 7;
    }

    /** Reads ModRM, SIB and displacement; false when the bytes end before them. */
    boolean readModrm() {
        if (!has(1)) {
            return false;
        }
        modrm = u8();
        memory = modrm < 0xc0;
        return !memory || (addressSize == 0 ? readMemory16() : readMemory());
    }

    private boolean readMemory() {
        CodeRegister[] registers =
                addressSize == 2 ? X86Registers.GENERAL64 : X86Registers.GENERAL32;
        int mod = modrm >> 6;
        int rm = modrm & 7;
        hasSib = rm == 4;
        indexNumber = -1;
        if (hasSib) {
            if (!has(1)) {
                return false;
            }
            int sib = u8();
            scale = 1 << (sib >> 6);
            indexNumber = (sib >> 3 & 7) | extendIndex;
            rm = sib & 7;
        }
        if (mod == 0 && rm == 5) {
            base = hasSib || !is64 ? CodeRegister.NONE : programCounter();
            return readDisplacement(4);
        }
        int number = rm | extendBase;
        base = registers[number];
        isStackBase = (number & 14) == 4;
        return readDisplacement(mod == 0 ? 0 : mod == 1 ? 1 : 4);
    }

    private CodeRegister programCounter() {
        return addressSize == 2 ? X86Registers.RIP : X86Registers.EIP;
    }

    private boolean readMemory16() {
        CodeRegister[] words = X86Registers.GENERAL16;
        int mod = modrm >> 6;
        int rm = modrm & 7;
        hasSib = false;
        indexNumber = rm < 4 ? 6 + (rm & 1) : -1;
        scale = 1;
        if (mod == 0 && rm == 6) {
            base = CodeRegister.NONE;
            return readDisplacement(2);
        }
        int number = rm < 2 || rm == 7 ? 3 : rm < 4 || rm == 6 ? 5 : rm == 4 ? 6 : 7;
        base = words[number];
        isStackBase = number == 5;
        return readDisplacement(mod == 0 ? 0 : mod == 1 ? 1 : 2);
    }

    private boolean readDisplacement(int bytes) {
        if (!has(bytes)) {
            return false;
        }
        displacement8 = bytes == 1;
        displacement =
                switch (bytes) {
                    case 0 -> 0;
                    case 1 -> s8();
                    case 2 -> (short) u16();
                    default -> s32();
                };
        return true;
    }
}
