package oriel.engine.disasm;

/**
 * Fills operands from the slots of a row and the fields of a cursor. Processors guess wrong where
 * code takes one of many ways from instruction to instruction, and that costs more than all the
 * rest: so there is one way for each usual combination of operands, with few turns in it.
 */
final class X86OperandReader {
    private static final int REGISTER = X86Slot.REGISTER;
    private static final int MEMORY = X86Slot.MEMORY;
    private static final int CONSTANT = X86Slot.CONSTANT;

    /** Numbers of ss and ds. */
    private static final int STACK = 2;

    private static final int DATA = 3;

    private X86OperandReader() {}

    /** Fills all operands; false when a field names a register that is not there. */
    static boolean read(X86Encoding encoding, X86Cursor c, Instruction into) {
        X86Slot[] slots = encoding.operands;
        into.operandCount = slots.length;
        if (encoding.isSelective || c.isEvex) {
            return selective(encoding, slots, c, into);
        }
        Operand[] operands = into.operands;
        int sizes = c.sizes();
        int numbers = c.numbers();
        switch (encoding.forms(c.memory())) {
            case 0 -> {}
            case REGISTER -> register(slots[0], sizes, numbers, operands[0]);
            case MEMORY -> memory(slots[0], sizes, c, operands[0]);
            case X86Slot.TARGET -> target(slots[0], sizes, c, into, operands[0]);
            case REGISTER | REGISTER << 3 -> {
                register(slots[0], sizes, numbers, operands[0]);
                register(slots[1], sizes, numbers, operands[1]);
            }
            case REGISTER | MEMORY << 3 -> {
                register(slots[0], sizes, numbers, operands[0]);
                memory(slots[1], sizes, c, operands[1]);
            }
            case MEMORY | REGISTER << 3 -> {
                memory(slots[0], sizes, c, operands[0]);
                register(slots[1], sizes, numbers, operands[1]);
            }
            case REGISTER | CONSTANT << 3 -> {
                register(slots[0], sizes, numbers, operands[0]);
                constant(slots[1], sizes, c, operands[1]);
            }
            case MEMORY | CONSTANT << 3 -> {
                memory(slots[0], sizes, c, operands[0]);
                constant(slots[1], sizes, c, operands[1]);
            }
            default -> {
                for (int i = 0; i < slots.length; i++) {
                    any(slots[i], sizes, c, into, operands[i]);
                }
            }
        }
        return true;
    }

    private static void any(
            X86Slot slot, int sizes, X86Cursor c, Instruction into, Operand operand) {
        switch (c.memory() ? slot.memoryForm : slot.registerForm) {
            case REGISTER -> register(slot, sizes, c.numbers(), operand);
            case MEMORY -> memory(slot, sizes, c, operand);
            case CONSTANT -> constant(slot, sizes, c, operand);
            case X86Slot.TARGET -> target(slot, sizes, c, into, operand);
            default -> other(slot, slot.bytes(sizes), c, operand);
        }
    }

