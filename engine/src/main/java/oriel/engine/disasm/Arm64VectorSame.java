package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.vector;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Advanced SIMD with two source vectors. */
final class Arm64VectorSame {
    /** Integer operations by opcode: signed, unsigned. */
    private static final String[] INTEGER = {
        "shadd", "uhadd", "sqadd", "uqadd", "srhadd", "urhadd", "", "",
        "shsub", "uhsub", "sqsub", "uqsub", "cmgt", "cmhi", "cmge", "cmhs",
        "sshl", "ushl", "sqshl", "uqshl", "srshl", "urshl", "sqrshl", "uqrshl",
        "smax", "umax", "smin", "umin", "sabd", "uabd", "saba", "uaba",
        "add", "sub", "cmtst", "cmeq", "mla", "mls", "mul", "pmul",
        "smaxp", "umaxp", "sminp", "uminp", "sqdmulh", "sqrdmulh", "addp", ""
    };

    private static final String[] LOGICAL = {
        "and", "bic", "orr", "orn", "eor", "bsl", "bit", "bif"
    };

    /** Floating-point operations by opcode, top bit of size, and U. */
    private static final String[] FLOAT = {
        "fmaxnm", "fmaxnmp", "fminnm", "fminnmp",
        "fmla", "", "fmls", "",
        "fadd", "faddp", "fsub", "fabd",
        "fmulx", "fmul", "famax", "famin",
        "fcmeq", "fcmge", "", "fcmgt",
        "", "facge", "", "facgt",
        "fmax", "fmaxp", "fmin", "fminp",
        "frecps", "fdiv", "frsqrts", "fscale"
    };

    /** Widening and narrowing operations by opcode: signed, unsigned. */
    private static final String[] DIFFERENT = {
        "saddl", "uaddl", "saddw", "uaddw", "ssubl", "usubl", "ssubw", "usubw",
        "addhn", "raddhn", "sabal", "uabal", "subhn", "rsubhn", "sabdl", "uabdl",
        "smlal", "umlal", "sqdmlal", "", "smlsl", "umlsl", "sqdmlsl", "",
        "smull", "umull", "sqdmull", "", "pmull", "", "", ""
    };

    private static final String[] DIFFERENT_UPPER = Arm64Vector.upper(DIFFERENT);

    private Arm64VectorSame() {}

    static void decode(int word, Instruction to, boolean scalar) {
        int opcode = bits(word, 11, 5);
        int size = bits(word, 22, 2);
        boolean unsigned = bit(word, 29);
        if (opcode == 3) {
            if (!scalar) {
                logical(word, to, unsigned ? 4 + size : size);
            }
        } else if (opcode >= 24) {
            floating(word, to, scalar, opcode, size);
        } else {
            integer(word, to, scalar, opcode, size, unsigned);
        }
    }

