package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.floating;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.lane;
import static oriel.engine.disasm.Arm64Operands.list;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.vector;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Advanced SIMD, vector and scalar: finds the row of DDI 0487 C4.1, op0 0xx0 and 01x1. */
final class Arm64Vector {
    /** By size and whether the vector has 128 bits. */
    private static final String[] SHAPES = {
        "8b", "16b", "4h", "8h", "2s", "4s", "1d", "2d", "", "1q"
    };

    private static final String[] ELEMENTS = {"b", "h", "s", "d"};
    private static final String[] PERMUTATIONS = {
        "", "uzp1", "trn1", "zip1", "", "uzp2", "trn2", "zip2"
    };

    private Arm64Vector() {}

    /** {@code 4s} and the like for log2 of the element's bytes. */
    static String shape(int size, boolean full) {
        return SHAPES[size << 1 | (full ? 1 : 0)];
    }

    /** {@code s} and the like for log2 of the element's bytes. */
    static String element(int size) {
        return ELEMENTS[size];
    }

    /** Adds a vector, or for scalar instructions a register as wide as one element. */
    static Operand add(Instruction to, int number, int size, boolean full, boolean scalar) {
        return scalar ? floating(to, size, number) : vector(to, number, shape(size, full));
    }

    /** The same mnemonics with a 2, for the upper halves. */
    static String[] upper(String[] mnemonics) {
        String[] upper = mnemonics.clone();
        for (int i = 0; i < upper.length; i++) {
            upper[i] = upper[i].isEmpty() ? "" : upper[i] + "2";
        }
        return upper;
    }

    static void decode(int word, Instruction to) {
        boolean scalar = bit(word, 28);
        if (bit(word, 24)) {
            if (bit(word, 10)) {
                if (bit(word, 23)) {
                    return;
                }
                Arm64VectorImmediate.decode(word, to, scalar);
            } else {
                Arm64VectorElement.decode(word, to, scalar);
            }
            return;
        }
        if (bit(word, 21)) {
            wide(word, to, scalar);
        } else {
            narrow(word, to, scalar);
        }
    }

    /** Bit 21 set: the large groups. */
    private static void wide(int word, Instruction to, boolean scalar) {
        if (bit(word, 10)) {
            Arm64VectorSame.decode(word, to, scalar);
        } else if (!bit(word, 11)) {
            Arm64VectorSame.different(word, to, scalar);
        } else {
            switch (bits(word, 17, 4)) {
                case 0 -> Arm64VectorOne.decode(word, to, scalar, false);
                case 4 -> {
                    if (bits(word, 22, 2) != 0 || bit(word, 29)) {
                        return;
                    }
                    if (scalar) {
                        Arm64Crypto.hashStep(word, to);
                    } else if (bit(word, 30)) {
                        Arm64Crypto.aes(word, to);
                    }
                }
                case 8 -> {
                    if (scalar) {
                        Arm64VectorOne.pairwise(word, to);
                    } else {
                        Arm64VectorOne.across(word, to);
                    }
                }
                case 12 -> {
                    if (bit(word, 22)) {
                        Arm64VectorOne.decode(word, to, scalar, true);
                    }
                }
                default -> {
                    // Not allocated.
                }
            }
        }
    }

    /** Bit 21 clear: copies, permutations, half precision, products of groups. */
    private static void narrow(int word, Instruction to, boolean scalar) {
        boolean last = bit(word, 10);
        if (bit(word, 15)) {
            if (last) {
                Arm64VectorSame.extra(word, to, scalar);
            }
            return;
        }
        if (last && bits(word, 22, 1) == 1 && bits(word, 14, 2) == 0) {
            Arm64VectorSame.half(word, to, scalar);
        } else if (last) {
            if (bits(word, 22, 2) == 0) {
                copy(word, to, scalar);
            }
        } else if (scalar) {
            if (!bit(word, 29) && bits(word, 22, 2) == 0 && !bit(word, 11)) {
                Arm64Crypto.hash(word, to);
            }
        } else if (bit(word, 29)) {
            if (bits(word, 22, 2) == 0) {
                extract(word, to);
            }
        } else if (bit(word, 11)) {
            permute(word, to);
        } else if (bits(word, 22, 2) == 0) {
            table(word, to);
        } else {
            lookup(word, to);
        }
    }

