package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.condition;
import static oriel.engine.disasm.Arm64Operands.extend;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.generalOrSp;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.ra;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.shift;
import static oriel.engine.disasm.Arm64Operands.wide;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** Data processing between registers: DDI 0487 C4.1, op0 x101. */
final class Arm64Data {
    private static final String[] LOGICAL = {
        "and", "bic", "orr", "orn", "eor", "eon", "ands", "bics"
    };
    private static final String[] SELECTS = {"csel", "csinc", "csinv", "csneg"};
    private static final String[] CARRY = {"adc", "adcs", "sbc", "sbcs"};
    private static final String[] CRC = {
        "crc32b", "crc32h", "crc32w", "crc32x", "crc32cb", "crc32ch", "crc32cw", "crc32cx"
    };
    private static final String[] AUTHENTICATE = {
        "pacia", "pacib", "pacda", "pacdb", "autia", "autib", "autda", "autdb",
        "paciza", "pacizb", "pacdza", "pacdzb", "autiza", "autizb", "autdza", "autdzb"
    };

    private Arm64Data() {}

    static void decode(int word, Instruction to) {
        if (!bit(word, 28)) {
            if (!bit(word, 24)) {
                logical(word, to);
            } else if (bit(word, 21)) {
                addExtended(word, to);
            } else {
                addShifted(word, to);
            }
            return;
        }
        if (bit(word, 24)) {
            threeSources(word, to);
            return;
        }
        switch (bits(word, 21, 3)) {
            case 0 -> carry(word, to);
            case 2 -> conditionalCompare(word, to);
            case 4 -> select(word, to);
            case 6 -> {
                if (bit(word, 30)) {
                    oneSource(word, to);
                } else {
                    twoSources(word, to);
                }
            }
            default -> {
                // Not allocated.
            }
        }
    }

    private static void logical(int word, Instruction to) {
        boolean wide = wide(word);
        int amount = bits(word, 10, 6);
        int kind = bits(word, 22, 2);
        if (!wide && amount > 31) {
            return;
        }
        int operation = bits(word, 29, 2) << 1 | bits(word, 21, 1);
        if (operation >= 6) {
            to.flagsWritten = Arm64Flags.NZCV;
        }
        if (operation == 6 && rd(word) == 31) {
            begin(to, "tst");
            general(to, wide, rn(word));
            general(to, wide, rm(word));
            shift(to, kind, amount);
            return;
        }
        boolean move = operation == 2 && rn(word) == 31 && kind == 0 && amount == 0;
        boolean not = operation == 3 && rn(word) == 31;
        begin(to, move ? "mov" : not ? "mvn" : LOGICAL[operation]);
        general(to, wide, rd(word));
        if (!move && !not) {
            general(to, wide, rn(word));
        }
        general(to, wide, rm(word));
        shift(to, kind, amount);
        writesFirst(to);
    }

    private static void addShifted(int word, Instruction to) {
        boolean wide = wide(word);
        int kind = bits(word, 22, 2);
        int amount = bits(word, 10, 6);
        if (kind == 3 || !wide && amount > 31) {
            return;
        }
        boolean subtract = bit(word, 30);
        boolean flags = bit(word, 29);
        if (flags) {
            to.flagsWritten = Arm64Flags.NZCV;
        }
        boolean compare = flags && rd(word) == 31;
        boolean negate = subtract && rn(word) == 31 && !compare;
        begin(
                to,
                compare
                        ? subtract ? "cmp" : "cmn"
                        : negate
                                ? flags ? "negs" : "neg"
                                : subtract ? flags ? "subs" : "sub" : flags ? "adds" : "add");
        if (!compare) {
            general(to, wide, rd(word));
        }
        if (!negate) {
            general(to, wide, rn(word));
        }
        general(to, wide, rm(word));
        shift(to, kind, amount);
        if (!compare) {
            writesFirst(to);
        }
    }

    private static void addExtended(int word, Instruction to) {
        boolean wide = wide(word);
        int option = bits(word, 13, 3);
        int amount = bits(word, 10, 3);
        if (amount > 4 || bits(word, 22, 2) != 0) {
            return;
        }
        boolean subtract = bit(word, 30);
        boolean flags = bit(word, 29);
        if (flags) {
            to.flagsWritten = Arm64Flags.NZCV;
        }
        boolean compare = flags && rd(word) == 31;
        begin(
                to,
                compare
                        ? subtract ? "cmp" : "cmn"
                        : subtract ? flags ? "subs" : "sub" : flags ? "adds" : "add");
        if (!compare) {
            if (flags) {
                general(to, wide, rd(word));
            } else {
                generalOrSp(to, wide, rd(word));
                to.stackKnown = rd(word) != 31;
            }
        }
        generalOrSp(to, wide, rn(word));
        general(to, wide && (option & 3) == 3, rm(word));
        boolean sp = rn(word) == 31 || !flags && rd(word) == 31;
        if (sp && option == (wide ? 3 : 2)) {
            shift(to, 0, amount);
        } else {
            extend(to, option, amount);
        }
        if (!compare) {
            writesFirst(to);
        }
    }

