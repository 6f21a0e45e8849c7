package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.floating;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.memory;
import static oriel.engine.disasm.Arm64Operands.pcRelative;
import static oriel.engine.disasm.Arm64Operands.ra;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.signed;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

import oriel.engine.disasm.Operand.Access;
import oriel.engine.disasm.Operand.Indexing;

/** Plain loads and stores of one register or of two: DDI 0487 C4.1, op0 x1x0. */
final class Arm64Memory {
    /** Mnemonics by size and opc: store, load, load signed to x, load signed to w. */
    private static final String[][] SCALED = {
        {"strb", "ldrb", "ldrsb", "ldrsb"},
        {"strh", "ldrh", "ldrsh", "ldrsh"},
        {"str", "ldr", "ldrsw", ""},
        {"str", "ldr", "prfm", ""}
    };

    private static final String[][] UNSCALED = {
        {"sturb", "ldurb", "ldursb", "ldursb"},
        {"sturh", "ldurh", "ldursh", "ldursh"},
        {"stur", "ldur", "ldursw", ""},
        {"stur", "ldur", "prfum", ""}
    };
    private static final String[][] UNPRIVILEGED = {
        {"sttrb", "ldtrb", "ldtrsb", "ldtrsb"},
        {"sttrh", "ldtrh", "ldtrsh", "ldtrsh"},
        {"sttr", "ldtr", "ldtrsw", ""},
        {"sttr", "ldtr", "", ""}
    };
    private static final String[][] ORDERED = {
        {"stlurb", "ldapurb", "ldapursb", "ldapursb"},
        {"stlurh", "ldapurh", "ldapursh", "ldapursh"},
        {"stlur", "ldapur", "ldapursw", ""},
        {"stlur", "ldapur", "", ""}
    };

    private Arm64Memory() {}

    static void decode(int word, Instruction to) {
        boolean vector = bit(word, 26);
        switch (bits(word, 28, 2)) {
            case 0 -> {
                if (vector) {
                    Arm64VectorMemory.decode(word, to);
                } else if (!bit(word, 24)) {
                    Arm64Exclusive.decode(word, to);
                }
            }
            case 1 -> {
                if (!bit(word, 24)) {
                    literal(word, to, vector);
                } else if (bit(word, 21)) {
                    Arm64Exclusive.pairOrTag(word, to, vector);
                } else {
                    ordered(word, to, vector);
                }
            }
            case 2 -> pair(word, to, vector);
            default -> single(word, to, vector);
        }
    }

    private static void literal(int word, Instruction to, boolean vector) {
        int size = bits(word, 30, 2);
        long target = to.va + signed(word, 5, 19) * 4L;
        if (vector) {
            if (size < 3) {
                begin(to, "ldr");
                floating(to, size + 2, rd(word));
                pcRelative(to, target, 4 << size, Access.READ);
                writesFirst(to);
            }
            return;
        }
        begin(to, size == 2 ? "ldrsw" : size == 3 ? "prfm" : "ldr");
        if (size == 3) {
            Arm64Prefetch.operand(to, rd(word));
            pcRelative(to, target, 0, Access.NONE);
        } else {
            general(to, size != 0, rd(word));
            pcRelative(to, target, size == 1 ? 8 : 4, Access.READ);
            writesFirst(to);
        }
    }

    private static void pair(int word, Instruction to, boolean vector) {
        int size = bits(word, 30, 2);
        int mode = bits(word, 23, 2);
        boolean load = bit(word, 22);
        if (size == 3 || bit(word, 24) && bit(word, 25)) {
            return;
        }
        int log2;
        boolean tags = !vector && size == 1 && !load;
        if (vector) {
            log2 = size + 2;
        } else {
            if (size == 1 && mode == 0) {
                return;
            }
            log2 = size == 2 ? 3 : tags ? 4 : 2;
        }
        boolean streaming = mode == 0;
        begin(
                to,
                tags
                        ? "stgp"
                        : !vector && size == 1
                                ? "ldpsw"
                                : load ? streaming ? "ldnp" : "ldp" : streaming ? "stnp" : "stp");
        if (vector) {
            floating(to, log2, rd(word));
            floating(to, log2, ra(word));
        } else {
            general(to, size != 0, rd(word));
            general(to, size != 0, ra(word));
        }
        Indexing indexing = mode == 1 ? Indexing.POST : mode == 3 ? Indexing.PRE : Indexing.OFFSET;
        int bytes = tags ? 16 : 2 << log2;
        Access access = load ? Access.READ : Access.WRITE;
        memory(to, rn(word), (long) signed(word, 15, 7) << log2, indexing, bytes, access);
        if (load) {
            writesFirst(to);
            to.operands[1].setAccess(Access.WRITE);
        }
    }

