package oriel.engine.disasm;

import oriel.engine.disasm.Operand.Access;

/** Turns operand codes of a row and the fields of a cursor into operands. */
final class X86OperandReader {
    private static final Access[] ACCESS = {
        Access.READ, Access.WRITE, Access.READ_WRITE, Access.NONE
    };

    private X86OperandReader() {}

    /** Fills all operands; false when the bytes end early or name a register that is not there. */
    static boolean read(X86Encoding encoding, X86Cursor c, Instruction into) {
        int[] specs = encoding.operands;
        for (int i = 0; i < specs.length; i++) {
            if (!read(encoding, specs[i], c, into, into.operands[i])) {
                return false;
            }
        }
        into.operandCount = specs.length;
        return true;
    }

    private static boolean read(
            X86Encoding encoding, int spec, X86Cursor c, Instruction into, Operand operand) {
        Access access = ACCESS[X86Operands.access(spec)];
        switch (X86Operands.place(spec)) {
            case X86Operands.REG:
                return register(spec, c, c.reg() | c.extendReg, operand, access);
            case X86Operands.RM:
                if (c.memory) {
                    return memory(encoding, spec, c, operand, access);
                }
                return register(spec, c, rmNumber(spec, c), operand, access);
            case X86Operands.RM_REGISTER:
                return register(spec, c, rmNumber(spec, c), operand, access);
            case X86Operands.MEMORY:
                return memory(encoding, spec, c, operand, access);
            case X86Operands.VVVV:
                // EVEX.V' must be idle where there are only eight registers
                return (c.is64 || c.vvvv < 8) && register(spec, c, c.vvvv, operand, access);
            case X86Operands.OPCODE:
                return register(spec, c, c.opcode & 7 | c.extendBase, operand, access);
            case X86Operands.IS4:
                if (!c.has(1)) {
                    return false;
                }
                return register(spec, c, (c.u8() >> 4) & (c.is64 ? 15 : 7), operand, access);
            case X86Operands.FIXED:
                operand.setRegister(encoding.fixed[X86Operands.fixed(spec)], access);
                return true;
            case X86Operands.BY_OPERAND_SIZE:
                int size = c.operandSize;
                operand.setRegister(
                        X86Operands.sized(
                                X86Operands.fixed(spec),
                                X86Operands.width(spec) == X86Operands.Z && size == 2 ? 1 : size),
                        access);
                return true;
            case X86Operands.BY_ADDRESS_SIZE:
                operand.setRegister(
                        X86Operands.sized(X86Operands.fixed(spec), c.addressSize), access);
                return true;
            case X86Operands.SOURCE:
                string(spec, c, operand, access, 6);
                return true;
            case X86Operands.TRANSLATION:
                string(spec, c, operand, access, 3);
                return true;
            case X86Operands.DESTINATION:
                string(spec, c, operand, access, 7);
                operand.segment = X86Registers.ES;
                operand.segmentOverridden = false;
                return true;
            case X86Operands.ONE:
                operand.setImmediate(1, 1, false);
                return true;
            case X86Operands.LOW_NIBBLE:
                operand.setImmediate(c.code[c.position - 1] & 15, 1, false);
                return true;
            default:
                return constant(spec, c, into, operand, access);
        }
    }

    private static boolean constant(
            int spec, X86Cursor c, Instruction into, Operand operand, Access access) {
        int bytes = bytes(spec, c);
        switch (X86Operands.place(spec)) {
            case X86Operands.IMMEDIATE:
                return immediate(bytes, X86Operands.width(spec), c, operand);
            case X86Operands.SIGNED8:
                if (!c.has(1)) {
                    return false;
                }
                operand.setImmediate(c.s8(), bytes, true);
                return true;
            case X86Operands.RELATIVE:
                return relative(bytes, c, into, operand);
            case X86Operands.ABSOLUTE:
                return absolute(bytes, c, operand, access);
            default:
                return far(bytes, c, operand);
        }
    }

    private static int bytes(int spec, X86Cursor c) {
        int width = X86Operands.width(spec);
        return width == X86Operands.A
                ? 2 << c.addressSize
                : X86Operands.bytes(width, c.operandSize, c.vectorLength, c.is64);
    }

    private static int rmNumber(int spec, X86Cursor c) {
        int number = c.rm() | c.extendBase;
        return X86Operands.file(spec) == X86Operands.VECTOR ? number | c.extendVectorRm : number;
    }

    private static boolean register(
            int spec, X86Cursor c, int number, Operand operand, Access access) {
        switch (X86Operands.file(spec)) {
            case X86Operands.GENERAL:
                operand.setRegister(general(spec, c, number), access);
                return number < 16;
            case X86Operands.VECTOR:
                int bytes = bytes(spec, c);
                CodeRegister[] vectors =
                        bytes == 32
                                ? X86Registers.YMM
                                : bytes == 64 ? X86Registers.ZMM : X86Registers.XMM;
                operand.setRegister(vectors[number & 31], access);
                return true;
            case X86Operands.MMX:
                operand.setRegister(X86Registers.MMX[number & 7], access);
                return true;
            case X86Operands.MASK:
                operand.setRegister(X86Registers.MASK[number & 7], access);
                return (number & 8) == 0;
            case X86Operands.MASK_PAIR:
                operand.setRegister(X86Registers.MASK[number & 6], access);
                return (number & 8) == 0;
            case X86Operands.SEGMENT:
                int segment = number & 7;
                operand.setRegister(X86Registers.SEGMENT[segment > 5 ? 0 : segment], access);
                return segment < 6;
            case X86Operands.CONTROL:
                operand.setRegister(
                        (c.is64 ? X86Registers.CONTROL64 : X86Registers.CONTROL32)[number & 15],
                        access);
                return true;
            case X86Operands.DEBUG:
                operand.setRegister(
                        (c.is64 ? X86Registers.DEBUG64 : X86Registers.DEBUG32)[number & 15],
                        access);
                return true;
            case X86Operands.BOUND:
                operand.setRegister(X86Registers.BOUND[number & 3], access);
                return number < 4;
            case X86Operands.TILE:
                operand.setRegister(X86Registers.TILE[number & 7], access);
                return number < 8;
            default:
                operand.setRegister(X86Registers.X87[number & 7], access);
                return true;
        }
    }