    private static void carry(int word, Instruction to) {
        int operation = bits(word, 29, 2);
        int low = bits(word, 10, 6);
        if (low == 0) {
            boolean negate = operation >= 2 && rn(word) == 31;
            begin(to, negate ? operation == 2 ? "ngc" : "ngcs" : CARRY[operation]);
            general(to, wide(word), rd(word));
            if (!negate) {
                general(to, wide(word), rn(word));
            }
            general(to, wide(word), rm(word));
            to.flagsRead = Arm64Flags.C;
            to.flagsWritten = bit(word, 29) ? Arm64Flags.NZCV : 0;
            writesFirst(to);
        } else if (bits(word, 13, 3) == 1 && !bit(word, 29) && wide(word)) {
            begin(to, bit(word, 30) ? "subpt" : "addpt");
            generalOrSp(to, true, rd(word));
            generalOrSp(to, true, rn(word));
            general(to, true, rm(word));
            shift(to, 0, bits(word, 10, 3));
            writesFirst(to);
            to.stackKnown = rd(word) != 31;
        } else if (operation == 1 && wide(word) && bits(word, 10, 5) == 1 && !bit(word, 4)) {
            begin(to, "rmif");
            general(to, true, rn(word));
            immediate(to, bits(word, 15, 6));
            immediate(to, bits(word, 0, 4));
            to.flagsWritten = Arm64Flags.NZCV;
        } else if ((word & 0xffffbc1f) == 0x3a00080d) {
            begin(to, bit(word, 14) ? "setf16" : "setf8");
            general(to, false, rn(word));
            to.flagsWritten = Arm64Flags.N | Arm64Flags.Z | Arm64Flags.V;
        }
    }

    private static void conditionalCompare(int word, Instruction to) {
        if (!bit(word, 29) || bit(word, 10) || bit(word, 4)) {
            return;
        }
        begin(to, bit(word, 30) ? "ccmp" : "ccmn");
        general(to, wide(word), rn(word));
        if (bit(word, 11)) {
            immediate(to, rm(word));
        } else {
            general(to, wide(word), rm(word));
        }
        immediate(to, bits(word, 0, 4));
        condition(to, bits(word, 12, 4));
        to.flagsWritten = Arm64Flags.NZCV;
    }

    private static void select(int word, Instruction to) {
        if (bit(word, 29) || bit(word, 11)) {
            return;
        }
        boolean wide = wide(word);
        int operation = bits(word, 30, 1) << 1 | bits(word, 10, 1);
        int condition = bits(word, 12, 4);
        boolean same = rn(word) == rm(word) && condition < 14 && operation != 0;
        if (same && rn(word) == 31 && operation != 3) {
            begin(to, operation == 1 ? "cset" : "csetm");
            general(to, wide, rd(word));
            condition(to, condition ^ 1);
        } else if (same) {
            begin(to, operation == 1 ? "cinc" : operation == 2 ? "cinv" : "cneg");
            general(to, wide, rd(word));
            general(to, wide, rn(word));
            condition(to, condition ^ 1);
        } else {
            begin(to, SELECTS[operation]);
            general(to, wide, rd(word));
            general(to, wide, rn(word));
            general(to, wide, rm(word));
            condition(to, condition);
        }
        writesFirst(to);
    }

    private static void oneSource(int word, Instruction to) {
        boolean wide = wide(word);
        int operation = bits(word, 10, 6);
        if (bit(word, 29)) {
            return;
        }
        if (rm(word) == 1) {
            authenticate(word, to, operation);
            return;
        }
        if (rm(word) != 0) {
            return;
        }
        String name =
                switch (operation) {
                    case 0 -> "rbit";
                    case 1 -> "rev16";
                    case 2 -> wide ? "rev32" : "rev";
                    case 3 -> wide ? "rev" : "";
                    case 4 -> "clz";
                    case 5 -> "cls";
                    case 6 -> "ctz";
                    case 7 -> "cnt";
                    case 8 -> "abs";
                    default -> "";
                };
        if (!name.isEmpty()) {
            begin(to, name);
            general(to, wide, rd(word));
            general(to, wide, rn(word));
            writesFirst(to);
        }
    }

    private static void authenticate(int word, Instruction to, int operation) {
        if (!wide(word)) {
            return;
        }
        if (operation < 16) {
            if (operation >= 8 && rn(word) != 31) {
                return;
            }
            begin(to, AUTHENTICATE[operation]);
            general(to, true, rd(word));
            if (operation < 8) {
                generalOrSp(to, true, rn(word));
            }
            changesFirst(to);
        } else if (operation < 18 && rn(word) == 31) {
            begin(to, operation == 16 ? "xpaci" : "xpacd");
            general(to, true, rd(word));
            changesFirst(to);
        } else if (rd(word) == 30) {
            returnSigning(word, to, operation);
        }
    }

