package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.named;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** System instructions: hints, barriers, PSTATE, cache maintenance, system registers. */
final class Arm64System {
    /** By CRm:op2; the ones without a name are {@code hint #n}. */
    private static final String[] HINTS = {
        "nop",
        "yield",
        "wfe",
        "wfi",
        "sev",
        "sevl",
        "dgh",
        "xpaclri",
        "pacia1716",
        "",
        "pacib1716",
        "",
        "autia1716",
        "",
        "autib1716",
        "",
        "esb",
        "psb",
        "tsb",
        "gcsb",
        "csdb",
        "",
        "clrbhb",
        "",
        "paciaz",
        "paciasp",
        "pacibz",
        "pacibsp",
        "autiaz",
        "autiasp",
        "autibz",
        "autibsp",
        "bti",
        "",
        "bti",
        "",
        "bti",
        "",
        "bti",
        "pacm",
        "chkfeat"
    };

    private static final String[] BARRIERS = {
        "", "oshld", "oshst", "osh", "", "nshld", "nshst", "nsh",
        "", "ishld", "ishst", "ish", "", "ld", "st", "sy"
    };
    private static final String[] BARRIERS_NXS = {"oshnxs", "nshnxs", "ishnxs", "synxs"};
    private static final String[] COPROCESSOR = {
        "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7",
        "c8", "c9", "c10", "c11", "c12", "c13", "c14", "c15"
    };

    private Arm64System() {}

    static void decode(int word, Instruction to) {
        if (bits(word, 23, 2) != 2) {
            return;
        }
        if (bit(word, 22)) {
            pair(word, to);
            return;
        }
        int space = bits(word, 19, 2);
        if (space == 1) {
            operation(word, to);
        } else if (space != 0 || !special(word, to)) {
            registerMove(word, to);
        }
    }

    /** The words of op0 0 that are not moves of system registers. */
    private static boolean special(int word, Instruction to) {
        int op1 = bits(word, 16, 3);
        int crn = bits(word, 12, 4);
        int crm = bits(word, 8, 4);
        int op2 = bits(word, 5, 3);
        if (bit(word, 21)) {
            if (op1 != 3 || crn != 3 || op2 != 3 || crm > 1) {
                return false;
            }
            begin(to, crm == 0 ? "tstart" : "ttest");
            general(to, true, rd(word));
            writesFirst(to);
            return true;
        }
        if (op1 == 3 && crn == 1 && crm == 0 && op2 < 2) {
            begin(to, op2 == 0 ? "wfet" : "wfit");
            general(to, true, rd(word));
            return true;
        }
        if (rd(word) != 31) {
            return false;
        }
        if (op1 == 3 && crn == 2) {
            hint(crm << 3 | op2, to);
            return true;
        }
        if (op1 == 3 && crn == 3) {
            return barrier(crm, op2, to);
        }
        return crn == 4 && state(op1, crm, op2, to);
    }

    private static void hint(int number, Instruction to) {
        String name = number < HINTS.length ? HINTS[number] : "";
        if (name.isEmpty()) {
            begin(to, "hint");
            immediate(to, number);
            return;
        }
        begin(to, name);
        switch (number) {
            case 17, 18 -> named(to, "csync");
            case 19 -> named(to, "dsync");
            case 34 -> named(to, "c");
            case 36 -> named(to, "j");
            case 38 -> named(to, "jc");
            case 40 -> named(to, "x16");
            default -> {
                // Takes no operand.
            }
        }
    }

