package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.constant;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.vector;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Advanced SIMD with one source vector. */
final class Arm64VectorOne {
    /** Integer operations by opcode: U clear, U set. */
    private static final String[] INTEGER = {
        "rev64", "rev32", "rev16", "", "saddlp", "uaddlp", "suqadd", "usqadd",
        "cls", "clz", "cnt", "", "sadalp", "uadalp", "sqabs", "sqneg",
        "cmgt", "cmge", "cmeq", "cmle", "cmlt", "", "abs", "neg"
    };

    /** Floating-point operations by opcode from 24, top bit of size, and U. */
    private static final String[] FLOAT = {
        "frintn", "frinta", "frintp", "", "frintm", "frintx", "frintz", "frinti",
        "fcvtns", "fcvtnu", "fcvtps", "fcvtpu", "fcvtms", "fcvtmu", "fcvtzs", "fcvtzu",
        "fcvtas", "fcvtau", "urecpe", "ursqrte", "scvtf", "ucvtf", "frecpe", "frsqrte",
        "frint32z", "frint32x", "", "", "frint64z", "frint64x", "", "fsqrt"
    };

    private static final String[] NARROWING = {"xtn", "sqxtun", "", "", "sqxtn", "uqxtn"};
    private static final String[] NARROWING_UPPER = Arm64Vector.upper(NARROWING);
    private static final String[] COMPARISONS = {"fcmgt", "fcmge", "fcmeq", "fcmle", "fcmlt", ""};

    private Arm64VectorOne() {}

    /**
     * @param half whether this is the half-precision row, which has the same opcodes
     */
    static void decode(int word, Instruction to, boolean scalar, boolean half) {
        int opcode = bits(word, 12, 5);
        int size = bits(word, 22, 2);
        boolean full = bit(word, 30);
        boolean top = size >= 2;
        int log2 = half ? 1 : 2 + (size & 1);
        if (opcode >= 24 || opcode >= 12 && opcode <= 15 && top) {
            boolean estimate = opcode == 28 && top;
            if (estimate && (half || scalar || size == 3)
                    || !half && (size & 1) == 1 && !full && !scalar) {
                return;
            }
            floating(word, to, scalar, half, log2);
        } else if (half) {
            return;
        } else if (opcode < 12) {
            integer(word, to, scalar, opcode, size);
        } else if (opcode == 22 || opcode == 23) {
            convert(word, to, scalar, opcode, size);
        } else if (opcode >= 18 && opcode <= 20) {
            narrow(word, to, scalar, opcode, size);
        }
    }