    private static void copy(int word, Instruction to, boolean scalar) {
        int packed = bits(word, 16, 5);
        int size = Integer.numberOfTrailingZeros(packed);
        if (size > 3) {
            return;
        }
        int lane = packed >> size + 1;
        boolean full = bit(word, 30);
        int kind = bits(word, 11, 4);
        if (scalar) {
            if (kind == 0 && !bit(word, 29)) {
                begin(to, "mov");
                floating(to, size, rd(word));
                lane(to, rn(word), element(size), lane);
                writesFirst(to);
            }
            return;
        }
        if (bit(word, 29)) {
            if (full) {
                begin(to, "mov");
                lane(to, rd(word), element(size), lane);
                lane(to, rn(word), element(size), kind >> size);
                changesFirst(to);
            }
            return;
        }
        switch (kind) {
            case 0, 1 -> {
                if (size == 3 && !full) {
                    return;
                }
                begin(to, "dup");
                vector(to, rd(word), shape(size, full));
                if (kind == 0) {
                    lane(to, rn(word), element(size), lane);
                } else {
                    general(to, size == 3, rn(word));
                }
                writesFirst(to);
            }
            case 3 -> {
                if (full) {
                    begin(to, "mov");
                    lane(to, rd(word), element(size), lane);
                    general(to, size == 3, rn(word));
                    changesFirst(to);
                }
            }
            case 5, 7 -> {
                boolean signed = kind == 5;
                if (signed ? size > (full ? 2 : 1) : full != (size == 3)) {
                    return;
                }
                begin(to, signed ? "smov" : size >= 2 ? "mov" : "umov");
                general(to, full, rd(word));
                lane(to, rn(word), element(size), lane);
                writesFirst(to);
            }
            default -> {
                // Not allocated.
            }
        }
    }

    private static void extract(int word, Instruction to) {
        boolean full = bit(word, 30);
        int start = bits(word, 11, 4);
        if (!full && start > 7) {
            return;
        }
        begin(to, "ext");
        three(word, to, shape(0, full));
        immediate(to, start);
    }

    private static void permute(int word, Instruction to) {
        int size = bits(word, 22, 2);
        boolean full = bit(word, 30);
        String name = PERMUTATIONS[bits(word, 12, 3)];
        if (!name.isEmpty() && (size < 3 || full)) {
            begin(to, name);
            three(word, to, shape(size, full));
        }
    }

    private static void table(int word, Instruction to) {
        String shape = shape(0, bit(word, 30));
        boolean keep = bit(word, 12);
        begin(to, keep ? "tbx" : "tbl");
        vector(to, rd(word), shape);
        list(to, rn(word), "16b", bits(word, 13, 2) + 1);
        vector(to, rm(word), shape);
        if (keep) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    /** luti2 and luti4: tables of two or four bits. */
    private static void lookup(int word, Instruction to) {
        int kind = bits(word, 22, 2);
        if (!bit(word, 30)) {
            return;
        }
        int fields = bits(word, 12, 3);
        String shape;
        int index;
        int registers = 1;
        if (kind == 1) {
            if ((fields & 3) == 2) {
                shape = "16b";
                index = fields >> 2;
            } else if ((fields & 1) == 1) {
                shape = "8h";
                registers = 2;
                index = fields >> 1;
            } else {
                return;
            }
        } else if (kind == 2) {
            if ((fields & 1) == 0) {
                return;
            }
            shape = "16b";
            index = fields >> 1;
        } else {
            shape = "8h";
            index = fields;
        }
        begin(to, kind == 1 ? "luti4" : "luti2");
        vector(to, rd(word), shape);
        list(to, rn(word), shape, registers);
        Operand selector = vector(to, rm(word), "");
        selector.lane = index;
        writesFirst(to);
    }

    private static void three(int word, Instruction to, String shape) {
        vector(to, rd(word), shape);
        vector(to, rn(word), shape);
        vector(to, rm(word), shape);
        writesFirst(to);
    }
}