    private static boolean barrier(int crm, int op2, Instruction to) {
        switch (op2) {
            case 1 -> {
                if ((crm & 3) != 2) {
                    return false;
                }
                begin(to, "dsb");
                named(to, BARRIERS_NXS[crm >> 2]);
            }
            case 2 -> {
                begin(to, "clrex");
                optional(crm, to);
            }
            case 3 -> {
                if (crm != 0) {
                    return false;
                }
                begin(to, "tcommit");
            }
            case 4 -> {
                switch (crm) {
                    case 0 -> begin(to, "ssbb");
                    case 4 -> begin(to, "pssbb");
                    case 12 -> begin(to, "dfb");
                    default -> {
                        begin(to, "dsb");
                        domain(crm, to);
                    }
                }
            }
            case 5 -> {
                begin(to, "dmb");
                domain(crm, to);
            }
            case 6 -> {
                begin(to, "isb");
                optional(crm, to);
            }
            case 7 -> begin(to, "sb");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void optional(int crm, Instruction to) {
        if (crm != 15) {
            immediate(to, crm);
        }
    }

    private static void domain(int crm, Instruction to) {
        if (BARRIERS[crm].isEmpty()) {
            immediate(to, crm);
        } else {
            named(to, BARRIERS[crm]);
        }
    }

    /** Fields of PSTATE set from an immediate. */
    private static boolean state(int op1, int crm, int op2, Instruction to) {
        String field = "";
        int value = crm;
        switch (op1 << 3 | op2) {
            case 0 -> {
                if (crm != 0) {
                    return false;
                }
                begin(to, "cfinv");
                return true;
            }
            case 1 -> {
                begin(to, "xaflag");
                return true;
            }
            case 2 -> {
                begin(to, "axflag");
                return true;
            }
            case 3 -> field = "uao";
            case 4 -> field = "pan";
            case 5 -> field = "spsel";
            case 8 -> {
                field = crm < 2 ? "allint" : crm < 4 ? "pm" : "";
                value = crm & 1;
            }
            case 25 -> field = "ssbs";
            case 26 -> field = "dit";
            case 27 -> {
                return streaming(crm, to);
            }
            case 28 -> field = "tco";
            case 30 -> field = "daifset";
            case 31 -> field = "daifclr";
            default -> {
                return false;
            }
        }
        if (field.isEmpty()) {
            return false;
        }
        begin(to, "msr");
        named(to, field);
        immediate(to, value);
        to.privileged = op1 != 3 || op2 > 4;
        return true;
    }

    private static boolean streaming(int crm, Instruction to) {
        if (crm < 2 || crm > 7) {
            return false;
        }
        begin(to, (crm & 1) == 1 ? "smstart" : "smstop");
        if (crm < 6) {
            named(to, crm < 4 ? "sm" : "za");
        }
        return true;
    }

    private static void operation(int word, Instruction to) {
        boolean answers = bit(word, 21);
        int key = bits(word, 5, 14);
        to.privileged = bits(word, 16, 3) != 3;
        Arm64SystemNames names = Arm64SystemNames.shared();
        String name = answers ? names.answer(key) : names.operation(key);
        if (name.isEmpty()) {
            begin(to, answers ? "sysl" : "sys");
            if (answers) {
                general(to, true, rd(word));
                writesFirst(to);
            }
            immediate(to, bits(word, 16, 3));
            named(to, COPROCESSOR[bits(word, 12, 4)]);
            named(to, COPROCESSOR[bits(word, 8, 4)]);
            immediate(to, bits(word, 5, 3));
            if (!answers && rd(word) != 31) {
                general(to, true, rd(word));
            }
            return;
        }
        begin(to, name);
        String what = names.operand(key);
        if (!answers && !what.isEmpty()) {
            named(to, what);
        }
        if (answers || names.takesRegister(key)) {
            general(to, true, rd(word));
        }
        if (answers) {
            writesFirst(to);
        }
    }

    private static void registerMove(int word, Instruction to) {
        boolean read = bit(word, 21);
        String name = Arm64SystemNames.shared().register(bits(word, 5, 16), read);
        begin(to, read ? "mrs" : "msr");
        if (read) {
            general(to, true, rd(word));
            named(to, name);
        } else {
            named(to, name);
            general(to, true, rd(word));
        }
        writesFirst(to);
        to.privileged = bits(word, 16, 3) != 3;
    }

    /** The 128-bit forms: mrrs, msrr and sysp. */
    private static void pair(int word, Instruction to) {
        int first = rd(word);
        boolean read = bit(word, 21);
        if (read || bits(word, 19, 2) != 1) {
            if ((first & 1) != 0) {
                return;
            }
            String name = Arm64SystemNames.shared().register(bits(word, 5, 16), read);
            begin(to, read ? "mrrs" : "msrr");
            if (!read) {
                named(to, name);
            }
            general(to, true, first);
            general(to, true, first + 1);
            if (read) {
                named(to, name);
                to.operands[1].setAccess(Operand.Access.WRITE);
            }
            writesFirst(to);
            to.privileged = bits(word, 16, 3) != 3;
        } else if ((first & 1) == 0 || first == 31) {
            begin(to, "sysp");
            immediate(to, bits(word, 16, 3));
            named(to, COPROCESSOR[bits(word, 12, 4)]);
            named(to, COPROCESSOR[bits(word, 8, 4)]);
            immediate(to, bits(word, 5, 3));
            if (first != 31) {
                general(to, true, first);
                general(to, true, first + 1);
            }
            to.privileged = true;
        }
    }
}
