package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.generalOrSp;
import static oriel.engine.disasm.Arm64Operands.memory;
import static oriel.engine.disasm.Arm64Operands.ra;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.signed;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

import oriel.engine.disasm.Operand.Access;
import oriel.engine.disasm.Operand.Indexing;

/** Exclusive, ordered and atomic accesses, signed pointers and memory tags. */
final class Arm64Exclusive {
    /** By size: suffix of the mnemonic. */
    private static final String[] SIZES = {"b", "h", "", ""};

    private static final String[] ORDERS = {"", "l", "a", "al"};
    private static final String[] OPERATIONS = {
        "add", "clr", "eor", "set", "smax", "smin", "umax", "umin"
    };

    /** By operation, order and size. */
    private static final String[] LOADING = table("ld", OPERATIONS);

    private static final String[] STORING = table("st", OPERATIONS);
    private static final String[] SWAP = table("sw", new String[] {"p"});
    private static final String[] COMPARE_SWAP = table("c", new String[] {"as"});
    private static final String[] COMPARE_SWAP_PAIR = {"casp", "caspl", "caspa", "caspal"};
    private static final String[] STORE_EXCLUSIVE = {
        "stxrb", "stxrh", "stxr", "stxr", "stlxrb", "stlxrh", "stlxr", "stlxr"
    };
    private static final String[] LOAD_EXCLUSIVE = {
        "ldxrb", "ldxrh", "ldxr", "ldxr", "ldaxrb", "ldaxrh", "ldaxr", "ldaxr"
    };
    private static final String[] STORE_ORDERED = {
        "stllrb", "stllrh", "stllr", "stllr", "stlrb", "stlrh", "stlr", "stlr"
    };
    private static final String[] LOAD_ORDERED = {
        "ldlarb", "ldlarh", "ldlar", "ldlar", "ldarb", "ldarh", "ldar", "ldar"
    };
    private static final String[] ORDERED_LOADS = {"ldaprb", "ldaprh", "ldapr", "ldapr"};
    private static final String[] TAGS = {"stg", "stzg", "st2g", "stz2g"};
    private static final String[] PAIRED_CLEAR = {"ldclrp", "ldclrpl", "ldclrpa", "ldclrpal"};
    private static final String[] PAIRED_SET = {"ldsetp", "ldsetpl", "ldsetpa", "ldsetpal"};
    private static final String[] PAIRED_SWAP = {"swpp", "swppl", "swppa", "swppal"};

    /** Read-check-write: by status form (rcws), operation and order. */
    private static final String[] CHECKED = checked();

    private Arm64Exclusive() {}

    private static String[] checked() {
        String[] operations = {"", "clr", "swp", "set", "cas", "casp", "clrp", "swpp", "setp"};
        var names = new String[128];
        for (int i = 0; i < names.length; i++) {
            String operation = (i >> 2 & 15) < operations.length ? operations[i >> 2 & 15] : "";
            names[i] = (i >> 6 == 0 ? "rcw" : "rcws") + operation + ORDERS[i & 3];
        }
        return names;
    }

    private static String[] table(String prefix, String[] operations) {
        var names = new String[operations.length * 16];
        for (int i = 0; i < names.length; i++) {
            names[i] = prefix + operations[i >> 4] + ORDERS[i >> 2 & 3] + SIZES[i & 3];
        }
        return names;
    }

    static void decode(int word, Instruction to) {
        int size = bits(word, 30, 2);
        boolean load = bit(word, 22);
        int ordered = bit(word, 15) ? 4 : 0;
        boolean wide = size == 3;
        int status = rm(word);
        if (bit(word, 23)) {
            if (bit(word, 21)) {
                if (ra(word) == 31) {
                    int order = (load ? 2 : 0) | ordered >> 2;
                    begin(to, COMPARE_SWAP[order << 2 | size]);
                    general(to, wide, status);
                    general(to, wide, rd(word));
                    memory(to, rn(word), 1 << size, Access.READ_WRITE);
                    changesFirst(to);
                }
                return;
            }
            begin(to, (load ? LOAD_ORDERED : STORE_ORDERED)[ordered | size]);
            general(to, wide, rd(word));
            memory(to, rn(word), 1 << size, load ? Access.READ : Access.WRITE);
        } else if (bit(word, 21)) {
            exclusivePair(word, to);
            return;
        } else {
            begin(to, (load ? LOAD_EXCLUSIVE : STORE_EXCLUSIVE)[ordered | size]);
            if (!load) {
                general(to, false, status);
            }
            general(to, wide, rd(word));
            memory(to, rn(word), 1 << size, load ? Access.READ : Access.WRITE);
            writesFirst(to);
        }
        if (load) {
            writesFirst(to);
        }
    }

