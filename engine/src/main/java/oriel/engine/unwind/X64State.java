package oriel.engine.unwind;

import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** The x64 registers while one frame is undone, by their hardware numbers. */
final class X64State {
    static final int RSP = 4;
    private static final int GENERAL = 16;
    private static final int FIRST_SAVED_XMM = 6;

    /** rbx, rsp, rbp, rsi, rdi, r12 to r15: what a called function must give back. */
    private static final int NON_VOLATILE = 0b1111_0000_1111_1000;

    private static final Register RIP = Registers.programCounter(Architecture.X64);
    private static final Register[] GPR =
            named(
                    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10",
                    "r11", "r12", "r13", "r14", "r15");
    private static final Register[] XMM = new Register[16];

    static {
        for (int i = 0; i < XMM.length; i++) {
            XMM[i] = Registers.require(Architecture.X64, "xmm" + i);
        }
    }

    private final RegisterSet callee;
    private final WordReader stack;
    private final long[] value = new long[GENERAL];
    private final long[] xmm = new long[2 * GENERAL];
    private int known;
    private int restored;
    private int restoredXmm;
    private int lostXmm;
    private long rip;
    private boolean machineFrame;

    X64State(RegisterSet callee, WordReader stack) {
        this.callee = callee;
        this.stack = stack;
        for (int i = 0; i < GENERAL; i++) {
            OptionalLong v = callee.value(GPR[i]);
            if (v.isPresent()) {
                value[i] = v.getAsLong();
                known |= 1 << i;
            }
        }
    }

    boolean knows(int register) {
        return (known >> register & 1) != 0;
    }

    long get(int register) {
        return value[register];
    }

    long rsp() {
        return value[RSP];
    }

    void rsp(long va) {
        value[RSP] = va;
    }

    /** Loads a register from the stack; it is unknown when its place cannot be read. */
    void restore(int register, long va) {
        if (stack.has(va, 8)) {
            value[register] = stack.at(va, 8);
            known |= 1 << register;
            restored |= 1 << register;
        } else if (register != RSP) {
            known &= ~(1 << register);
        }
    }

    void restoreXmm(int register, long va) {
        if (stack.has(va, 16)) {
            xmm[2 * register] = stack.at(va, 8);
            xmm[2 * register + 1] = stack.at(va + 8, 8);
            restoredXmm |= 1 << register;
        } else {
            lostXmm |= 1 << register;
        }
    }

    void pop(int register) {
        long va = value[RSP];
        restore(register, va);
        if (register != RSP) {
            value[RSP] = va + 8;
        }
    }

    /** Takes the return address from the top of the stack; false when it cannot be read. */
    boolean popReturn() {
        if (!stack.has(value[RSP], 8)) {
            return false;
        }
        rip = stack.at(value[RSP], 8);
        value[RSP] += 8;
        return true;
    }

    /** Takes rip and rsp from what the processor pushes: rip, cs, flags, rsp, ss. */
    boolean popMachineFrame() {
        long va = value[RSP];
        if (!stack.has(va, 32)) {
            return false;
        }
        rip = stack.at(va, 8);
        value[RSP] = stack.at(va + 24, 8);
        machineFrame = true;
        return true;
    }

    boolean isMachineFrame() {
        return machineFrame;
    }

    /** The caller's registers: those it can rely on, and after an interrupt those restored. */
    RegisterSet caller() {
        RegisterSet.Builder caller = RegisterSet.builder(Architecture.X64);
        caller.set(RIP, rip);
        int wanted = known & (machineFrame ? NON_VOLATILE | restored : NON_VOLATILE);
        for (int i = 0; i < GENERAL; i++) {
            if ((wanted >> i & 1) != 0) {
                caller.set(GPR[i], value[i]);
            }
        }
        for (int i = FIRST_SAVED_XMM; i < GENERAL; i++) {
            if ((restoredXmm >> i & 1) != 0) {
                caller.set(XMM[i], xmm[2 * i], xmm[2 * i + 1]);
            } else if ((lostXmm >> i & 1) == 0 && callee.has(XMM[i])) {
                caller.set(XMM[i], callee.value(XMM[i]).orElse(0), callee.high(XMM[i]).orElse(0));
            }
        }
        return caller.build();
    }

    private static Register[] named(String... names) {
        var registers = new Register[names.length];
        for (int i = 0; i < names.length; i++) {
            registers[i] = Registers.require(Architecture.X64, names[i]);
        }
        return registers;
    }
}