    private static void logical(int word, Instruction to, int operation) {
        boolean move = operation == 2 && rn(word) == rm(word);
        String shape = Arm64Vector.shape(0, bit(word, 30));
        begin(to, move ? "mov" : LOGICAL[operation]);
        vector(to, rd(word), shape);
        vector(to, rn(word), shape);
        if (!move) {
            vector(to, rm(word), shape);
        }
        if (operation > 4) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    private static void integer(
            int word, Instruction to, boolean scalar, int opcode, int size, boolean unsigned) {
        String name = INTEGER[opcode << 1 | (unsigned ? 1 : 0)];
        boolean full = bit(word, 30);
        boolean allowed =
                switch (opcode) {
                    case 1, 5, 9, 11 -> scalar || size < 3 || full;
                    case 6, 7, 8, 10, 16, 17 -> scalar ? size == 3 : size < 3 || full;
                    case 0, 2, 4, 12, 13, 14, 15, 18, 20, 21 -> !scalar && size < 3;
                    case 19 -> !scalar && (unsigned ? size == 0 : size < 3);
                    case 22 -> size == 1 || size == 2;
                    default -> !scalar && (size < 3 || full);
                };
        if (!allowed || name.isEmpty()) {
            return;
        }
        begin(to, name);
        three(word, to, size, scalar);
        if (opcode == 15 || opcode == 18) {
            changesFirst(to);
        }
    }

    private static void floating(int word, Instruction to, boolean scalar, int opcode, int size) {
        boolean unsigned = bit(word, 29);
        boolean full = bit(word, 30);
        boolean widening = !scalar && (size & 1) == 0 && opcode == (unsigned ? 25 : 29);
        if (widening) {
            boolean subtract = size == 2;
            begin(to, unsigned ? subtract ? "fmlsl2" : "fmlal2" : subtract ? "fmlsl" : "fmlal");
            vector(to, rd(word), Arm64Vector.shape(2, full));
            String half = full ? "4h" : "2h";
            vector(to, rn(word), half);
            vector(to, rm(word), half);
            changesFirst(to);
            return;
        }
        if ((size & 1) == 1 && !full && !scalar) {
            return;
        }
        named(word, to, scalar, opcode, 2 + (size & 1));
    }

    private static void named(int word, Instruction to, boolean scalar, int opcode, int log2) {
        int top = bits(word, 23, 1);
        int unsigned = bits(word, 29, 1);
        int row = (opcode - 24) << 2 | top << 1 | unsigned;
        if (scalar && !inScalar(row)) {
            return;
        }
        if (!FLOAT[row].isEmpty()) {
            begin(to, FLOAT[row]);
            three(word, to, log2, scalar);
            if (opcode == 25) {
                changesFirst(to);
            }
        }
    }

    /** fabd, fmulx, the comparisons and the steps of reciprocals exist for scalars, too. */
    private static boolean inScalar(int row) {
        return switch (row) {
            case 11, 12, 16, 17, 19, 21, 23, 28, 30 -> true;
            default -> false;
        };
    }

    /** Half precision, whose opcodes are the low three bits of the others. */
    static void half(int word, Instruction to, boolean scalar) {
        int opcode = 24 | bits(word, 11, 3);
        named(word, to, scalar, opcode, 1);
    }

    private static void three(int word, Instruction to, int size, boolean scalar) {
        boolean full = bit(word, 30);
        Arm64Vector.add(to, rd(word), size, full, scalar);
        Arm64Vector.add(to, rn(word), size, full, scalar);
        Arm64Vector.add(to, rm(word), size, full, scalar);
        writesFirst(to);
    }

    static void different(int word, Instruction to, boolean scalar) {
        int opcode = bits(word, 12, 4);
        int size = bits(word, 22, 2);
        boolean full = bit(word, 30);
        String name =
                (full && !scalar ? DIFFERENT_UPPER : DIFFERENT)[opcode << 1 | bits(word, 29, 1)];
        boolean saturating = opcode == 9 || opcode == 11 || opcode == 13;
        boolean polynomial = opcode == 14;
        if (name.isEmpty() || scalar && !saturating) {
            return;
        }
        if (saturating && (size == 0 || size == 3)
                || polynomial && (size == 1 || size == 2)
                || !polynomial && size == 3) {
            return;
        }
        begin(to, name);
        boolean firstWide = opcode == 1 || opcode == 3;
        boolean narrowing = opcode == 4 || opcode == 6;
        String wide = polynomial && size == 3 ? "1q" : Arm64Vector.shape((size + 1) & 3, true);
        if (scalar) {
            Arm64Operands.floating(to, size + 1, rd(word));
            Arm64Operands.floating(to, size, rn(word));
            Arm64Operands.floating(to, size, rm(word));
        } else {
            String part = Arm64Vector.shape(size, full);
            vector(to, rd(word), narrowing ? part : wide);
            vector(to, rn(word), narrowing || firstWide ? wide : part);
            vector(to, rm(word), narrowing ? wide : part);
        }
        boolean accumulating = opcode == 5 || opcode >= 8 && opcode <= 11;
        if (accumulating || narrowing && full) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    /** Dot products, matrix products, complex numbers: bit 15 and bit 10 set, bit 21 clear. */
    static void extra(int word, Instruction to, boolean scalar) {
        int opcode = bits(word, 11, 4);
        int size = bits(word, 22, 2);
        boolean unsigned = bit(word, 29);
        boolean full = bit(word, 30);
        if (opcode < 2 && unsigned) {
            if (size == 1 || size == 2) {
                begin(to, opcode == 0 ? "sqrdmlah" : "sqrdmlsh");
                three(word, to, size, scalar);
                changesFirst(to);
            }
            return;
        }
        if (scalar) {
            return;
        }
        if (opcode >= 8 && unsigned && size != 0 && (size < 3 || full) && opcode < 13
                || opcode == 14 && unsigned && size != 0 && (size < 3 || full)) {
            boolean add = opcode >= 12;
            begin(to, add ? "fcadd" : "fcmla");
            three(word, to, size, false);
            immediate(to, add ? opcode == 12 ? 90 : 270 : (opcode & 3) * 90L);
            if (!add) {
                changesFirst(to);
            }
            return;
        }
        if (!unsigned && (opcode == 8 || opcode == 14)) {
            quarter(word, to, opcode, size);
        } else {
            product(word, to, opcode, size, unsigned);
        }
    }

    private static void product(int word, Instruction to, int opcode, int size, boolean unsigned) {
        boolean full = bit(word, 30);
        String name = "";
        String from = Arm64Vector.shape(0, full);
        String into = Arm64Vector.shape(2, full);
        boolean whole = false;
        switch (opcode << 2 | size) {
            case 2 << 2 | 2 -> name = unsigned ? "udot" : "sdot";
            case 3 << 2 | 2 -> name = unsigned ? "" : "usdot";
            case 4 << 2 | 2 -> {
                name = unsigned ? "ummla" : "smmla";
                whole = true;
            }
            case 5 << 2 | 2 -> {
                name = unsigned ? "" : "usmmla";
                whole = true;
            }
            case 13 << 2 | 1 -> {
                name = unsigned ? "bfmmla" : "";
                from = "8h";
                whole = true;
            }
            case 15 << 2 | 0, 15 << 2 | 1 -> {
                boolean brain = size == 1;
                name = brain ? unsigned ? "bfdot" : "fdot" : unsigned ? "" : "fdot";
                from = brain && unsigned ? Arm64Vector.shape(1, full) : from;
                into = !brain ? Arm64Vector.shape(2, full) : into;
                if (!unsigned && brain) {
                    into = Arm64Vector.shape(1, full);
                }
            }
            case 15 << 2 | 3 -> {
                name = full ? "bfmlalt" : "bfmlalb";
                if (!unsigned) {
                    name = full ? "fmlalt" : "fmlalb";
                    into = "8h";
                    from = "16b";
                } else {
                    into = "4s";
                    from = "8h";
                }
            }
            default -> {
                return;
            }
        }
        if (name.isEmpty() || whole && !full) {
            return;
        }
        begin(to, name);
        vector(to, rd(word), into);
        vector(to, rn(word), from);
        vector(to, rm(word), from);
        changesFirst(to);
    }

    /** Conversions to, and products of, eight-bit floating point. */
    private static void quarter(int word, Instruction to, int opcode, int size) {
        boolean full = bit(word, 30);
        if (size > 1) {
            return;
        }
        if (opcode == 14) {
            boolean single = size == 0;
            begin(to, single && full ? "fcvtn2" : "fcvtn");
            vector(to, rd(word), Arm64Vector.shape(0, full));
            String from = single ? "4s" : Arm64Vector.shape(1, full);
            vector(to, rn(word), from);
            vector(to, rm(word), from);
            writesFirst(to);
        } else {
            begin(to, Arm64VectorElement.QUARTER_PRODUCTS[size << 1 | (full ? 1 : 0)]);
            vector(to, rd(word), "4s");
            vector(to, rn(word), "16b");
            vector(to, rm(word), "16b");
            changesFirst(to);
        }
    }
}
