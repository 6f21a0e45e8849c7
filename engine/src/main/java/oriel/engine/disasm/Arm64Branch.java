package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.generalOrSp;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.signed;
import static oriel.engine.disasm.Arm64Operands.target;
import static oriel.engine.disasm.Arm64Operands.wide;

/** Branches and exceptions: DDI 0487 C4.1, op0 101x. */
final class Arm64Branch {
    private static final String[] CONDITIONAL = prefixed("b.");
    private static final String[] CONSISTENT = prefixed("bc.");
    private static final CodeRegister[] LINK = {Arm64Registers.general(true, 30)};

    private Arm64Branch() {}

    static void decode(int word, Instruction to) {
        switch (bits(word, 29, 3)) {
            case 0, 4 -> direct(word, to);
            case 1, 5 -> test(word, to);
            case 2 -> conditional(word, to);
            case 6 -> {
                if (bit(word, 25)) {
                    indirect(word, to);
                } else if (bit(word, 24)) {
                    Arm64System.decode(word, to);
                } else {
                    exception(word, to);
                }
            }
            default -> {
                // Not allocated.
            }
        }
    }

    private static void direct(int word, Instruction to) {
        boolean link = bit(word, 31);
        begin(to, link ? "bl" : "b");
        target(to, to.va + (long) signed(word, 0, 26) * 4);
        to.flow = link ? FlowKind.CALL : FlowKind.JUMP;
        if (link) {
            to.implicitWrites = LINK;
        }
    }

    private static void test(int word, Instruction to) {
        boolean not = bit(word, 24);
        long offset;
        if (bit(word, 25)) {
            begin(to, not ? "tbnz" : "tbz");
            general(to, wide(word), rd(word));
            immediate(to, bits(word, 31, 1) << 5 | bits(word, 19, 5));
            offset = signed(word, 5, 14) * 4L;
        } else {
            begin(to, not ? "cbnz" : "cbz");
            general(to, wide(word), rd(word));
            offset = signed(word, 5, 19) * 4L;
        }
        target(to, to.va + offset);
        to.flow = FlowKind.CONDITIONAL;
    }

    private static void conditional(int word, Instruction to) {
        if (bits(word, 24, 2) == 1) {
            if (rd(word) == 31 && bits(word, 22, 2) == 0) {
                begin(to, bit(word, 21) ? "retabsppc" : "retaasppc");
                target(to, to.va - bits(word, 5, 16) * 4L);
                to.flow = FlowKind.RETURN;
            }
            return;
        }
        if (bits(word, 24, 2) != 0) {
            return;
        }
        int condition = bits(word, 0, 4);
        begin(to, (bit(word, 4) ? CONSISTENT : CONDITIONAL)[condition]);
        target(to, to.va + signed(word, 5, 19) * 4L);
        to.flow = FlowKind.CONDITIONAL;
        to.flagsRead = Arm64Flags.NZCV;
    }

    private static void exception(int word, Instruction to) {
        int number = bits(word, 5, 16);
        String name =
                switch (bits(word, 21, 3) << 5 | bits(word, 0, 5)) {
                    case 0x01 -> "svc";
                    case 0x02 -> "hvc";
                    case 0x03 -> "smc";
                    case 0x20 -> "brk";
                    case 0x40 -> "hlt";
                    case 0x60 -> "tcancel";
                    case 0xa1 -> "dcps1";
                    case 0xa2 -> "dcps2";
                    case 0xa3 -> "dcps3";
                    default -> "";
                };
        if (name.isEmpty()) {
            return;
        }
        begin(to, name);
        if (number != 0 || !name.startsWith("dcps")) {
            immediate(to, number);
        }
        to.flow = FlowKind.INTERRUPT;
        to.faults = true;
        to.privileged = name.equals("hvc") || name.equals("smc");
    }

    private static void indirect(int word, Instruction to) {
        int operation = bits(word, 21, 4);
        int key = bits(word, 10, 6);
        if (bits(word, 16, 5) != 31) {
            return;
        }
        boolean authenticated = key == 2 || key == 3;
        if (key != 0 && !authenticated) {
            return;
        }
        boolean second = key == 3;
        boolean zero = bits(word, 0, 5) == (authenticated ? 31 : 0);
        switch (operation) {
            case 0, 1 -> {
                if (!zero) {
                    return;
                }
                boolean call = operation == 1;
                begin(
                        to,
                        authenticated
                                ? call ? second ? "blrabz" : "blraaz" : second ? "brabz" : "braaz"
                                : call ? "blr" : "br");
                general(to, true, rn(word));
                jump(to, call);
            }
            case 2 -> returns(word, to, authenticated, second);
            case 4 -> {
                if (rn(word) == 31 && zero) {
                    begin(to, authenticated ? second ? "eretab" : "eretaa" : "eret");
                    to.flow = FlowKind.RETURN;
                    to.privileged = true;
                }
            }
            case 5 -> {
                if (rn(word) == 31 && zero && !authenticated) {
                    begin(to, "drps");
                    to.flow = FlowKind.RETURN;
                    to.privileged = true;
                }
            }
            case 8, 9 -> {
                if (authenticated) {
                    boolean call = operation == 9;
                    begin(to, call ? second ? "blrab" : "blraa" : second ? "brab" : "braa");
                    general(to, true, rn(word));
                    generalOrSp(to, true, rd(word));
                    jump(to, call);
                }
            }
            default -> {
                // Not allocated.
            }
        }
    }

    private static void returns(int word, Instruction to, boolean authenticated, boolean second) {
        if (!authenticated) {
            if (rd(word) != 0) {
                return;
            }
            begin(to, "ret");
            if (rn(word) != 30) {
                general(to, true, rn(word));
            } else {
                to.implicitReads = LINK;
            }
        } else {
            if (rn(word) != 31) {
                return;
            }
            if (rd(word) == 31) {
                begin(to, second ? "retab" : "retaa");
            } else {
                begin(to, second ? "retabsppcr" : "retaasppcr");
                general(to, true, rd(word));
            }
            to.implicitReads = LINK;
        }
        to.flow = FlowKind.RETURN;
    }

    private static void jump(Instruction to, boolean call) {
        to.flow = call ? FlowKind.INDIRECT_CALL : FlowKind.INDIRECT_JUMP;
        if (call) {
            to.implicitWrites = LINK;
        }
    }

    private static String[] prefixed(String prefix) {
        var names = new String[16];
        for (int i = 0; i < 16; i++) {
            names[i] = prefix + Arm64Operands.CONDITIONS[i];
        }
        return names;
    }
}