    private static void single(int word, Instruction to, boolean vector) {
        int size = bits(word, 30, 2);
        int opc = bits(word, 22, 2);
        if (bit(word, 24)) {
            int log2 = vector && opc >= 2 ? 4 : size;
            if (beginAccess(word, to, vector, SCALED)) {
                access(word, to, (long) bits(word, 10, 12) << log2, Indexing.OFFSET);
            }
            return;
        }
        int type = bits(word, 10, 2);
        if (bit(word, 21)) {
            if (type == 2) {
                registerOffset(word, to, vector);
            } else if (!vector) {
                Arm64Exclusive.atomicOrSigned(word, to);
            }
            return;
        }
        long offset = signed(word, 12, 9);
        boolean prefetch = !vector && size == 3 && opc == 2;
        switch (type) {
            case 0 -> {
                if (beginAccess(word, to, vector, UNSCALED)) {
                    access(word, to, offset, Indexing.OFFSET);
                }
            }
            case 2 -> {
                if (!vector && beginAccess(word, to, false, UNPRIVILEGED)) {
                    access(word, to, offset, Indexing.OFFSET);
                }
            }
            default -> {
                if (!prefetch && beginAccess(word, to, vector, SCALED)) {
                    access(word, to, offset, type == 1 ? Indexing.POST : Indexing.PRE);
                }
            }
        }
    }

    /** Begins with the mnemonic for size and opc and the register operand. */
    private static boolean beginAccess(
            int word, Instruction to, boolean vector, String[][] mnemonics) {
        int size = bits(word, 30, 2);
        int opc = bits(word, 22, 2);
        if (vector) {
            if (opc >= 2 && size != 0) {
                return false;
            }
            begin(to, mnemonics[3][opc & 1]);
            floating(to, opc >= 2 ? 4 : size, rd(word));
            return true;
        }
        String mnemonic = mnemonics[size][opc];
        if (mnemonic.isEmpty()) {
            return false;
        }
        begin(to, mnemonic);
        if (size == 3 && opc == 2) {
            Arm64Prefetch.operand(to, rd(word));
        } else {
            general(to, size == 3 || opc == 2, rd(word));
        }
        return true;
    }

    private static Operand access(int word, Instruction to, long offset, Indexing indexing) {
        int size = bits(word, 30, 2);
        int opc = bits(word, 22, 2);
        boolean vector = bit(word, 26);
        boolean prefetch = !vector && size == 3 && opc == 2;
        boolean load = vector ? (opc & 1) != 0 : opc != 0;
        int bytes = prefetch ? 0 : vector && opc >= 2 ? 16 : 1 << size;
        Access access = prefetch ? Access.NONE : load ? Access.READ : Access.WRITE;
        if (load && !prefetch) {
            writesFirst(to);
        }
        return memory(to, rn(word), offset, indexing, bytes, access);
    }

    private static void registerOffset(int word, Instruction to, boolean vector) {
        int size = bits(word, 30, 2);
        int opc = bits(word, 22, 2);
        int option = bits(word, 13, 3);
        if ((option & 2) == 0) {
            return;
        }
        if (!vector && size == 3 && opc == 2 && rd(word) >= 24) {
            Arm64Prefetch.range(word, to);
            return;
        }
        if (!beginAccess(word, to, vector, SCALED)) {
            return;
        }
        Operand memory = access(word, to, 0, Indexing.OFFSET);
        memory.index = Arm64Registers.general((option & 1) != 0, rm(word));
        boolean scaled = bit(word, 12);
        int amount = scaled ? vector && opc >= 2 ? 4 : size : 0;
        memory.scale = 1 << amount;
        memory.shiftAmount = amount;
        memory.shift =
                switch (option) {
                    case 2 -> "uxtw";
                    case 3 -> scaled ? "lsl" : "";
                    case 6 -> "sxtw";
                    default -> "sxtx";
                };
        memory.shiftShown = scaled;
    }

    /** Release and acquire with an offset. */
    private static void ordered(int word, Instruction to, boolean vector) {
        int type = bits(word, 10, 2);
        if (type == 1) {
            Arm64MemoryCopy.decode(word, to);
        } else if (type == (vector ? 2 : 0)) {
            if (beginAccess(word, to, vector, ORDERED)) {
                access(word, to, signed(word, 12, 9), Indexing.OFFSET);
            }
        } else if (type == 2) {
            orderedPair(word, to);
        } else if (type == 3 && !vector && (word & 0xffffec00) == 0xd91f0c00) {
            begin(to, bit(word, 12) ? "gcssttr" : "gcsstr");
            general(to, true, rd(word));
            memory(to, rn(word), 8, Access.WRITE);
        }
    }

    /** ldiapp, stilp, and ldapr and stlr with write-back. */
    private static void orderedPair(int word, Instruction to) {
        boolean wide = bit(word, 30);
        boolean load = bit(word, 22);
        if (!bit(word, 31) || bits(word, 13, 3) != 0) {
            return;
        }
        int bytes = wide ? 8 : 4;
        Access access = load ? Access.READ : Access.WRITE;
        boolean one = bit(word, 23);
        boolean plain = bit(word, 12);
        if (one && (rm(word) != 0 || plain)) {
            return;
        }
        begin(to, one ? load ? "ldapr" : "stlr" : load ? "ldiapp" : "stilp");
        general(to, wide, rd(word));
        if (!one) {
            general(to, wide, rm(word));
            bytes *= 2;
            to.operands[1].setAccess(load ? Access.WRITE : Access.READ);
        }
        Indexing indexing = plain ? Indexing.OFFSET : load ? Indexing.POST : Indexing.PRE;
        memory(to, rn(word), plain ? 0 : load ? bytes : -bytes, indexing, bytes, access);
        if (load) {
            writesFirst(to);
        }
    }
}
