package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.condition;
import static oriel.engine.disasm.Arm64Operands.constant;
import static oriel.engine.disasm.Arm64Operands.floating;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.lane;
import static oriel.engine.disasm.Arm64Operands.ra;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.wide;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Scalar floating point: DDI 0487 C4.1, op0 x0x1. */
final class Arm64Float {
    private static final String[] TWO_SOURCES = {
        "fmul", "fdiv", "fadd", "fsub", "fmax", "fmin", "fmaxnm", "fminnm", "fnmul"
    };

    /** By opcode; empty ones are conversions or not allocated. */
    private static final String[] ONE_SOURCE = {
        "fmov", "fabs", "fneg", "fsqrt", "", "", "", "",
        "frintn", "frintp", "frintm", "frintz", "frinta", "", "frintx", "frinti",
        "frint32z", "frint32x", "frint64z", "frint64x"
    };

    /** By rounding mode and sign. */
    private static final String[] TO_INTEGER = {
        "fcvtns", "fcvtnu", "fcvtps", "fcvtpu", "fcvtms", "fcvtmu", "fcvtzs", "fcvtzu"
    };

    private Arm64Float() {}

    /** log2 of the bytes of a type field, or -1. */
    private static int log2(int type) {
        return switch (type) {
            case 0 -> 2;
            case 1 -> 3;
            case 3 -> 1;
            default -> -1;
        };
    }

    static void decode(int word, Instruction to) {
        int log2 = log2(bits(word, 22, 2));
        if (bit(word, 24)) {
            if (log2 >= 0 && !wide(word)) {
                threeSources(word, to, log2);
            }
        } else if (!bit(word, 21)) {
            if (log2 >= 0) {
                fixedPoint(word, to, log2);
            }
        } else if (bits(word, 10, 6) == 0) {
            convert(word, to, log2);
        } else if (log2 >= 0 && !wide(word)) {
            scalar(word, to, log2);
        }
    }

    private static void threeSources(int word, Instruction to, int log2) {
        boolean negated = bit(word, 21);
        boolean subtract = bit(word, 15);
        begin(to, negated ? subtract ? "fnmsub" : "fnmadd" : subtract ? "fmsub" : "fmadd");
        floating(to, log2, rd(word));
        floating(to, log2, rn(word));
        floating(to, log2, rm(word));
        floating(to, log2, ra(word));
        writesFirst(to);
    }

    private static void fixedPoint(int word, Instruction to, int log2) {
        int scale = bits(word, 10, 6);
        if (!wide(word) && scale < 32) {
            return;
        }
        switch (bits(word, 16, 5)) {
            case 2, 3 -> {
                begin(to, bit(word, 16) ? "ucvtf" : "scvtf");
                floating(to, log2, rd(word));
                general(to, wide(word), rn(word));
            }
            case 24, 25 -> {
                begin(to, bit(word, 16) ? "fcvtzu" : "fcvtzs");
                general(to, wide(word), rd(word));
                floating(to, log2, rn(word));
            }
            default -> {
                return;
            }
        }
        immediate(to, 64 - scale);
        writesFirst(to);
    }

    private static void convert(int word, Instruction to, int log2) {
        boolean wide = wide(word);
        int mode = bits(word, 19, 2);
        int opcode = bits(word, 16, 3);
        if (log2 < 0) {
            if (mode == 1 && wide && opcode >= 6) {
                upperHalf(word, to, opcode == 6);
            }
            return;
        }
        if (opcode < 2) {
            begin(to, TO_INTEGER[mode << 1 | opcode]);
            toGeneral(word, to, wide, log2);
        } else if (opcode == 6 && mode == 3) {
            if (!wide && log2 == 3) {
                begin(to, "fjcvtzs");
                toGeneral(word, to, false, 3);
                to.flagsWritten = Arm64Flags.NZCV;
            }
        } else if (mode != 0) {
            return;
        } else if (opcode < 4) {
            begin(to, opcode == 2 ? "scvtf" : "ucvtf");
            fromGeneral(word, to, wide, log2);
        } else if (opcode < 6) {
            begin(to, opcode == 4 ? "fcvtas" : "fcvtau");
            toGeneral(word, to, wide, log2);
        } else if (log2 == 1 || wide == (log2 == 3)) {
            begin(to, "fmov");
            if (opcode == 6) {
                toGeneral(word, to, wide, log2);
            } else {
                fromGeneral(word, to, wide, log2);
            }
        }
    }

