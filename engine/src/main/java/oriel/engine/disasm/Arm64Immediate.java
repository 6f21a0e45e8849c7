package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.generalOrSp;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.pcRelative;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.shift;
import static oriel.engine.disasm.Arm64Operands.signed;
import static oriel.engine.disasm.Arm64Operands.target;
import static oriel.engine.disasm.Arm64Operands.wide;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Data processing with an immediate: DDI 0487 C4.1, op0 100x. */
final class Arm64Immediate {
    private Arm64Immediate() {}

    static void decode(int word, Instruction to) {
        switch (bits(word, 23, 3)) {
            case 0, 1 -> address(word, to);
            case 2 -> addSubtract(word, to);
            case 3 -> {
                if (bit(word, 22)) {
                    minMax(word, to);
                } else {
                    taggedAddress(word, to);
                }
            }
            case 4 -> logical(word, to);
            case 5 -> moveWide(word, to);
            case 6 -> bitfield(word, to);
            default -> extract(word, to);
        }
    }

    private static void address(int word, Instruction to) {
        long offset = (long) signed(word, 5, 19) << 2 | bits(word, 29, 2);
        boolean page = bit(word, 31);
        begin(to, page ? "adrp" : "adr");
        general(to, true, rd(word));
        long target = page ? (to.va & ~0xfffL) + (offset << 12) : to.va + offset;
        pcRelative(to, target, 0, Operand.Access.NONE);
        writesFirst(to);
    }

    private static void addSubtract(int word, Instruction to) {
        boolean wide = wide(word);
        boolean subtract = bit(word, 30);
        boolean flags = bit(word, 29);
        int shift = bits(word, 22, 1) * 12;
        int value = bits(word, 10, 12);
        if (flags) {
            to.flagsWritten = Arm64Flags.NZCV;
        }
        if (flags && rd(word) == 31) {
            begin(to, subtract ? "cmp" : "cmn");
            generalOrSp(to, wide, rn(word));
        } else {
            boolean sp = rd(word) == 31 || rn(word) == 31;
            if (!flags && !subtract && value == 0 && shift == 0 && sp) {
                begin(to, "mov");
                generalOrSp(to, wide, rd(word));
                generalOrSp(to, wide, rn(word));
                writesFirst(to);
                to.stackKnown = rd(word) != 31 || rn(word) == 31;
                return;
            }
            begin(to, subtract ? flags ? "subs" : "sub" : flags ? "adds" : "add");
            if (flags) {
                general(to, wide, rd(word));
            } else {
                generalOrSp(to, wide, rd(word));
                stack(word, to, subtract, (long) value << shift);
            }
            generalOrSp(to, wide, rn(word));
            writesFirst(to);
        }
        immediate(to, value);
        shift(to, 0, shift);
    }

    private static void stack(int word, Instruction to, boolean subtract, long value) {
        if (rd(word) == 31) {
            to.stackKnown = rn(word) == 31;
            to.stackDelta = (int) (subtract ? -value : value);
        }
    }

    /** addg and subg of the memory tagging extension. */
    private static void taggedAddress(int word, Instruction to) {
        if (bits(word, 29, 3) != 0b100 && bits(word, 29, 3) != 0b110) {
            return;
        }
        begin(to, bit(word, 30) ? "subg" : "addg");
        generalOrSp(to, true, rd(word));
        generalOrSp(to, true, rn(word));
        immediate(to, bits(word, 16, 6) * 16L);
        immediate(to, bits(word, 10, 4));
        writesFirst(to);
    }

    private static void minMax(int word, Instruction to) {
        int operation = bits(word, 18, 4);
        if (bits(word, 29, 2) != 0 || operation > 3) {
            return;
        }
        begin(
                to,
                switch (operation) {
                    case 0 -> "smax";
                    case 1 -> "umax";
                    case 2 -> "smin";
                    default -> "umin";
                });
        general(to, wide(word), rd(word));
        general(to, wide(word), rn(word));
        immediate(to, (operation & 1) == 0 ? signed(word, 10, 8) : bits(word, 10, 8));
        writesFirst(to);
    }

    private static void logical(int word, Instruction to) {
        boolean wide = wide(word);
        if (!wide && bit(word, 22)) {
            return;
        }
        long mask = Arm64BitMask.decode(bits(word, 22, 1), bits(word, 10, 6), bits(word, 16, 6));
        if (mask == 0) {
            return;
        }
        if (!wide) {
            mask &= 0xffffffffL;
        }
        int operation = bits(word, 29, 2);
        if (operation == 3) {
            to.flagsWritten = Arm64Flags.NZCV;
            if (rd(word) == 31) {
                begin(to, "tst");
                general(to, wide, rn(word));
                immediate(to, mask);
                return;
            }
        }
        boolean move = operation == 1 && rn(word) == 31 && !fitsMoveWide(mask, wide);
        begin(
                to,
                switch (operation) {
                    case 0 -> "and";
                    case 1 -> move ? "mov" : "orr";
                    case 2 -> "eor";
                    default -> "ands";
                });
        if (operation == 3) {
            general(to, wide, rd(word));
        } else {
            generalOrSp(to, wide, rd(word));
            to.stackKnown = rd(word) != 31;
        }
        if (!move) {
            general(to, wide, rn(word));
        }
        immediate(to, move && !wide ? (int) mask : mask);
        writesFirst(to);
    }

