package oriel.engine.disasm;

/**
 * One operand of a row, worked out for one mode: where it comes from, and by the sizes of an
 * instruction its width and the registers that a number may name. Immutable.
 */
final class X86Slot {
    /** What an operand turns out to be: {@link X86Encoding#forms}. */
    static final int REGISTER = 1;

    static final int MEMORY = 2;
    static final int CONSTANT = 3;
    static final int TARGET = 4;
    static final int OTHER = 5;

    private static final int UNSIGNED = 0x80;

    /** A slot of a row that has none. */
    static final X86Slot NONE = new X86Slot(0, CodeRegister.NONE, false);

    final int place;

    /** Bytes of the element that may be broadcast: 0, 2, 4 or 8. */
    final int element;

    /** Whether it is a vector register, or an index that is one. */
    final boolean isVector;

    /** What an operand of this slot is and what is done with it, as {@link Operand} keeps it. */
    final int registerState;

    final int memoryState;

    /** What it is when modrm.rm is a register, and when that is memory. */
    final int registerForm;

    final int memoryForm;

    /** Whether this is an immediate that is sign-extended from 32 bits in 64-bit code. */
    private final boolean isExtended;

    /** Where in the sizes is the one that counts for it, and for memory. */
    private final int shift;

    private final int memoryShift;

    /** Its width by the size that counts, a byte for each. */
    private final int bytes;

    private final int memoryBytes;

    /** How many bytes of constants it takes up by operand size; bit 7 if they have no sign. */
    private final int constants;

    /** Where its number is in {@link X86Cursor#numbers}. */
    private final int numberShift;

    /** By the size that counts, the register that a number names. */
    private final CodeRegister[][] registers;

    X86Slot(int spec, CodeRegister fixed, boolean is64) {
        place = X86Operands.place(spec);
        element = X86Operands.broadcast(spec);
        int file = X86Operands.file(spec);
        int width = X86Operands.width(spec);
        int memory = X86Operands.memoryWidth(spec);
        registerState = Operand.state(Operand.REGISTER, X86Operands.access(spec));
        memoryState = Operand.state(Operand.MEMORY, X86Operands.access(spec));
        isVector = file == X86Operands.VECTOR;
        isExtended = width == X86Operands.Z;
        boolean byRex = file == X86Operands.GENERAL && width == X86Operands.BYTES_1;
        shift = byRex ? X86Cursor.REX_SIZE : shift(width);
        memoryShift = shift(memory);
        boolean longest = isExtended && place == X86Operands.IMMEDIATE && is64;
        bytes = longest ? 2 | 4 << 8 | 8 << 16 : bytes(width, is64);
        memoryBytes = bytes(memory, is64);
        registerForm = form(place);
        memoryForm = place == X86Operands.RM ? MEMORY : registerForm;
        constants = constants();
        numberShift = numberShift(place, isVector);
        registers = new CodeRegister[4][];
        for (int size = 0; size < 4; size++) {
            registers[size] =
                    byRex && size % 2 == 0
                            ? X86Registers.LEGACY8_FILE
                            : registers(file, size, fixed, is64);
        }
    }

    private CodeRegister[] registers(int file, int size, CodeRegister fixed, boolean is64) {
        return switch (place) {
            case X86Operands.FIXED -> new CodeRegister[] {fixed};
            case X86Operands.BY_SIZE ->
                    new CodeRegister[] {
                        X86Registers.file(X86Operands.GENERAL, bytes >> 8 * size & 0xff, is64)[
                                fixed.number()]
                    };
            default -> X86Registers.file(file, bytes >> 8 * size & 0xff, is64);
        };
    }

    private static int shift(int width) {
        return switch (width) {
            case X86Operands.X, X86Operands.H, X86Operands.QUARTER, X86Operands.EIGHTH ->
                    X86Cursor.LENGTH_SIZE;
            case X86Operands.A -> X86Cursor.ADDRESS_SIZE;
            default -> X86Cursor.OPERAND_SIZE;
        };
    }

    private static int bytes(int width, boolean is64) {
        int all = 0;
        for (int i = 0; i < 4; i++) {
            all |= X86Operands.bytes(width, Math.min(i, 2), is64) << 8 * i;
        }
        return all;
    }

    private static int form(int place) {
        return switch (place) {
            case X86Operands.MEMORY -> MEMORY;
            case X86Operands.IMMEDIATE, X86Operands.SIGNED8 -> CONSTANT;
            case X86Operands.RELATIVE -> TARGET;
            default -> place <= X86Operands.BY_SIZE ? REGISTER : OTHER;
        };
    }

    private int constants() {
        int all = 0;
        for (int size = 0; size < 4; size++) {
            int width = bytes >> 8 * size & 0xff;
            int taken =
                    switch (place) {
                        case X86Operands.IS4, X86Operands.SIGNED8 -> 1;
                        case X86Operands.RELATIVE, X86Operands.FAR -> width;
                        case X86Operands.IMMEDIATE -> isExtended ? Math.min(4, width) : width;
                        default -> 0;
                    };
            boolean unsigned = place == X86Operands.IMMEDIATE && taken == width;
            all |= (unsigned ? taken | UNSIGNED : taken) << 8 * size;
        }
        return all;
    }

    private static int numberShift(int place, boolean isVector) {
        return switch (place) {
            case X86Operands.RM, X86Operands.RM_REGISTER -> isVector ? 10 : 5;
            case X86Operands.VVVV -> 15;
            case X86Operands.OPCODE -> 20;
            case X86Operands.IS4 -> 25;
            case X86Operands.FIXED, X86Operands.BY_SIZE -> 30;
            default -> 0;
        };
    }

    /** Whether numbers up to 15 may name no register. */
    boolean isSelective() {
        boolean selective = false;
        if (place <= X86Operands.IS4 && place != X86Operands.MEMORY) {
            for (CodeRegister[] file : registers) {
                for (int i = 0; i < 16; i++) {
                    selective |= file[i] == CodeRegister.NONE;
                }
            }
        }
        return selective;
    }

    /** How many bytes of constants it takes up behind the operands, by operand size. */
    int constantBytes(int operandSize) {
        return constants >> 8 * operandSize & 15;
    }

    /** Whether such a constant is extended by its sign. */
    boolean isSigned(int operandSize) {
        return (constants >> 8 * operandSize & UNSIGNED) == 0;
    }

    /** Its width as a register or constant. */
    int bytes(int sizes) {
        return bytes >> (sizes >> shift & 3) * 8 & 0xff;
    }

    /** Its width in memory. */
    int memoryBytes(int sizes) {
        return memoryBytes >> (sizes >> memoryShift & 3) * 8 & 0xff;
    }

    /** The register that it is; {@link CodeRegister#NONE} where there is none. */
    CodeRegister register(int numbers, int sizes) {
        return named(numbers >> numberShift & 31, sizes);
    }

    /** The register of a number 0..31. */
    CodeRegister named(int number, int sizes) {
        return registers[sizes >> shift & 3][number];
    }
}
