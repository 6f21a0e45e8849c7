package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.memory;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;

import oriel.engine.disasm.Operand.Access;
import oriel.engine.disasm.Operand.Indexing;

/** Memory copy and memory set: cpyfp, cpym, sete and so on. */
final class Arm64MemoryCopy {
    private static final String[] COPY_OPTIONS = {
        "", "wt", "rt", "t", "wn", "wtwn", "rtwn", "twn",
        "rn", "wtrn", "rtrn", "trn", "n", "wtn", "rtn", "tn"
    };
    private static final String[] SET_OPTIONS = {"", "t", "n", "tn"};
    private static final String[] STAGES = {"p", "m", "e"};

    /** By kind (cpyf, cpy, set, setg), stage and option. */
    private static final String[][] MNEMONICS = mnemonics();

    private Arm64MemoryCopy() {}

    static void decode(int word, Instruction to) {
        boolean second = bit(word, 26);
        int stage = bits(word, 22, 2);
        int option = bits(word, 12, 4);
        int destination = rd(word);
        int count = rn(word);
        int source = rm(word);
        if (bits(word, 30, 2) != 0 || destination == 31) {
            return;
        }
        boolean set = stage == 3;
        if (set) {
            stage = option >> 2;
            option &= 3;
        }
        boolean clash = destination == source || destination == count || source == count;
        if (stage == 3 || clash || !set && source == 31) {
            return;
        }
        begin(to, MNEMONICS[(set ? 2 : 0) + (second ? 1 : 0)][stage << 4 | option]);
        pointer(to, destination, Access.WRITE);
        if (set) {
            counter(to, count);
            general(to, true, source);
        } else {
            pointer(to, source, Access.READ);
            counter(to, count);
        }
    }

    private static void pointer(Instruction to, int register, Access access) {
        memory(to, register, 0, Indexing.PRE, 0, access);
    }

    private static void counter(Instruction to, int register) {
        Operand counter = general(to, true, register);
        counter.setAccess(Access.READ_WRITE);
        counter.setIndexing(Indexing.PRE);
    }

    private static String[][] mnemonics() {
        String[] kinds = {"cpyf", "cpy", "set", "setg"};
        var names = new String[kinds.length][48];
        for (int kind = 0; kind < kinds.length; kind++) {
            String[] options = kind < 2 ? COPY_OPTIONS : SET_OPTIONS;
            for (int i = 0; i < 48; i++) {
                names[kind][i] = kinds[kind] + STAGES[i >> 4] + options[(i & 15) % options.length];
            }
        }
        return names;
    }
}
