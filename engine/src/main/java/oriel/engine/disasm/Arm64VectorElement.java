package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.lane;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.vector;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Advanced SIMD with one lane of the second source. */
final class Arm64VectorElement {
    /** By opcode: U clear, U set; floating point, complex numbers and dot products are apart. */
    private static final String[] INTEGER = {
        "", "mla", "", "", "smlal", "umlal", "sqdmlal", "",
        "", "mls", "", "", "smlsl", "umlsl", "sqdmlsl", "",
        "mul", "", "", "", "smull", "umull", "sqdmull", "",
        "sqdmulh", "", "sqrdmulh", "sqrdmlah", "", "", "", "sqrdmlsh"
    };

    /** Products of eight-bit floating point that are four times as wide, by part. */
    static final String[] QUARTER_PRODUCTS = {"fmlallbb", "fmlalltb", "fmlallbt", "fmlalltt"};

    private static final String[] INTEGER_UPPER = Arm64Vector.upper(INTEGER);

    private Arm64VectorElement() {}

    static void decode(int word, Instruction to, boolean scalar) {
        int opcode = bits(word, 12, 4);
        int size = bits(word, 22, 2);
        boolean unsigned = bit(word, 29);
        switch (opcode) {
            case 1, 5, 9 -> {
                boolean product = opcode == 9;
                boolean complex = unsigned && !product;
                if (!complex) {
                    floating(word, to, scalar, opcode, size);
                    return;
                }
            }
            case 0, 4, 8, 12 -> {
                boolean quarter = !scalar && opcode == (unsigned ? 8 : 0) && size != 2;
                if (quarter && quarter(word, to, size)) {
                    return;
                }
                if (size == 2 && !scalar && unsigned == opcode >= 8) {
                    widening(word, to, opcode);
                    return;
                }
            }
            case 14 -> {
                if (!scalar && size == 2) {
                    dot(word, to, unsigned ? "udot" : "sdot", "4b");
                }
                return;
            }
            case 15 -> {
                if (!unsigned) {
                    if (!scalar) {
                        mixed(word, to, size);
                    }
                    return;
                }
            }
            default -> {
                // Looked at below.
            }
        }
        boolean complex = unsigned && (opcode & 9) == 1;
        if (complex) {
            if (!scalar) {
                complex(word, to, size);
            }
        } else {
            integer(word, to, scalar, opcode, size);
        }
    }

    /** The lane of the second source: H:L:M for halves, H:L for words, H for double words. */
    private static void element(int word, Instruction to, int log2) {
        int high = bits(word, 11, 1);
        int low = bits(word, 21, 1);
        int middle = bits(word, 20, 1);
        switch (log2) {
            case 1 -> lane(to, rm(word) & 15, "h", high << 2 | low << 1 | middle);
            case 2 -> lane(to, rm(word), "s", high << 1 | low);
            default -> lane(to, rm(word), "d", high);
        }
    }

    private static void floating(int word, Instruction to, boolean scalar, int opcode, int size) {
        int log2 = size == 0 ? 1 : size;
        boolean full = bit(word, 30);
        boolean unsigned = bit(word, 29);
        if (size == 1 || size == 3 && (bit(word, 21) || !full && !scalar)) {
            return;
        }
        begin(to, opcode == 9 ? unsigned ? "fmulx" : "fmul" : opcode == 1 ? "fmla" : "fmls");
        Arm64Vector.add(to, rd(word), log2, full, scalar);
        Arm64Vector.add(to, rn(word), log2, full, scalar);
        element(word, to, log2);
        if (opcode == 9) {
            writesFirst(to);
        } else {
            changesFirst(to);
        }
    }

    /** fmlal and fmlsl. */
    private static void widening(int word, Instruction to, int opcode) {
        boolean full = bit(word, 30);
        begin(
                to,
                switch (opcode) {
                    case 0 -> "fmlal";
                    case 4 -> "fmlsl";
                    case 8 -> "fmlal2";
                    default -> "fmlsl2";
                });
        vector(to, rd(word), Arm64Vector.shape(2, full));
        vector(to, rn(word), full ? "4h" : "2h");
        element(word, to, 1);
        changesFirst(to);
    }