    private static void toGeneral(int word, Instruction to, boolean wide, int log2) {
        general(to, wide, rd(word));
        floating(to, log2, rn(word));
        writesFirst(to);
    }

    private static void fromGeneral(int word, Instruction to, boolean wide, int log2) {
        floating(to, log2, rd(word));
        general(to, wide, rn(word));
        writesFirst(to);
    }

    private static void upperHalf(int word, Instruction to, boolean toGeneral) {
        begin(to, "fmov");
        if (toGeneral) {
            general(to, true, rd(word));
            lane(to, rn(word), "d", 1);
        } else {
            lane(to, rd(word), "d", 1);
            general(to, true, rn(word));
        }
        writesFirst(to);
    }

    private static void scalar(int word, Instruction to, int log2) {
        switch (bits(word, 10, 2)) {
            case 1 -> {
                begin(to, bit(word, 4) ? "fccmpe" : "fccmp");
                floating(to, log2, rn(word));
                floating(to, log2, rm(word));
                immediate(to, bits(word, 0, 4));
                condition(to, bits(word, 12, 4));
                to.flagsWritten = Arm64Flags.NZCV;
            }
            case 2 -> {
                int opcode = bits(word, 12, 4);
                if (opcode < TWO_SOURCES.length) {
                    begin(to, TWO_SOURCES[opcode]);
                    floating(to, log2, rd(word));
                    floating(to, log2, rn(word));
                    floating(to, log2, rm(word));
                    writesFirst(to);
                }
            }
            case 3 -> {
                begin(to, "fcsel");
                floating(to, log2, rd(word));
                floating(to, log2, rn(word));
                floating(to, log2, rm(word));
                condition(to, bits(word, 12, 4));
                writesFirst(to);
            }
            default -> {
                if (bit(word, 12)) {
                    immediateMove(word, to, log2);
                } else if (bit(word, 13)) {
                    compare(word, to, log2);
                } else if (bit(word, 14)) {
                    oneSource(word, to, log2, bits(word, 15, 6));
                }
            }
        }
    }

    private static void immediateMove(int word, Instruction to, int log2) {
        if (rn(word) == 0) {
            begin(to, "fmov");
            floating(to, log2, rd(word));
            constant(to, expand(bits(word, 13, 8)));
            writesFirst(to);
        }
    }

    /** The number that eight bits stand for: sign, three bits of exponent, four of fraction. */
    static double expand(int packed) {
        int exponent = (packed >> 4 & 7 ^ 4) - 3;
        double value = Math.scalb(1 + (packed & 15) / 16.0, exponent);
        return (packed & 0x80) != 0 ? -value : value;
    }

    private static void compare(int word, Instruction to, int log2) {
        if (bits(word, 14, 2) != 0 || bits(word, 0, 3) != 0) {
            return;
        }
        boolean zero = bit(word, 3);
        begin(to, bit(word, 4) ? "fcmpe" : "fcmp");
        floating(to, log2, rn(word));
        if (zero) {
            constant(to, 0);
        } else {
            floating(to, log2, rm(word));
        }
        to.flagsWritten = Arm64Flags.NZCV;
    }

    private static void oneSource(int word, Instruction to, int log2, int opcode) {
        int result = log2;
        String name = opcode < ONE_SOURCE.length ? ONE_SOURCE[opcode] : "";
        if (opcode >= 16 && log2 == 1) {
            return;
        }
        if (opcode >= 4 && opcode <= 7) {
            boolean brain = opcode == 6;
            result = brain ? 1 : log2(opcode & 3);
            if (brain && log2 != 3 || result == log2) {
                return;
            }
            name = brain ? "bfcvt" : "fcvt";
        }
        if (!name.isEmpty()) {
            begin(to, name);
            floating(to, result, rd(word));
            floating(to, opcode == 6 ? 2 : log2, rn(word));
            writesFirst(to);
        }
    }
}