    private static void moveWide(int word, Instruction to) {
        boolean wide = wide(word);
        int operation = bits(word, 29, 2);
        int shift = bits(word, 21, 2) * 16;
        if (operation == 1 || !wide && shift > 16) {
            return;
        }
        long chunk = bits(word, 5, 16);
        long value = operation == 0 ? ~(chunk << shift) : chunk << shift;
        if (!wide) {
            value &= 0xffffffffL;
        }
        boolean zero = (chunk != 0 || shift == 0) && operation == 2;
        boolean inverted =
                operation == 0 && (chunk != 0 || shift == 0) && !fitsMoveZero(value, wide);
        if (zero || inverted) {
            begin(to, "mov");
            general(to, wide, rd(word));
            immediate(to, wide ? value : (int) value);
            writesFirst(to);
            return;
        }
        begin(to, operation == 0 ? "movn" : operation == 2 ? "movz" : "movk");
        general(to, wide, rd(word));
        immediate(to, chunk);
        shift(to, 0, shift);
        if (operation == 3) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    /** Whether one movz makes the value. */
    private static boolean fitsMoveZero(long value, boolean wide) {
        for (int shift = 0; shift < (wide ? 64 : 32); shift += 16) {
            if ((value & ~(0xffffL << shift)) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether one movz or movn makes the value, so that assemblers do not take orr for it. */
    private static boolean fitsMoveWide(long value, boolean wide) {
        return fitsMoveZero(value, wide)
                || fitsMoveZero(wide ? ~value : ~value & 0xffffffffL, wide);
    }

    private static void bitfield(int word, Instruction to) {
        boolean wide = wide(word);
        int operation = bits(word, 29, 2);
        int rotate = bits(word, 16, 6);
        int last = bits(word, 10, 6);
        boolean outside = !wide && (rotate > 31 || last > 31);
        if (operation == 3 || outside || bit(word, 22) != wide) {
            return;
        }
        if (operation == 1) {
            insert(word, to, wide, rotate, last);
        } else {
            copy(word, to, wide, rotate, last);
        }
    }

    /** bfm, which assemblers know as bfc, bfi and bfxil. */
    private static void insert(int word, Instruction to, boolean wide, int rotate, int last) {
        int width = wide ? 64 : 32;
        boolean clear = rn(word) == 31 && (rotate == 0 || last < rotate);
        boolean low = last >= rotate && !clear;
        begin(to, clear ? "bfc" : low ? "bfxil" : "bfi");
        general(to, wide, rd(word));
        if (!clear) {
            general(to, wide, rn(word));
        }
        immediate(to, low ? rotate : (width - rotate) % width);
        immediate(to, low ? last - rotate + 1 : last + 1);
        changesFirst(to);
    }

    /** sbfm and ubfm, which are extensions, shifts, and moves of fields. */
    private static void copy(int word, Instruction to, boolean wide, int rotate, int last) {
        boolean signed = bits(word, 29, 2) == 0;
        int top = wide ? 63 : 31;
        String extension = rotate == 0 ? extension(signed, wide, last) : "";
        if (!extension.isEmpty()) {
            begin(to, extension);
            general(to, wide, rd(word));
            general(to, false, rn(word));
        } else {
            boolean left = !signed && last != top && last + 1 == rotate;
            boolean right = last == top;
            boolean zeroed = rotate > last;
            begin(
                    to,
                    left
                            ? "lsl"
                            : right
                                    ? signed ? "asr" : "lsr"
                                    : zeroed
                                            ? signed ? "sbfiz" : "ubfiz"
                                            : signed ? "sbfx" : "ubfx");
            general(to, wide, rd(word));
            general(to, wide, rn(word));
            if (left || right) {
                immediate(to, left ? top - last : rotate);
            } else {
                immediate(to, zeroed ? top + 1 - rotate : rotate);
                immediate(to, zeroed ? last + 1 : last - rotate + 1);
            }
        }
        writesFirst(to);
    }

    private static String extension(boolean signed, boolean wide, int last) {
        return switch (last) {
            case 7 -> signed ? "sxtb" : wide ? "" : "uxtb";
            case 15 -> signed ? "sxth" : wide ? "" : "uxth";
            case 31 -> signed && wide ? "sxtw" : "";
            default -> "";
        };
    }

    private static void extract(int word, Instruction to) {
        boolean wide = wide(word);
        if (bits(word, 29, 2) == 3 && rd(word) == 31 && wide && bits(word, 21, 2) < 2) {
            begin(to, bit(word, 21) ? "autibsppc" : "autiasppc");
            target(to, to.va - bits(word, 5, 16) * 4L);
            return;
        }
        int low = bits(word, 10, 6);
        boolean wrong = bits(word, 29, 2) != 0 || bit(word, 21) || bit(word, 22) != wide;
        if (wrong || !wide && low > 31) {
            return;
        }
        boolean rotate = rn(word) == rm(word);
        begin(to, rotate ? "ror" : "extr");
        general(to, wide, rd(word));
        general(to, wide, rn(word));
        if (!rotate) {
            general(to, wide, rm(word));
        }
        immediate(to, low);
        writesFirst(to);
    }
}
