package oriel.engine.disasm;

import oriel.engine.disasm.Operand.Access;

/** Fills operands from the slots of a row and the fields of a cursor. */
final class X86OperandReader {
    private X86OperandReader() {}

    /** Fills all operands; false when the bytes end early or name a register that is not there. */
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
                if (c.memory) {
                    return memory(encoding, slot, sizes, c, into, operand);
                }
                return register(slot, sizes, rmNumber(slot, c), operand);
            case X86Operands.IMMEDIATE:
                return immediate(slot.bytes(sizes), slot.isExtended, c, operand);
            case X86Operands.SIGNED8:
                if (!c.has(1)) {
                    return false;
                }
                operand.setImmediate(c.s8(), slot.bytes(sizes), true);
                return true;
            case X86Operands.OPCODE:
                return register(slot, sizes, c.opcode & 7 | c.extendBase, operand);
            case X86Operands.RELATIVE:
                return relative(slot.bytes(sizes), c, into, operand);
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
                return c.has(1) && register(slot, sizes, c.u8() >> 4 & (c.is64 ? 15 : 7), operand);
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
                operand.segment = X86Registers.ES;
                operand.segmentOverridden = false;
                return true;
            case X86Operands.ONE:
                operand.setImmediate(1, 1, false);
                return true;
            case X86Operands.LOW_NIBBLE:
                operand.setImmediate(c.code[c.position - 1] & 15, 1, false);
                return true;
            case X86Operands.ABSOLUTE:
                return absolute(slot.bytes(sizes), slot.access, c, operand);
            default:
                return far(slot.bytes(sizes), c, operand);
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
        operand.setMemory(bytes, slot.access, c.base, c.displacement, 2 << c.addressSize);
        if (c.indexNumber >= 0 && (c.indexNumber != 4 || c.addressSize == 0)) {
            operand.index = X86Registers.general(c.addressSize)[c.indexNumber];
            operand.scale = c.scale;
        }
        segment(c, operand, c.isStackBase ? X86Registers.SS : X86Registers.DS);
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

    private static void segment(X86Cursor c, Operand operand, CodeRegister otherwise) {
        operand.segmentOverridden = c.segment.isPresent();
        operand.segment = operand.segmentOverridden ? c.segment : otherwise;
    }

    private static boolean vectorIndex(
            X86Encoding encoding, int sizes, X86Cursor c, Operand operand) {
        if (!c.hasSib) {
            return false;
        }
        operand.index = encoding.index.register(c.indexNumber | c.extendVectorIndex, sizes);
        operand.scale = c.scale;
        return true;
    }

    private static void string(
            X86Slot slot, int sizes, X86Cursor c, Operand operand, int register) {
        CodeRegister base = X86Registers.general(c.addressSize)[register];
        operand.setMemory(slot.bytes(sizes), slot.access, base, 0, 2 << c.addressSize);
        segment(c, operand, X86Registers.DS);
    }

    private static boolean immediate(int bytes, boolean extended, X86Cursor c, Operand operand) {
        if (!c.has(bytes == 8 && extended ? 4 : bytes)) {
            return false;
        }
        switch (bytes) {
            case 1 -> operand.setImmediate(c.u8(), 1, false);
            case 2 -> operand.setImmediate(c.u16(), 2, false);
            case 8 -> operand.setImmediate(extended ? c.s32() : c.s64(), 8, extended);
            default -> operand.setImmediate(c.s32() & 0xffffffffL, 4, false);
        }
        return true;
    }

    private static boolean relative(int bytes, X86Cursor c, Instruction into, Operand operand) {
        if (!c.has(bytes)) {
            return false;
        }
        int distance = bytes == 1 ? c.s8() : bytes == 2 ? (short) c.u16() : c.s32();
        long target = into.va + (c.position - into.start) + distance;
        if (!c.is64) {
            target &= c.operandSize == 0 ? 0xffffL : 0xffffffffL;
        }
        operand.setTarget(target, c.is64 ? 8 : 4);
        return true;
    }

    private static boolean absolute(int bytes, Access access, X86Cursor c, Operand operand) {
        int addressBytes = 2 << c.addressSize;
        if (!c.has(addressBytes)) {
            return false;
        }
        long va = addressBytes == 2 ? c.u16() : addressBytes == 4 ? c.s32() & 0xffffffffL : c.s64();
        operand.setMemory(bytes, access, CodeRegister.NONE, va, addressBytes);
        segment(c, operand, X86Registers.DS);
        return true;
    }

    private static boolean far(int bytes, X86Cursor c, Operand operand) {
        if (!c.has(bytes)) {
            return false;
        }
        long offset = bytes == 4 ? c.u16() : c.s32() & 0xffffffffL;
        operand.setFarPointer(c.u16(), offset, bytes);
        return true;
    }
}