    /** Reads operands of which some encodings are no instruction. */
    private static boolean selective(
            X86Encoding encoding, X86Slot[] slots, X86Cursor c, Instruction into) {
        int sizes = c.sizes();
        for (int i = 0; i < slots.length; i++) {
            X86Slot slot = slots[i];
            Operand operand = into.operands[i];
            any(slot, sizes, c, into, operand);
            if (operand.is(CodeRegister.NONE)) {
                return false;
            }
            if ((c.memory() ? slot.memoryForm : slot.registerForm) == MEMORY) {
                if (c.isEvex) {
                    evex(encoding, slot, c, into, operand);
                }
                if (encoding.isSelective && !sib(encoding, sizes, c, operand)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void register(X86Slot slot, int sizes, int numbers, Operand operand) {
        operand.setRegister(slot.register(numbers, sizes), slot.registerState);
    }

    private static void constant(X86Slot slot, int sizes, X86Cursor c, Operand operand) {
        boolean signed = slot.isSigned(c.operandSize);
        long value = c.constant(slot.constantBytes(c.operandSize), signed);
        operand.setImmediate(value, slot.bytes(sizes), signed);
    }

    private static void target(
            X86Slot slot, int sizes, X86Cursor c, Instruction into, Operand operand) {
        long target = into.va + into.length + c.constant(slot.bytes(sizes), true);
        if (!c.is64) {
            target &= c.operandSize == 0 ? 0xffffL : 0xffffffffL;
        }
        operand.setTarget(target, c.is64 ? 8 : 4);
    }

    private static void other(X86Slot slot, int bytes, X86Cursor c, Operand operand) {
        switch (slot.place) {
            case X86Operands.ONE -> operand.setImmediate(1, 1, false);
            case X86Operands.LOW_NIBBLE -> operand.setImmediate(c.lowNibble(), 1, false);
            case X86Operands.ABSOLUTE -> absolute(bytes, slot.memoryState, c, operand);
            case X86Operands.FAR -> far(bytes, c, operand);
            default -> string(slot, bytes, c, operand);
        }
    }

    private static void memory(X86Slot slot, int sizes, X86Cursor c, Operand operand) {
        int bytes = slot.memoryBytes(sizes);
        if (c.addressSize == 0) {
            address16(bytes, slot.memoryState, c, operand);
        } else {
            address(bytes, slot.memoryState, c, operand);
        }
    }

    private static void evex(
            X86Encoding encoding, X86Slot slot, X86Cursor c, Instruction into, Operand operand) {
        if (c.evexB && slot.element != 0) {
            operand.setBroadcast(slot.element);
            into.special = true;
        }
        if (c.displacement8) {
            operand.displacement *= encoding.tuple != 0 ? encoding.tuple : operand.sizeBytes();
        }
    }

    /** Whether a SIB byte is there where there must be; its index may be a vector. */
    private static boolean sib(X86Encoding encoding, int sizes, X86Cursor c, Operand operand) {
        if (encoding.index.isVector && c.hasSib) {
            int number = c.index() | c.extendVectorIndex;
            operand.index = encoding.index.named(number, sizes);
            operand.scale = 1 << (c.sib >> 6);
        }
        return c.hasSib || !encoding.is(X86Encoding.NEEDS_SIB | X86Encoding.VECTOR_INDEX);
    }

    private static void address(int bytes, int state, X86Cursor c, Operand operand) {
        int base = c.base();
        int index = c.index();
        boolean wide = c.addressSize == 2;
        operand.setMemory(
                bytes,
                state,
                (wide ? X86Registers.BASE64 : X86Registers.BASE32)[base],
                (wide ? X86Registers.INDEX64 : X86Registers.INDEX32)[index],
                c.scale(),
                c.displacement);
        operand.addressBytes = 2 << c.addressSize;
        operand.segment = c.segment >= 0 ? c.segment : (base & ~1) == 4 ? STACK : DATA;
        operand.segmentOverridden = c.segment >= 0;
    }

    private static void address16(int bytes, int state, X86Cursor c, Operand operand) {
        int rm = c.rm();
        int number = rm < 2 || rm == 7 ? 3 : rm < 4 || rm == 6 ? 5 : rm == 4 ? 6 : 7;
        boolean absolute = rm == 6 && c.modrm < 0x40;
        CodeRegister base = absolute ? CodeRegister.NONE : X86Registers.GENERAL16[number];
        operand.setMemory(bytes, state, base, c.displacement, 2);
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

    /** Memory at a register that is not a base: rsi, rdi, rbx of xlat, or that of modrm.reg. */
    private static void string(X86Slot slot, int bytes, X86Cursor c, Operand operand) {
        boolean stores = slot.place == X86Operands.DIRECT_STORE;
        boolean destination = stores || slot.place == X86Operands.DESTINATION;
        int number =
                switch (slot.place) {
                    case X86Operands.SOURCE -> 6;
                    case X86Operands.TRANSLATION -> 3;
                    case X86Operands.DIRECT_STORE -> c.numbers() & 15;
                    default -> 7;
                };
        CodeRegister base = X86Registers.general(c.addressSize)[number];
        operand.setMemory(bytes, slot.memoryState, base, 0, 2 << c.addressSize);
        segment(c, operand, false);
        if (destination) {
            operand.segment = X86Registers.ES.number();
            operand.segmentOverridden = false;
        }
    }

    private static void absolute(int bytes, int state, X86Cursor c, Operand operand) {
        int addressBytes = 2 << c.addressSize;
        long va = c.constant(addressBytes, false);
        operand.setMemory(bytes, state, CodeRegister.NONE, va, addressBytes);
        segment(c, operand, false);
    }

    private static void far(int bytes, X86Cursor c, Operand operand) {
        long offset = c.constant(bytes == 4 ? 2 : 4, false);
        operand.setFarPointer((int) c.constant(2, false), offset, bytes);
    }
}