    private static void exclusivePair(int word, Instruction to) {
        int size = bits(word, 30, 2);
        boolean load = bit(word, 22);
        boolean ordered = bit(word, 15);
        if (size < 2) {
            boolean odd = ((rm(word) | rd(word)) & 1) != 0;
            if (ra(word) != 31 || odd) {
                return;
            }
            begin(to, COMPARE_SWAP_PAIR[(load ? 2 : 0) | (ordered ? 1 : 0)]);
            general(to, size == 1, rm(word));
            general(to, size == 1, rm(word) + 1);
            general(to, size == 1, rd(word));
            general(to, size == 1, rd(word) + 1);
            memory(to, rn(word), 8 << size, Access.READ_WRITE);
            changesFirst(to);
            to.operands[1].setAccess(Access.READ_WRITE);
            return;
        }
        begin(to, load ? ordered ? "ldaxp" : "ldxp" : ordered ? "stlxp" : "stxp");
        if (!load) {
            general(to, false, rm(word));
        }
        general(to, size == 3, rd(word));
        general(to, size == 3, ra(word));
        memory(to, rn(word), 2 << size, load ? Access.READ : Access.WRITE);
        writesFirst(to);
        if (load) {
            to.operands[1].setAccess(Access.WRITE);
        }
    }

    /** The row in which bit 21 is set: atomics, and loads of signed pointers. */
    static void atomicOrSigned(int word, Instruction to) {
        int size = bits(word, 30, 2);
        int type = bits(word, 10, 2);
        if (type != 0) {
            if (size == 3) {
                begin(to, bit(word, 23) ? "ldrab" : "ldraa");
                general(to, true, rd(word));
                long offset = (bits(word, 12, 9) | (bit(word, 22) ? -512 : 0)) * 8L;
                Indexing indexing = bit(word, 11) ? Indexing.PRE : Indexing.OFFSET;
                memory(to, rn(word), offset, indexing, 8, Access.READ);
                writesFirst(to);
            }
            return;
        }
        boolean wide = size == 3;
        int order = bits(word, 22, 2);
        int operation = bits(word, 12, 3);
        if (!bit(word, 15)) {
            boolean store = rd(word) == 31 && (order & 2) == 0;
            begin(to, (store ? STORING : LOADING)[operation << 4 | order << 2 | size]);
            general(to, wide, rm(word));
            if (!store) {
                general(to, wide, rd(word));
                to.operands[1].setAccess(Access.WRITE);
            }
            memory(to, rn(word), 1 << size, Access.READ_WRITE);
        } else if (operation == 0) {
            begin(to, SWAP[order << 2 | size]);
            general(to, wide, rm(word));
            general(to, wide, rd(word));
            to.operands[1].setAccess(Access.WRITE);
            memory(to, rn(word), 1 << size, Access.READ_WRITE);
        } else if (operation == 4 && order == 2 && rm(word) == 31) {
            begin(to, ORDERED_LOADS[size]);
            general(to, wide, rd(word));
            memory(to, rn(word), 1 << size, Access.READ);
            writesFirst(to);
        } else if (size < 2 && operation >= 1 && operation <= 3) {
            begin(to, CHECKED[(size << 4 | operation) << 2 | order]);
            general(to, true, rm(word));
            general(to, true, rd(word));
            to.operands[1].setAccess(Access.WRITE);
            memory(to, rn(word), 8, Access.READ_WRITE);
            to.flagsWritten = Arm64Flags.NZCV;
        } else if (wide && order == 0) {
            wholeLine(word, to, operation);
        }
    }

