package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.constant;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.shift;
import static oriel.engine.disasm.Arm64Operands.vector;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Advanced SIMD shifts by an immediate, and vectors made from an immediate. */
final class Arm64VectorImmediate {
    /** Shifts by opcode: U clear, U set; narrowing ones from 16 on are apart. */
    private static final String[] SHIFTS = {
        "sshr", "ushr", "", "", "ssra", "usra", "", "", "srshr", "urshr", "", "",
        "srsra", "ursra", "", "", "", "sri", "", "", "shl", "sli", "", "",
        "", "sqshlu", "", "", "sqshl", "uqshl", "", ""
    };

    private static final String[] NARROWING = {
        "shrn", "sqshrun", "rshrn", "sqrshrun", "sqshrn", "uqshrn", "sqrshrn", "uqrshrn"
    };
    private static final String[] NARROWING_UPPER = Arm64Vector.upper(NARROWING);

    private Arm64VectorImmediate() {}

    static void decode(int word, Instruction to, boolean scalar) {
        int size = 31 - Integer.numberOfLeadingZeros(bits(word, 19, 4));
        if (size < 0) {
            if (!scalar) {
                modified(word, to);
            }
            return;
        }
        int opcode = bits(word, 11, 5);
        if (opcode < 16) {
            shifted(word, to, scalar, opcode, size);
        } else if (opcode < 20) {
            narrow(word, to, scalar, opcode, size);
        } else if (opcode == 20) {
            if (!scalar) {
                widen(word, to, size);
            }
        } else if (opcode == 28 || opcode == 31) {
            convert(word, to, scalar, opcode, size);
        }
    }

    /** Twice the width less the field: how shifts to the right are encoded. */
    private static int right(int word, int size) {
        return (16 << size) - bits(word, 16, 7);
    }

    private static int left(int word, int size) {
        return bits(word, 16, 7) - (8 << size);
    }

    private static void shifted(int word, Instruction to, boolean scalar, int opcode, int size) {
        String name = SHIFTS[opcode << 1 | bits(word, 29, 1)];
        boolean full = bit(word, 30);
        boolean saturating = opcode >= 12;
        if (name.isEmpty() || scalar && size != 3 && !saturating || !scalar && size == 3 && !full) {
            return;
        }
        begin(to, name);
        Arm64Vector.add(to, rd(word), size, full, scalar);
        Arm64Vector.add(to, rn(word), size, full, scalar);
        boolean toLeft = opcode >= 10;
        immediate(to, toLeft ? left(word, size) : right(word, size));
        boolean accumulating = opcode == 2 || opcode == 6 || opcode == 8;
        if (accumulating || opcode == 10 && bit(word, 29)) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    private static void narrow(int word, Instruction to, boolean scalar, int opcode, int size) {
        boolean full = bit(word, 30);
        int row = (opcode - 16) << 1 | bits(word, 29, 1);
        if (size == 3 || scalar && (row == 0 || row == 2)) {
            return;
        }
        begin(to, (full && !scalar ? NARROWING_UPPER : NARROWING)[row]);
        if (scalar) {
            Arm64Operands.floating(to, size, rd(word));
            Arm64Operands.floating(to, size + 1, rn(word));
        } else {
            vector(to, rd(word), Arm64Vector.shape(size, full));
            vector(to, rn(word), Arm64Vector.shape(size + 1, true));
        }
        immediate(to, right(word, size));
        if (full && !scalar) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    private static void widen(int word, Instruction to, int size) {
        if (size == 3) {
            return;
        }
        boolean full = bit(word, 30);
        boolean unsigned = bit(word, 29);
        begin(to, unsigned ? full ? "ushll2" : "ushll" : full ? "sshll2" : "sshll");
        vector(to, rd(word), Arm64Vector.shape(size + 1, true));
        vector(to, rn(word), Arm64Vector.shape(size, full));
        immediate(to, left(word, size));
        writesFirst(to);
    }

    private static void convert(int word, Instruction to, boolean scalar, int opcode, int size) {
        boolean full = bit(word, 30);
        if (size == 0 || !scalar && size == 3 && !full) {
            return;
        }
        boolean unsigned = bit(word, 29);
        boolean toFloat = opcode == 28;
        begin(to, toFloat ? unsigned ? "ucvtf" : "scvtf" : unsigned ? "fcvtzu" : "fcvtzs");
        Arm64Vector.add(to, rd(word), size, full, scalar);
        Arm64Vector.add(to, rn(word), size, full, scalar);
        immediate(to, right(word, size));
        writesFirst(to);
    }

    /** movi, mvni, orr, bic, fmov: the row without a shift width. */
    private static void modified(int word, Instruction to) {
        int mode = bits(word, 12, 4);
        boolean inverted = bit(word, 29);
        boolean full = bit(word, 30);
        int value = bits(word, 16, 3) << 5 | bits(word, 5, 5);
        if (bit(word, 11)) {
            if (mode == 15 && !inverted) {
                floating(word, to, value, Arm64Vector.shape(1, full));
            }
            return;
        }
        if (mode == 15) {
            if (!inverted) {
                floating(word, to, value, Arm64Vector.shape(2, full));
            } else if (full) {
                floating(word, to, value, "2d");
            }
            return;
        }
        if (mode == 14) {
            begin(to, "movi");
            if (!inverted) {
                vector(to, rd(word), Arm64Vector.shape(0, full));
                immediate(to, value);
            } else {
                if (full) {
                    vector(to, rd(word), "2d");
                } else {
                    Arm64Operands.floating(to, 3, rd(word));
                }
                immediate(to, spread(value));
            }
            writesFirst(to);
            return;
        }
        boolean ones = mode >= 12;
        boolean combine = !ones && (mode & 1) == 1;
        begin(to, combine ? inverted ? "bic" : "orr" : inverted ? "mvni" : "movi");
        vector(to, rd(word), Arm64Vector.shape(mode < 8 || ones ? 2 : 1, full));
        immediate(to, value);
        if (ones) {
            shift(to, "msl", (mode & 1) == 0 ? 8 : 16);
        } else {
            shift(to, 0, (mode >> 1 & (mode < 8 ? 3 : 1)) * 8);
        }
        if (combine) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    private static void floating(int word, Instruction to, int value, String shape) {
        begin(to, "fmov");
        vector(to, rd(word), shape);
        constant(to, Arm64Float.expand(value));
        writesFirst(to);
    }

    /** Each bit becomes a byte. */
    private static long spread(int value) {
        long wide = 0;
        for (int i = 0; i < 8; i++) {
            if ((value >> i & 1) != 0) {
                wide |= 0xffL << i * 8;
            }
        }
        return wide;
    }
}
