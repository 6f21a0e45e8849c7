package oriel.engine.disasm;

/**
 * The fields of one instruction as they lie in its bytes. Scratch space of the decoder that lives
 * in the {@link Instruction}, so that the decoder itself has no state, and so that operands can be
 * worked out from it when somebody asks for them.
 */
final class X86Cursor {
    /** Fields of {@link #sizes}. */
    static final int OPERAND_SIZE = 0;

    static final int LENGTH_SIZE = 2;
    static final int ADDRESS_SIZE = 4;
    static final int REX_SIZE = 6;

    /** Bits of {@link #rex}. */
    static final int REX_B = 1;

    static final int REX_X = 2;
    static final int REX_R = 4;
    static final int REX_W = 8;

    /** One that says nothing. */
    static final int REX_IDLE = 0x40;

    /**
     * More bytes than any row looks at, prefixes that are too many included: where fewer are left,
     * the rest is copied to where reading on does no harm. What was read beyond the end shows in
     * the length.
     */
    private static final int MOST_READ = 48;

    /**
     * How to read the bytes behind a ModRM byte: bytes of displacement, and whether a SIB is there.
     */
    private static final byte[] LAYOUT16 = layout16();

    private static final byte[] LAYOUT = layout();
    private static final int HAS_SIB = 8;
    private static final int NO_INDEX = 4 << 3;

    private byte[] code = {};
    private final byte[] rest = new byte[MOST_READ];
    private int start;
    private int position;
    boolean is64;

    int operandSize;
    int addressSize;

    /** Whether there was any legacy prefix: only then the next six fields may be set. */
    boolean hasPrefix;

    boolean operandSizePrefix;
    int repeatPrefix;
    boolean lock;
    boolean notrack;

    /** The number of the segment that a prefix chose, or -1. */
    int segment = -1;

    /** Whether the opcode follows an 0f, where rep prefixes are part of it or mean nothing. */
    boolean escaped;

    /**
     * The REX prefix, or what says the same in VEX, XOP and EVEX; 0 when there is none. Without a
     * SIB byte it extends no index.
     */
    int rex;

    /** Whether it is VEX, XOP or EVEX: only then the next ten fields may be set. */
    boolean isVector;

    /** Bit 4 of modrm.reg, of a vector register in modrm.rm, and of a vector index. */
    int extendReg;

    int extendVectorRm;

    int extendVectorIndex;
    int vvvv;
    int vectorLength;
    int maskNumber;
    boolean zeroing;
    boolean evexB;
    boolean isEvex;

    /** What EVEX says of rounding, where its length field means that. */
    int rounding;

    int opcode;

    /** 0xc0, a register, where there is none. */
    int modrm;

    boolean hasSib;

    /** Where there is none, what would say the same: the base of modrm.rm, no index. */
    int sib;

    int displacement;
    boolean displacement8;

    /** All constants behind the operands, the first one lowest, and how many bits were taken. */
    private long constants;

    private int taken;

    /** Everything that widths of operands depend on, as 0..2 each. */
    int sizes() {
        return operandSize
                | vectorLength << LENGTH_SIZE
                | addressSize << ADDRESS_SIZE
                | (rex != 0 ? 1 << REX_SIZE : 0);
    }

    void start(byte[] bytes, int offset, int limit, boolean mode64) {
        if (limit - offset >= MOST_READ) {
            code = bytes;
            start = offset;
        } else {
            System.arraycopy(bytes, offset, rest, 0, limit - offset);
            code = rest;
            start = 0;
        }
        position = start;
        is64 = mode64;
        addressSize = mode64 ? 2 : 1;
        if (hasPrefix) {
            forgetPrefixes();
        }
        if (isVector) {
            forgetVector();
        }
    }

    private void forgetPrefixes() {
        hasPrefix = false;
        operandSizePrefix = false;
        repeatPrefix = 0;
        lock = false;
        notrack = false;
        segment = -1;
    }

    private void forgetVector() {
        isVector = false;
        extendReg = 0;
        extendVectorRm = 0;
        extendVectorIndex = 0;
        vvvv = 0;
        vectorLength = 0;
        maskNumber = 0;
        zeroing = false;
        evexB = false;
        isEvex = false;
    }

    /** Bytes read so far. */
    int length() {
        return position - start;
    }

    int u8() {
        return code[position++] & 0xff;
    }

    /** The byte that {@link #u8} would read. */
    int next() {
        return code[position] & 0xff;
    }