    /** Accesses of 64 bytes. */
    private static void wholeLine(int word, Instruction to, int operation) {
        boolean plain = operation == 1 || operation == 5;
        if (operation == 4 || operation > 5) {
            return;
        }
        if (plain && rm(word) != 31 || (rd(word) & 1) != 0 || rd(word) > 22) {
            return;
        }
        begin(
                to,
                switch (operation) {
                    case 1 -> "st64b";
                    case 2 -> "st64bv0";
                    case 3 -> "st64bv";
                    default -> "ld64b";
                });
        if (!plain) {
            general(to, true, rm(word));
            writesFirst(to);
        }
        general(to, true, rd(word));
        if (operation == 5) {
            writesFirst(to);
        }
        memory(to, rn(word), 64, operation == 5 ? Access.READ : Access.WRITE);
    }

    /** Atomics of 128 bits, and memory tags. */
    static void pairOrTag(int word, Instruction to, boolean vector) {
        int size = bits(word, 30, 2);
        if (vector) {
            return;
        }
        if (size == 3) {
            tag(word, to);
            return;
        }
        int order = bits(word, 22, 2);
        int row = bits(word, 10, 6);
        if (size < 2 && (row == 2 || row == 3)) {
            checkedSwap(word, to, CHECKED[(size << 4 | 2 + row) << 2 | order], row == 3);
        } else if (size < 2 && (row & 3) == 0 && row >= 36 && row <= 44) {
            pair(word, to, CHECKED[(size << 4 | (row >> 2) - 3) << 2 | order]);
        } else if (size == 0 && (row & 3) == 0) {
            String name =
                    switch (bits(word, 12, 4)) {
                        case 1 -> PAIRED_CLEAR[order];
                        case 3 -> PAIRED_SET[order];
                        case 8 -> PAIRED_SWAP[order];
                        default -> "";
                    };
            if (!name.isEmpty()) {
                pair(word, to, name);
            }
        }
    }

    private static void pair(int word, Instruction to, String name) {
        if (rd(word) == 31 || rm(word) == 31) {
            return;
        }
        begin(to, name);
        general(to, true, rd(word));
        general(to, true, rm(word));
        memory(to, rn(word), 16, Access.READ_WRITE);
        changesFirst(to);
        to.operands[1].setAccess(Access.READ_WRITE);
    }

    /** rcwcas and rcwcasp, which check and swap translation tables. */
    private static void checkedSwap(int word, Instruction to, String name, boolean pair) {
        if (pair && ((rm(word) | rd(word)) & 1) != 0) {
            return;
        }
        begin(to, name);
        general(to, true, rm(word));
        if (pair) {
            general(to, true, rm(word) + 1);
        }
        general(to, true, rd(word));
        if (pair) {
            general(to, true, rd(word) + 1);
        }
        memory(to, rn(word), pair ? 16 : 8, Access.READ_WRITE);
        changesFirst(to);
        to.flagsWritten = Arm64Flags.NZCV;
    }

    private static void tag(int word, Instruction to) {
        int operation = bits(word, 22, 2);
        int type = bits(word, 10, 2);
        long offset = signed(word, 12, 9) * 16L;
        if (type != 0) {
            begin(to, TAGS[operation]);
            generalOrSp(to, true, rd(word));
            Indexing indexing =
                    type == 1 ? Indexing.POST : type == 3 ? Indexing.PRE : Indexing.OFFSET;
            memory(to, rn(word), offset, indexing, operation < 2 ? 16 : 32, Access.WRITE);
            return;
        }
        if (operation != 1 && offset != 0) {
            return;
        }
        begin(
                to,
                switch (operation) {
                    case 0 -> "stzgm";
                    case 1 -> "ldg";
                    case 2 -> "stgm";
                    default -> "ldgm";
                });
        general(to, true, rd(word));
        memory(
                to,
                rn(word),
                offset,
                Indexing.OFFSET,
                0,
                operation % 2 == 1 ? Access.READ : Access.WRITE);
        to.privileged = operation != 1;
        if (operation == 1) {
            changesFirst(to);
        } else if (operation == 3) {
            writesFirst(to);
        }
    }
}
