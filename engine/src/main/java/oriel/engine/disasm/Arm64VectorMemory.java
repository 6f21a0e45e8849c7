package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.list;
import static oriel.engine.disasm.Arm64Operands.memory;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;

import oriel.engine.disasm.Operand.Access;
import oriel.engine.disasm.Operand.Indexing;

/** Loads and stores of vectors as structures: ld1 to ld4, st1 to st4. */
final class Arm64VectorMemory {
    private static final String[] LOADS = {"ld1", "ld2", "ld3", "ld4"};
    private static final String[] STORES = {"st1", "st2", "st3", "st4"};
    private static final String[] REPLICATES = {"ld1r", "ld2r", "ld3r", "ld4r"};
    private static final String[] ELEMENTS = {"b", "h", "s", "d"};

    private Arm64VectorMemory() {}

    static void decode(int word, Instruction to) {
        boolean after = bit(word, 23);
        if (bit(word, 31)) {
            return;
        }
        if (bit(word, 24)) {
            if (!after && rm(word) == 1) {
                ordered(word, to);
            } else if (after || rm(word) == 0) {
                single(word, to, after);
            }
        } else if (!bit(word, 21) && (after || rm(word) == 0)) {
            multiple(word, to, after);
        }
    }

    private static void multiple(int word, Instruction to, boolean after) {
        int structures;
        int registers;
        switch (bits(word, 12, 4)) {
            case 0 -> structures = registers = 4;
            case 2 -> {
                structures = 1;
                registers = 4;
            }
            case 4 -> structures = registers = 3;
            case 6 -> {
                structures = 1;
                registers = 3;
            }
            case 7 -> structures = registers = 1;
            case 8 -> structures = registers = 2;
            case 10 -> {
                structures = 1;
                registers = 2;
            }
            default -> {
                return;
            }
        }
        int size = bits(word, 10, 2);
        boolean full = bit(word, 30);
        if (size == 3 && !full && structures != 1) {
            return;
        }
        boolean load = bit(word, 22);
        begin(to, (load ? LOADS : STORES)[structures - 1]);
        list(to, rd(word), Arm64Vector.shape(size, full), registers);
        access(word, to, after, load, registers * (full ? 16 : 8));
    }

    private static void single(int word, Instruction to, boolean after) {
        int opcode = bits(word, 13, 3);
        int structures = ((opcode & 1) << 1 | bits(word, 21, 1)) + 1;
        boolean load = bit(word, 22);
        boolean half = bit(word, 12);
        int size = bits(word, 10, 2);
        int place = bits(word, 30, 1) << 3 | (half ? 4 : 0) | size;
        int log2;
        int lane;
        switch (opcode >> 1) {
            case 0 -> {
                log2 = 0;
                lane = place;
            }
            case 1 -> {
                if ((size & 1) != 0) {
                    return;
                }
                log2 = 1;
                lane = place >> 1;
            }
            case 2 -> {
                if (size > 1 || size == 1 && half) {
                    return;
                }
                log2 = 2 + size;
                lane = place >> log2;
            }
            default -> {
                if (!load || half) {
                    return;
                }
                begin(to, REPLICATES[structures - 1]);
                list(to, rd(word), Arm64Vector.shape(size, bit(word, 30)), structures);
                access(word, to, after, true, structures << size);
                return;
            }
        }
        begin(to, (load ? LOADS : STORES)[structures - 1]);
        list(to, rd(word), ELEMENTS[log2], structures).lane = lane;
        access(word, to, after, load, structures << log2);
        if (load) {
            to.operands[0].setAccess(Access.READ_WRITE);
        }
    }

    private static void ordered(int word, Instruction to) {
        if (bit(word, 21) || bits(word, 10, 6) != 0b100001) {
            return;
        }
        boolean load = bit(word, 22);
        begin(to, load ? "ldap1" : "stl1");
        list(to, rd(word), "d", 1).lane = bits(word, 30, 1);
        memory(to, rn(word), 8, load ? Access.READ : Access.WRITE);
    }

    private static void access(int word, Instruction to, boolean after, boolean load, int bytes) {
        Access access = load ? Access.READ : Access.WRITE;
        if (load) {
            to.operands[0].setAccess(Access.WRITE);
        }
        if (!after || rm(word) == 31) {
            Indexing indexing = after ? Indexing.POST : Indexing.OFFSET;
            memory(to, rn(word), after ? bytes : 0, indexing, bytes, access);
            return;
        }
        Operand memory = memory(to, rn(word), 0, Indexing.POST, bytes, access);
        memory.index = Arm64Registers.general(true, rm(word));
        to.stackKnown = rn(word) != 31;
    }
}