    /** Signing of the return address with the program counter as a modifier. */
    private static void returnSigning(int word, Instruction to, int operation) {
        String name =
                switch (operation) {
                    case 0b100000 -> "pacnbiasppc";
                    case 0b100001 -> "pacnbibsppc";
                    case 0b100100 -> "autiasppcr";
                    case 0b100101 -> "autibsppcr";
                    case 0b101000 -> "paciasppc";
                    case 0b101001 -> "pacibsppc";
                    default -> "";
                };
        boolean named = (operation & 0b111110) == 0b100100;
        if (name.isEmpty() || !named && rn(word) != 31) {
            return;
        }
        begin(to, name);
        if (named) {
            general(to, true, rn(word));
        }
    }

    private static void twoSources(int word, Instruction to) {
        boolean wide = wide(word);
        int operation = bits(word, 10, 6);
        if (bit(word, 29)) {
            if (operation == 0 && wide) {
                begin(to, "subps");
                to.flagsWritten = Arm64Flags.NZCV;
                tagged(word, to);
            }
            return;
        }
        switch (operation) {
            case 0 -> {
                if (wide) {
                    begin(to, "subp");
                    tagged(word, to);
                }
            }
            case 2, 3 -> plain(word, to, operation == 2 ? "udiv" : "sdiv");
            case 4 -> {
                if (wide) {
                    begin(to, "irg");
                    generalOrSp(to, true, rd(word));
                    generalOrSp(to, true, rn(word));
                    if (rm(word) != 31) {
                        general(to, true, rm(word));
                    }
                    writesFirst(to);
                }
            }
            case 5 -> {
                if (wide) {
                    begin(to, "gmi");
                    general(to, true, rd(word));
                    generalOrSp(to, true, rn(word));
                    general(to, true, rm(word));
                    writesFirst(to);
                }
            }
            case 8 -> plain(word, to, "lsl");
            case 9 -> plain(word, to, "lsr");
            case 10 -> plain(word, to, "asr");
            case 11 -> plain(word, to, "ror");
            case 12 -> {
                if (wide) {
                    begin(to, "pacga");
                    general(to, true, rd(word));
                    general(to, true, rn(word));
                    generalOrSp(to, true, rm(word));
                    writesFirst(to);
                }
            }
            case 16, 17, 18, 19, 20, 21, 22, 23 -> checksum(word, to, operation & 7);
            case 24 -> plain(word, to, "smax");
            case 25 -> plain(word, to, "umax");
            case 26 -> plain(word, to, "smin");
            case 27 -> plain(word, to, "umin");
            default -> {
                // Not allocated.
            }
        }
    }

    private static void tagged(int word, Instruction to) {
        general(to, true, rd(word));
        writesFirst(to);
        generalOrSp(to, true, rn(word));
        generalOrSp(to, true, rm(word));
    }

    private static void checksum(int word, Instruction to, int operation) {
        boolean long64 = (operation & 3) == 3;
        if (wide(word) != long64) {
            return;
        }
        begin(to, CRC[operation]);
        general(to, false, rd(word));
        general(to, false, rn(word));
        general(to, long64, rm(word));
        writesFirst(to);
    }

    private static void plain(int word, Instruction to, String name) {
        begin(to, name);
        general(to, wide(word), rd(word));
        general(to, wide(word), rn(word));
        general(to, wide(word), rm(word));
        writesFirst(to);
    }

    private static void threeSources(int word, Instruction to) {
        boolean wide = wide(word);
        if (bits(word, 29, 2) != 0) {
            return;
        }
        boolean subtract = bit(word, 15);
        boolean plain = ra(word) == 31;
        int operation = bits(word, 21, 3);
        if (operation == 0) {
            begin(to, plain ? subtract ? "mneg" : "mul" : subtract ? "msub" : "madd");
            multiply(word, to, wide, wide, !plain);
        } else if (!wide) {
            return;
        } else if (operation == 3) {
            begin(to, subtract ? "msubpt" : "maddpt");
            multiply(word, to, true, true, true);
        } else if (operation == 1 || operation == 5) {
            boolean unsigned = operation == 5;
            begin(
                    to,
                    plain
                            ? subtract
                                    ? unsigned ? "umnegl" : "smnegl"
                                    : unsigned ? "umull" : "smull"
                            : subtract
                                    ? unsigned ? "umsubl" : "smsubl"
                                    : unsigned ? "umaddl" : "smaddl");
            multiply(word, to, true, false, !plain);
        } else if ((operation == 2 || operation == 6) && !subtract) {
            begin(to, operation == 2 ? "smulh" : "umulh");
            multiply(word, to, true, true, false);
        }
    }

    private static void multiply(
            int word, Instruction to, boolean wide, boolean factors, boolean addend) {
        general(to, wide, rd(word));
        general(to, factors, rn(word));
        general(to, factors, rm(word));
        if (addend) {
            general(to, wide, ra(word));
        }
        writesFirst(to);
    }
}