    private static CodeRegister general(int spec, X86Cursor c, int number) {
        int index = number & 15;
        return switch (bytes(spec, c)) {
            case 1 -> (c.hasRex ? X86Registers.GENERAL8 : X86Registers.LEGACY8)[index];
            case 2 -> X86Registers.GENERAL16[index];
            case 8 -> X86Registers.GENERAL64[index];
            default -> X86Registers.GENERAL32[index];
        };
    }

    private static boolean memory(
            X86Encoding encoding, int spec, X86Cursor c, Operand operand, Access access) {
        int width = X86Operands.memoryWidth(spec);
        int full =
                width == X86Operands.BYTES_0
                        ? 0
                        : X86Operands.bytes(width, c.operandSize, c.vectorLength, c.is64);
        int element = X86Operands.broadcast(spec);
        boolean broadcast = element != 0 && c.evexB;
        int bytes = broadcast ? element : full;
        operand.setMemory(bytes, access);
        if (broadcast) {
            operand.broadcast = full / element;
        }
        address(c, operand);
        if (c.isEvex && c.displacement8) {
            operand.displacement = c.displacement * (encoding.tuple != 0 ? encoding.tuple : bytes);
        }
        if (encoding.is(X86Encoding.NEEDS_SIB) && !c.hasSib) {
            return false;
        }
        if (encoding.is(X86Encoding.VECTOR_INDEX)) {
            return vectorIndex(encoding, c, operand);
        }
        return true;
    }

    private static void address(X86Cursor c, Operand operand) {
        CodeRegister base = c.base;
        operand.base = base;
        operand.displacement = c.displacement;
        operand.addressBytes = 2 << c.addressSize;
        if (c.indexNumber >= 0 && (c.indexNumber != 4 || c.addressSize == 0)) {
            operand.index = X86Registers.general(c.addressSize)[c.indexNumber];
            operand.scale = c.scale;
        }
        if (c.segment.isPresent()) {
            operand.segment = c.segment;
            operand.segmentOverridden = true;
        } else {
            int number = base.number();
            boolean stack =
                    base.kind() == CodeRegister.Kind.GENERAL && (number == 4 || number == 5);
            operand.segment = stack ? X86Registers.SS : X86Registers.DS;
        }
    }

    private static boolean vectorIndex(X86Encoding encoding, X86Cursor c, Operand operand) {
        if (!c.hasSib) {
            return false;
        }
        int bytes = X86Operands.bytes(encoding.indexWidth, c.operandSize, c.vectorLength, c.is64);
        CodeRegister[] vectors =
                bytes == 32 ? X86Registers.YMM : bytes == 64 ? X86Registers.ZMM : X86Registers.XMM;
        operand.index = vectors[c.indexNumber | c.extendVectorIndex];
        operand.scale = c.scale;
        return true;
    }

    private static void string(
            int spec, X86Cursor c, Operand operand, Access access, int register) {
        operand.setMemory(bytes(spec, c), access);
        operand.base = X86Registers.general(c.addressSize)[register];
        operand.addressBytes = 2 << c.addressSize;
        operand.segment = c.segment.isPresent() ? c.segment : X86Registers.DS;
        operand.segmentOverridden = c.segment.isPresent();
    }

    private static boolean immediate(int bytes, int width, X86Cursor c, Operand operand) {
        switch (bytes) {
            case 1:
                if (!c.has(1)) {
                    return false;
                }
                operand.setImmediate(c.u8(), 1, false);
                return true;
            case 2:
                if (!c.has(2)) {
                    return false;
                }
                operand.setImmediate(c.u16(), 2, false);
                return true;
            case 8:
                if (!c.has(8)) {
                    return false;
                }
                operand.setImmediate(c.s64(), 8, false);
                return true;
            default:
                if (!c.has(4)) {
                    return false;
                }
                if (width == X86Operands.Z && c.operandSize == 2) {
                    operand.setImmediate(c.s32(), 8, true);
                } else {
                    operand.setImmediate(c.s32() & 0xffffffffL, 4, false);
                }
                return true;
        }
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

    private static boolean absolute(int bytes, X86Cursor c, Operand operand, Access access) {
        int addressBytes = 2 << c.addressSize;
        if (!c.has(addressBytes)) {
            return false;
        }
        operand.setMemory(bytes, access);
        operand.addressBytes = addressBytes;
        operand.displacement =
                addressBytes == 2 ? c.u16() : addressBytes == 4 ? c.s32() & 0xffffffffL : c.s64();
        operand.segment = c.segment.isPresent() ? c.segment : X86Registers.DS;
        operand.segmentOverridden = c.segment.isPresent();
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
