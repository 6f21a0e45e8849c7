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
        int sizes = c.sizes();
        for (int i = 0; i < slots.length; i++) {
            if (!read(encoding, slots[i], sizes, c, into, into.operands[i])) {
                return false;
            }
        }
        into.operandCount = slots.length;
        return true;
    }

    private static boolean read(
            X86Encoding encoding,
            X86Slot slot,
            int sizes,
            X86Cursor c,
            Instruction into,
            Operand operand) {
        switch (slot.place) {
            case X86Operands.REG:
                return register(slot, sizes, c.reg() | c.extendReg, operand);
            case X86Operands.RM:
                if (c.memory()) {
                    return memory(encoding, slot, sizes, c, into, operand);
                }
                return register(slot, sizes, rmNumber(slot, c), operand);
            case X86Operands.IMMEDIATE:
                immediate(slot.bytes(sizes), slot.isExtended, c, operand);
                return true;
            case X86Operands.SIGNED8:
                operand.setImmediate(c.constant(1), slot.bytes(sizes), true);
                return true;
            case X86Operands.OPCODE:
                return register(slot, sizes, c.opcode & 7 | c.extendBase, operand);
            case X86Operands.RELATIVE:
                relative(slot.bytes(sizes), c, into, operand);
                return true;
            case X86Operands.MEMORY:
                return memory(encoding, slot, sizes, c, into, operand);
            case X86Operands.RM_REGISTER:
                return register(slot, sizes, rmNumber(slot, c), operand);
            case X86Operands.VVVV:
                // EVEX.V' must be idle where there are only eight registers
                return (c.is64 || c.vvvv < 8) && register(slot, sizes, c.vvvv, operand);
            default:
                return rare(slot, sizes, c, operand);
        }
    }

    private static boolean rare(X86Slot slot, int sizes, X86Cursor c, Operand operand) {
        switch (slot.place) {
            case X86Operands.IS4:
                int number = (int) c.constant(1) >> 4 & (c.is64 ? 15 : 7);
                return register(slot, sizes, number, operand);
            case X86Operands.FIXED:
                operand.setRegister(slot.fixed, slot.access);
                return true;
            case X86Operands.BY_SIZE:
                return register(slot, sizes, slot.fixed.number(), operand);
            case X86Operands.SOURCE:
                string(slot, sizes, c, operand, 6);
                return true;
            case X86Operands.TRANSLATION:
                string(slot, sizes, c, operand, 3);
                return true;
            case X86Operands.DESTINATION:
                string(slot, sizes, c, operand, 7);
                operand.segment = X86Registers.ES.number();
                operand.segmentOverridden = false;
                return true;
            case X86Operands.ONE:
                operand.setImmediate(1, 1, false);
                return true;
            case X86Operands.LOW_NIBBLE:
                operand.setImmediate(c.lowNibble(), 1, false);
                return true;
            case X86Operands.ABSOLUTE:
                absolute(slot.bytes(sizes), slot.access, c, operand);
                return true;
            default:
                far(slot.bytes(sizes), c, operand);
                return true;
        }
    }

    private static int rmNumber(X86Slot slot, X86Cursor c) {
        int number = c.rm() | c.extendBase;
        return slot.isVector ? number | c.extendVectorRm : number;
    }

    private static boolean register(X86Slot slot, int sizes, int number, Operand operand) {
        CodeRegister register = slot.register(number, sizes);
        operand.setRegister(register, slot.access);
        return register != CodeRegister.NONE;
    }

    private static boolean memory(
            X86Encoding encoding,
            X86Slot slot,
            int sizes,
            X86Cursor c,
            Instruction into,
            Operand operand) {
        int full = slot.memoryBytes(sizes);
        boolean broadcast = c.evexB && slot.element != 0;
        int bytes = broadcast ? slot.element : full;
        operand.setMemory(bytes, slot.access, CodeRegister.NONE, c.displacement, 2 << c.addressSize);
        if (c.addressSize == 0) {
            address16(c, operand);
        } else {
            address(c, operand);
        }
        if (c.isEvex) {
            if (broadcast) {
                operand.broadcast = full / bytes;
                into.special = true;
            }
            if (c.displacement8) {
                operand.displacement *= encoding.tuple != 0 ? encoding.tuple : bytes;
            }
        }
        return encoding.index.isVector
                ? vectorIndex(encoding, sizes, c, operand)
                : sib(encoding, c);
    }

    private static boolean sib(X86Encoding encoding, X86Cursor c) {
        return c.hasSib || !encoding.is(X86Encoding.NEEDS_SIB);
    }

    private static void address(X86Cursor c, Operand operand) {
        CodeRegister[] registers = X86Registers.general(c.addressSize);
        int rm = c.rm();
        if (c.hasSib) {
            rm = c.sib & 7;
            int index = c.sib >> 3 & 7 | c.extendIndex;
            if (index != NO_INDEX) {
                operand.index = registers[index];
                operand.scale = 1 << (c.sib >> 6);
            }
        }
        boolean stack = false;
        if (c.hasBase()) {
            int number = rm | c.extendBase;
            operand.base = registers[number];
            stack = (number & 14) == 4;
        } else if (!c.hasSib && c.is64) {
            operand.base = c.addressSize == 2 ? X86Registers.RIP : X86Registers.EIP;
        }
        segment(c, operand, stack);
    }

    private static void address16(X86Cursor c, Operand operand) {
        int rm = c.rm();
        int number = rm < 2 || rm == 7 ? 3 : rm < 4 || rm == 6 ? 5 : rm == 4 ? 6 : 7;
        boolean absolute = rm == 6 && c.modrm < 0x40;
        if (!absolute) {
            operand.base = X86Registers.GENERAL16[number];
        }
        if (rm < 4) {
            operand.index = X86Registers.GENERAL16[6 + (rm & 1)];
        }
        segment(c, operand, number == 5 && !absolute);
    }

    private static void segment(X86Cursor c, Operand operand, boolean stack) {
        operand.segmentOverridden = c.segment >= 0;
        operand.segment = c.segment >= 0 ? c.segment : stack ? STACK : DATA;
    }

    private static boolean vectorIndex(
            X86Encoding encoding, int sizes, X86Cursor c, Operand operand) {
        if (!c.hasSib) {
            return false;
        }
        int number = c.sib >> 3 & 7 | c.extendIndex | c.extendVectorIndex;
        operand.index = encoding.index.register(number, sizes);
        operand.scale = 1 << (c.sib >> 6);
        return true;
    }

    private static void string(
            X86Slot slot, int sizes, X86Cursor c, Operand operand, int register) {
        CodeRegister base = X86Registers.general(c.addressSize)[register];
        operand.setMemory(slot.bytes(sizes), slot.access, base, 0, 2 << c.addressSize);
        segment(c, operand, false);
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
