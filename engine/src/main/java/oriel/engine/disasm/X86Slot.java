package oriel.engine.disasm;

import oriel.engine.disasm.Operand.Access;

/**
 * One operand of a row, worked out for one mode: where it comes from, and by the sizes of an
 * instruction its width and the registers that a number may name. Immutable.
 */
final class X86Slot {
    private static final Access[] ACCESS = {
        Access.READ, Access.WRITE, Access.READ_WRITE, Access.NONE
    };

    final int place;
    final Access access;

    /** The register of a row that names one, of whatever size when that goes by {@link #place}. */
    final CodeRegister fixed;

    /** Bytes of the element that may be broadcast: 0, 2, 4 or 8. */
    final int element;

    /** Whether a register number is widened by EVEX.X, as only vectors are. */
    final boolean isVector;

    /** Whether this is an immediate that is sign-extended from 32 bits in 64-bit code. */
    final boolean isExtended;

    private final int shift;
    private final int mask;
    private final int memoryShift;
    private final int memoryMask;
    private final byte[] bytes;
    private final byte[] memoryBytes;
    private final CodeRegister[][] registers;

    X86Slot(int spec, CodeRegister fixed, boolean is64) {
        place = X86Operands.place(spec);
        access = ACCESS[X86Operands.access(spec)];
        element = X86Operands.broadcast(spec);
        this.fixed = fixed;
        int file = X86Operands.file(spec);
        int width = X86Operands.width(spec);
        int memory = X86Operands.memoryWidth(spec);
        isVector = file == X86Operands.VECTOR;
        isExtended = width == X86Operands.Z;
        boolean byRex = file == X86Operands.GENERAL && width == X86Operands.BYTES_1;
        shift = byRex ? X86Cursor.REX_SIZE : shift(width);
        mask = byRex ? 1 : mask(width);
        memoryShift = shift(memory);
        memoryMask = mask(memory);
        bytes = bytes(width, mask, is64);
        if (isExtended && place == X86Operands.IMMEDIATE) {
            bytes[2] = 8;
        }
        memoryBytes = bytes(memory, memoryMask, is64);
        registers = new CodeRegister[mask + 1][];
        for (int i = 0; i <= mask; i++) {
            registers[i] =
                    byRex && i == 0
                            ? X86Registers.LEGACY8_FILE
                            : X86Registers.file(file, bytes[i], is64);
        }
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
        return switch (place) {
            case X86Operands.IS4, X86Operands.SIGNED8 -> 1;
            case X86Operands.RELATIVE, X86Operands.FAR -> bytes(operandSize);
            case X86Operands.IMMEDIATE -> isExtended ? Math.min(4, bytes(operandSize)) : bytes(operandSize);
            default -> 0;
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

    private static int mask(int width) {
        return width > X86Operands.BYTES_64 ? 3 : 0;
    }

    private static byte[] bytes(int width, int mask, boolean is64) {
        var all = new byte[mask + 1];
        for (int i = 0; i <= mask; i++) {
            int size = Math.min(i, 2);
            all[i] = (byte) X86Operands.bytes(width, size, is64);
        }
        return all;
    }

    /** Its width as a register or constant. */
    int bytes(int sizes) {
        return bytes[sizes >> shift & mask];
    }

    /** Its width in memory. */
    int memoryBytes(int sizes) {
        return memoryBytes[sizes >> memoryShift & memoryMask];
    }

    /** The register of a number 0..31; {@link CodeRegister#NONE} where there is none. */
    CodeRegister register(int number, int sizes) {
        return registers[sizes >> shift & mask][number];
    }
}
