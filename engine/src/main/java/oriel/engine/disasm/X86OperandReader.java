package oriel.engine.disasm;

import oriel.engine.disasm.Operand.Access;

/** Fills operands from the slots of a row and the fields of a cursor. */
final class X86OperandReader {
    private static final int NO_INDEX = 4;

    /** Numbers of ss and ds. */
    private static final int STACK = 2;

    private static final int DATA = 3;

    private X86OperandReader() {}

    /** Fills all operands; false when a field names a register that is not there. */
    static boolean read(X86Encoding encoding, X86Cursor c, Instruction into) {
        X86Slot[] slots = encoding.operands;
        into.operandCount = slots.length;
        int sizes = c.sizes();
        long numbers = c.numbers();
        boolean memory = c.memory();
        for (int i = 0; i < slots.length; i++) {
            X86Slot slot = slots[i];
            Operand operand = into.operands[i];
            switch (slot.form(memory)) {
                case X86Slot.REGISTER -> {
                    CodeRegister register = slot.register(numbers, sizes);
                    operand.setRegister(register, slot.access);
                    if (register == CodeRegister.NONE) {
                        return false;
                    }
                }
                case X86Slot.MEMORY -> {
                    memory(slot, sizes, c, operand);
                    if (c.isEvex) {
                        evex(encoding, slot, sizes, c, into, operand);
                    }
                    if (encoding.isSelective && !sib(encoding, sizes, c, operand)) {
                        return false;
                    }
                }
                default -> other(slot, sizes, c, into, operand);
            }
        }
        return true;
    }

    private static void other(
            X86Slot slot, int sizes, X86Cursor c, Instruction into, Operand operand) {
        int bytes = slot.bytes(sizes);
        switch (slot.place) {
            case X86Operands.SIGNED8 -> operand.setImmediate(c.constant(1), bytes, true);
            case X86Operands.IMMEDIATE -> immediate(bytes, slot.isExtended, c, operand);
            case X86Operands.RELATIVE -> relative(bytes, c, into, operand);
            case X86Operands.ONE -> operand.setImmediate(1, 1, false);
            case X86Operands.LOW_NIBBLE -> operand.setImmediate(c.lowNibble(), 1, false);
            case X86Operands.ABSOLUTE -> absolute(bytes, slot.access, c, operand);
            case X86Operands.FAR -> far(bytes, c, operand);
            default -> string(slot, bytes, c, operand);
        }
    }

    private static void memory(X86Slot slot, int sizes, X86Cursor c, Operand operand) {
        int bytes = slot.memoryBytes(sizes);
        if (c.addressSize == 0) {
            address16(bytes, slot.access, c, operand);
        } else {
            address(bytes, slot.access, c, operand);
        }
    }

    private static void evex(
            X86Encoding encoding,
            X86Slot slot,
            int sizes,
            X86Cursor c,
            Instruction into,
            Operand operand) {
        if (c.evexB && slot.element != 0) {
            operand.sizeBytes = slot.element;
            operand.broadcast = slot.memoryBytes(sizes) / slot.element;
            into.special = true;
        }
        if (c.displacement8) {
            operand.displacement *= encoding.tuple != 0 ? encoding.tuple : operand.sizeBytes;
        }
    }

    /** Whether a SIB byte is there where there must be; its index may be a vector. */
    private static boolean sib(X86Encoding encoding, int sizes, X86Cursor c, Operand operand) {
        if (encoding.index.isVector && c.hasSib) {
            int number = c.sib >> 3 & 7 | c.extendIndex | c.extendVectorIndex;
            operand.index = encoding.index.named(number, sizes);
            operand.scale = 1 << (c.sib >> 6);
        }
        return c.hasSib || !encoding.is(X86Encoding.NEEDS_SIB | X86Encoding.VECTOR_INDEX);
    }

    private static void address(int bytes, Access access, X86Cursor c, Operand operand) {
        CodeRegister[] registers = X86Registers.general(c.addressSize);
        CodeRegister base = CodeRegister.NONE;
        boolean stack = false;
        if (c.hasBase()) {
            int number = c.sib & 7 | c.extendBase;
            base = registers[number];
            stack = (number & 14) == 4;
        } else if (c.is64 && !c.hasSib) {
            base = c.addressSize == 2 ? X86Registers.RIP : X86Registers.EIP;
        }
        operand.setMemory(bytes, access, base, c.displacement, 2 << c.addressSize);
        int index = c.sib >> 3 & 7 | c.extendIndex;
        if (index != NO_INDEX) {
            operand.index = registers[index];
            operand.scale = 1 << (c.sib >> 6);
        }
        segment(c, operand, stack);
    }

    private static void address16(int bytes, Access access, X86Cursor c, Operand operand) {
        int rm = c.rm();
        int number = rm < 2 || rm == 7 ? 3 : rm < 4 || rm == 6 ? 5 : rm == 4 ? 6 : 7;
        boolean absolute = rm == 6 && c.modrm < 0x40;
        CodeRegister base = absolute ? CodeRegister.NONE : X86Registers.GENERAL16[number];
        operand.setMemory(bytes, access, base, c.displacement, 2);
        if (rm < 4) {
            operand.index = X86Registers.GENERAL16[6 + (rm & 1)];
        }
        segment(c, operand, number == 5 && !absolute);
    }

    private static void segment(X86Cursor c, Operand operand, boolean stack) {
        if (c.segment >= 0) {
            operand.segment = c.segment;
            operand.segmentOverridden = true;
        } else {
            operand.segment = stack ? STACK : DATA;
        }
    }

    /** Memory at a register that needs no field: rsi, rdi, or rbx of xlat. */
    private static void string(X86Slot slot, int bytes, X86Cursor c, Operand operand) {
        boolean destination = slot.place == X86Operands.DESTINATION;
        int number =
                switch (slot.place) {
                    case X86Operands.SOURCE -> 6;
                    case X86Operands.TRANSLATION -> 3;
                    default -> 7;
                };
        CodeRegister base = X86Registers.general(c.addressSize)[number];
        operand.setMemory(bytes, slot.access, base, 0, 2 << c.addressSize);
        segment(c, operand, false);
        if (destination) {
            operand.segment = X86Registers.ES.number();
            operand.segmentOverridden = false;
        }
    }

    private static void immediate(int bytes, boolean extended, X86Cursor c, Operand operand) {
        if (bytes == 8) {
            operand.setImmediate(c.constant(extended ? 4 : 8), 8, extended);
        } else {
            operand.setImmediate(c.constant(bytes) & (1L << 8 * bytes) - 1, bytes, false);
        }
    }

    private static void relative(int bytes, X86Cursor c, Instruction into, Operand operand) {
        long target = into.va + into.length + c.constant(bytes);
        if (!c.is64) {
            target &= c.operandSize == 0 ? 0xffffL : 0xffffffffL;
        }
        operand.setTarget(target, c.is64 ? 8 : 4);
    }

    private static void absolute(int bytes, Access access, X86Cursor c, Operand operand) {
        int addressBytes = 2 << c.addressSize;
        long va = c.constant(addressBytes);
        long unsigned = addressBytes == 8 ? va : va & (1L << 8 * addressBytes) - 1;
        operand.setMemory(bytes, access, CodeRegister.NONE, unsigned, addressBytes);
        segment(c, operand, false);
    }

    private static void far(int bytes, X86Cursor c, Operand operand) {
        long offset = bytes == 4 ? c.constant(2) & 0xffffL : c.constant(4) & 0xffffffffL;
        operand.setFarPointer((int) c.constant(2) & 0xffff, offset, bytes);
    }
}