    /** Eight-bit floating point; false when the words are others. */
    private static boolean quarter(int word, Instruction to, int size) {
        boolean full = bit(word, 30);
        int lane = bits(word, 11, 1) << 3 | bits(word, 19, 3);
        if (bit(word, 29)) {
            if (size > 1) {
                return false;
            }
            begin(to, QUARTER_PRODUCTS[size << 1 | (full ? 1 : 0)]);
            vector(to, rd(word), "4s");
            vector(to, rn(word), "16b");
            lane(to, rm(word) & 7, "b", lane);
        } else if (size == 3) {
            begin(to, full ? "fmlalt" : "fmlalb");
            vector(to, rd(word), "8h");
            vector(to, rn(word), "16b");
            lane(to, rm(word) & 7, "b", lane);
        } else if (size == 0) {
            dot(word, to, "fdot", "4b");
        } else {
            begin(to, "fdot");
            vector(to, rd(word), Arm64Vector.shape(1, full));
            vector(to, rn(word), Arm64Vector.shape(0, full));
            lane(to, rm(word) & 15, "2b", lane >> 1);
        }
        changesFirst(to);
        return true;
    }

    private static void dot(int word, Instruction to, String name, String group) {
        boolean full = bit(word, 30);
        begin(to, name);
        vector(to, rd(word), Arm64Vector.shape(2, full));
        vector(to, rn(word), Arm64Vector.shape(group.equals("4b") ? 0 : 1, full));
        lane(to, rm(word), group, bits(word, 11, 1) << 1 | bits(word, 21, 1));
        changesFirst(to);
    }

    /** Opcode 15: dot products of mixed signs and of bfloat16. */
    private static void mixed(int word, Instruction to, int size) {
        switch (size) {
            case 0 -> dot(word, to, "sudot", "4b");
            case 1 -> dot(word, to, "bfdot", "2h");
            case 2 -> dot(word, to, "usdot", "4b");
            default -> {
                begin(to, bit(word, 30) ? "bfmlalt" : "bfmlalb");
                vector(to, rd(word), "4s");
                vector(to, rn(word), "8h");
                element(word, to, 1);
                changesFirst(to);
            }
        }
    }

    private static void complex(int word, Instruction to, int size) {
        boolean full = bit(word, 30);
        int high = bits(word, 11, 1);
        boolean low = bit(word, 21);
        if (size != 1 && size != 2 || size == 1 && high == 1 && !full) {
            return;
        }
        if (size == 2 && (low || !full)) {
            return;
        }
        begin(to, "fcmla");
        vector(to, rd(word), Arm64Vector.shape(size, full));
        vector(to, rn(word), Arm64Vector.shape(size, full));
        lane(to, rm(word), size == 1 ? "h" : "s", size == 1 ? high << 1 | bits(word, 21, 1) : high);
        immediate(to, bits(word, 13, 2) * 90L);
        changesFirst(to);
    }

    private static void integer(int word, Instruction to, boolean scalar, int opcode, int size) {
        boolean full = bit(word, 30);
        int row = opcode << 1 | bits(word, 29, 1);
        boolean wide =
                switch (opcode) {
                    case 2, 3, 6, 7, 10, 11 -> true;
                    default -> false;
                };
        String name = (wide && full && !scalar ? INTEGER_UPPER : INTEGER)[row];
        boolean saturating = (opcode & 3) == 3 || opcode >= 12;
        if (size != 1 && size != 2 || name.isEmpty() || scalar && !saturating) {
            return;
        }
        begin(to, name);
        if (wide && !scalar) {
            vector(to, rd(word), Arm64Vector.shape(size + 1, true));
        } else {
            Arm64Vector.add(to, rd(word), wide ? size + 1 : size, full, scalar);
        }
        Arm64Vector.add(to, rn(word), size, full, scalar);
        element(word, to, size);
        boolean writes = opcode == 8 || opcode == 10 || opcode == 11 || opcode == 12;
        if (writes || opcode == 13 && !bit(word, 29)) {
            writesFirst(to);
        } else {
            changesFirst(to);
        }
    }
}