    private static void integer(int word, Instruction to, boolean scalar, int opcode, int size) {
        boolean unsigned = bit(word, 29);
        boolean full = bit(word, 30);
        String name = INTEGER[opcode << 1 | (unsigned ? 1 : 0)];
        int shape = size;
        boolean allowed =
                switch (opcode) {
                    case 0 -> unsigned ? size < 2 : size < 3;
                    case 1 -> size == 0;
                    case 2, 4, 6 -> size < 3;
                    case 5 -> unsigned ? size < 2 : size == 0;
                    default -> size < 3 || full || scalar;
                };
        if (opcode == 5 && unsigned) {
            name = size == 0 ? "mvn" : "rbit";
            shape = 0;
        }
        boolean inScalar = opcode == 3 || opcode == 7 || opcode >= 8 && size == 3;
        if (!allowed || name.isEmpty() || scalar && !inScalar) {
            return;
        }
        begin(to, name);
        boolean pairs = opcode == 2 || opcode == 6;
        if (pairs) {
            vector(to, rd(word), size == 2 && !full ? "1d" : Arm64Vector.shape(size + 1, full));
        } else {
            Arm64Vector.add(to, rd(word), shape, full, scalar);
        }
        Arm64Vector.add(to, rn(word), shape, full, scalar);
        if (opcode >= 8 && opcode <= 10) {
            immediate(to, 0);
        }
        if (opcode == 3 || opcode == 6) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    private static void floating(int word, Instruction to, boolean scalar, boolean half, int log2) {
        int opcode = bits(word, 12, 5);
        boolean full = bit(word, 30);
        int unsigned = bits(word, 29, 1);
        boolean top = bit(word, 23);
        String name;
        boolean zero = opcode < 15;
        if (zero) {
            name = COMPARISONS[(opcode - 12) << 1 | unsigned];
        } else if (opcode == 15) {
            name = scalar ? "" : unsigned == 0 ? "fabs" : "fneg";
        } else {
            int row = (opcode - 24) << 2 | (top ? 2 : 0) | unsigned;
            boolean toWhole = opcode == 26 || opcode == 27;
            boolean inScalar = toWhole || (opcode == 28 && !top) || opcode == 29;
            boolean extension = opcode >= 30 && half;
            name = scalar && !inScalar || extension && row != 31 ? "" : FLOAT[row];
            if (opcode == 31 && top && scalar && !half && unsigned == 0) {
                name = "";
            }
            if (scalar && opcode == 31 && top && unsigned == 0) {
                name = "frecpx";
            }
        }
        if (!top && opcode < 16) {
            return;
        }
        if (name.isEmpty()) {
            return;
        }
        begin(to, name);
        Arm64Vector.add(to, rd(word), log2, full, scalar);
        Arm64Vector.add(to, rn(word), log2, full, scalar);
        if (zero) {
            constant(to, 0);
        }
        writesFirst(to);
    }

    private static void narrow(int word, Instruction to, boolean scalar, int opcode, int size) {
        boolean unsigned = bit(word, 29);
        boolean full = bit(word, 30);
        if (size == 3) {
            return;
        }
        if (opcode == 19) {
            if (unsigned && !scalar) {
                begin(to, full ? "shll2" : "shll");
                vector(to, rd(word), Arm64Vector.shape(size + 1, true));
                vector(to, rn(word), Arm64Vector.shape(size, full));
                immediate(to, 8L << size);
                writesFirst(to);
            }
            return;
        }
        int row = (opcode - 18) << 1 | (unsigned ? 1 : 0);
        if (scalar && row == 0) {
            return;
        }
        begin(to, (full && !scalar ? NARROWING_UPPER : NARROWING)[row]);
        narrowed(word, to, scalar, size);
    }

    private static void narrowed(int word, Instruction to, boolean scalar, int size) {
        boolean full = bit(word, 30);
        if (scalar) {
            Arm64Operands.floating(to, size, rd(word));
            Arm64Operands.floating(to, size + 1, rn(word));
        } else {
            vector(to, rd(word), Arm64Vector.shape(size, full));
            vector(to, rn(word), Arm64Vector.shape(size + 1, true));
        }
        if (full && !scalar) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    /** Conversions between widths of floating point. */
    private static void convert(int word, Instruction to, boolean scalar, int opcode, int size) {
        boolean unsigned = bit(word, 29);
        boolean full = bit(word, 30);
        if (scalar) {
            if (opcode == 22 && unsigned && size == 1) {
                begin(to, "fcvtxn");
                narrowed(word, to, true, 2);
            }
            return;
        }
        if (opcode == 22) {
            if (unsigned) {
                if (size == 1) {
                    begin(to, full ? "fcvtxn2" : "fcvtxn");
                    narrowed(word, to, false, 2);
                }
            } else if (size < 2) {
                begin(to, full ? "fcvtn2" : "fcvtn");
                narrowed(word, to, false, size + 1);
            } else if (size == 2) {
                begin(to, full ? "bfcvtn2" : "bfcvtn");
                narrowed(word, to, false, 1);
            }
            return;
        }
        if (unsigned) {
            quarter(word, to, size);
        } else if (size < 2) {
            begin(to, full ? "fcvtl2" : "fcvtl");
            vector(to, rd(word), Arm64Vector.shape(size + 2, true));
            vector(to, rn(word), Arm64Vector.shape(size + 1, full));
            writesFirst(to);
        }
    }

    /** Widening of eight-bit floating point. */
    private static void quarter(int word, Instruction to, int kind) {
        boolean full = bit(word, 30);
        begin(
                to,
                switch (kind) {
                    case 0 -> full ? "f1cvtl2" : "f1cvtl";
                    case 1 -> full ? "f2cvtl2" : "f2cvtl";
                    case 2 -> full ? "bf1cvtl2" : "bf1cvtl";
                    default -> full ? "bf2cvtl2" : "bf2cvtl";
                });
        vector(to, rd(word), "8h");
        vector(to, rn(word), Arm64Vector.shape(0, full));
        writesFirst(to);
    }

    /** Sums, maxima and minima across all lanes. */
    static void across(int word, Instruction to) {
        int opcode = bits(word, 12, 5);
        int size = bits(word, 22, 2);
        boolean unsigned = bit(word, 29);
        boolean full = bit(word, 30);
        if (opcode == 12 || opcode == 15) {
            int log2 = unsigned ? 2 : 1;
            if ((size & 1) != 0 || unsigned && !full) {
                return;
            }
            boolean minimum = size >= 2;
            begin(to, opcode == 12 ? minimum ? "fminnmv" : "fmaxnmv" : minimum ? "fminv" : "fmaxv");
            Arm64Operands.floating(to, log2, rd(word));
            vector(to, rn(word), Arm64Vector.shape(log2, full));
            writesFirst(to);
            return;
        }
        String name =
                switch (opcode) {
                    case 3 -> unsigned ? "uaddlv" : "saddlv";
                    case 10 -> unsigned ? "umaxv" : "smaxv";
                    case 26 -> unsigned ? "uminv" : "sminv";
                    case 27 -> unsigned ? "" : "addv";
                    default -> "";
                };
        if (name.isEmpty() || size == 3 || size == 2 && !full) {
            return;
        }
        begin(to, name);
        Arm64Operands.floating(to, opcode == 3 ? size + 1 : size, rd(word));
        vector(to, rn(word), Arm64Vector.shape(size, full));
        writesFirst(to);
    }

    /** A scalar made of the two lanes of a vector. */
    static void pairwise(int word, Instruction to) {
        int opcode = bits(word, 12, 5);
        int size = bits(word, 22, 2);
        boolean single = bit(word, 29);
        if (opcode == 27) {
            if (size == 3 && !single) {
                begin(to, "addp");
                Arm64Operands.floating(to, 3, rd(word));
                vector(to, rn(word), "2d");
                writesFirst(to);
            }
            return;
        }
        boolean minimum = size >= 2;
        String name =
                switch (opcode) {
                    case 12 -> minimum ? "fminnmp" : "fmaxnmp";
                    case 13 -> minimum ? "" : "faddp";
                    case 15 -> minimum ? "fminp" : "fmaxp";
                    default -> "";
                };
        if (name.isEmpty() || !single && (size & 1) != 0) {
            return;
        }
        int log2 = single ? 2 + (size & 1) : 1;
        begin(to, name);
        Arm64Operands.floating(to, log2, rd(word));
        vector(to, rn(word), log2 == 1 ? "2h" : log2 == 2 ? "2s" : "2d");
        writesFirst(to);
    }
}