    private int s32(int at) {
        return code[at] & 0xff
                | (code[at + 1] & 0xff) << 8
                | (code[at + 2] & 0xff) << 16
                | code[at + 3] << 24;
    }

    int reg() {
        return modrm >> 3 & 7;
    }

    int rm() {
        return modrm & 7;
    }

    boolean memory() {
        return modrm < 0xc0;
    }

    /** Reads ModRM, SIB and displacement. */
    void readModrm() {
        int byteOfModes = u8();
        modrm = byteOfModes;
        if (byteOfModes < 0xc0) {
            readMemory(byteOfModes);
        }
    }

    private void readMemory(int modes) {
        int layout = (addressSize == 0 ? LAYOUT16 : LAYOUT)[modes];
        int bytes = layout & 7;
        if (layout >= HAS_SIB) {
            hasSib = true;
            sib = u8();
            bytes = hasBase() ? bytes : 4;
        } else {
            hasSib = false;
            sib = modes & 7 | NO_INDEX;
            rex &= ~REX_X;
        }
        displacement8 = bytes == 1;
        // all four bytes are read, and those that belong to what follows shifted out again
        int unused = 16 - 4 * bytes;
        displacement = s32(position) << unused << unused >> 2 * unused;
        position += bytes;
    }

    /** Whether an address of 32 or 64 bits has a base register. */
    private boolean hasBase() {
        return modrm >= 0x40 || (sib & 7) != 5;
    }

    /** The bit to add to modrm.rm, to a base and to a number in an opcode. */
    private int extendBase() {
        return rex << 3 & 8;
    }

    /** The number of the base register of an address of 32 or 64 bits, or one of those. */
    int base() {
        int none = hasSib || !is64 ? X86Registers.NO_BASE : X86Registers.PROGRAM_COUNTER;
        return hasBase() ? sib & 7 | extendBase() : none;
    }

    /** The number of the index register of an address of 32 or 64 bits; 4 is none. */
    int index() {
        return sib >> 3 & 7 | rex << 2 & 8;
    }

    /** What the index is multiplied by; 1 where there is none. */
    int scale() {
        return index() == NO_INDEX >> 3 ? 1 : 1 << (sib >> 6);
    }

    /**
     * All numbers of registers, five bits each, in the order of the first places of {@link
     * X86Operands}; the number of a register that the row names is 0.
     */
    int numbers() {
        int base = extendBase();
        int rm = rm() | base;
        int plain = reg() | rex << 1 & 8 | rm << 5 | rm << 10 | (opcode & 7 | base) << 20;
        return isVector ? plain | vectorNumbers() : plain;
    }

    private int vectorNumbers() {
        int last = (int) constants >> 4 & (is64 ? 15 : 7);
        return extendReg | extendVectorRm << 10 | vvvv << 15 | last << 25;
    }

    /** Gets by without ModRM. */
    void omitModrm() {
        modrm = 0xc0;
    }

    /** Reads the constants behind everything else. */
    void readConstants(int bytes) {
        if (bytes == 0) {
            return;
        }
        taken = 0;
        constants = s32(position);
        if (bytes > 4) {
            constants = constants & 0xffffffffL | (long) s32(position + 4) << 32;
        }
        position += bytes;
    }

    /** The next constant, extended from its bytes (1, 2, 4 or 8). */
    long constant(int bytes, boolean signed) {
        int above = 64 - 8 * bytes;
        long value = constants << above - taken;
        taken += 8 * bytes;
        return signed ? value >> above : value >>> above;
    }

    /** The low half of the byte whose high half names a register; there is no other constant. */
    int lowNibble() {
        return (int) constants & 15;
    }

    private static byte[] layout() {
        var layouts = new byte[256];
        for (int i = 0; i < 0xc0; i++) {
            int mod = i >> 6;
            int rm = i & 7;
            int displacement = mod == 1 ? 1 : mod == 2 || rm == 5 ? 4 : 0;
            layouts[i] = (byte) (rm == 4 ? displacement | HAS_SIB : displacement);
        }
        return layouts;
    }

    private static byte[] layout16() {
        var layouts = new byte[256];
        for (int i = 0; i < 0xc0; i++) {
            int mod = i >> 6;
            layouts[i] = (byte) (mod == 1 ? 1 : mod == 2 || (i & 7) == 6 ? 2 : 0);
        }
        return layouts;
    }
}
