package oriel.engine.unwind;

import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** The ARM64 registers while one frame is undone: x0 to x28, 29 fp, 30 lr, and d0 to d31. */
final class Arm64State {
    static final int FP = 29;
    static final int LR = 30;
    private static final int GENERAL = 31;
    private static final int VECTORS = 32;
    private static final int FIRST_SAVED = 19;
    private static final int FIRST_SAVED_D = 8;
    private static final int LAST_SAVED_D = 15;
    private static final long ADDRESS_BITS = 0x0000ffffffffffffL;

    private static final Register PC = Registers.programCounter(Architecture.ARM64);
    private static final Register SP = Registers.stackPointer(Architecture.ARM64);
    private static final Register[] X = new Register[GENERAL];
    private static final Register[] V = new Register[VECTORS];

    static {
        for (int i = 0; i < GENERAL; i++) {
            X[i] = Registers.require(Architecture.ARM64, i == FP ? "fp" : i == LR ? "lr" : "x" + i);
        }
        for (int i = 0; i < VECTORS; i++) {
            V[i] = Registers.require(Architecture.ARM64, "v" + i);
        }
    }

    private final RegisterSet callee;
    private final WordReader stack;
    private final long[] value = new long[GENERAL];
    private final long[] vector = new long[2 * VECTORS];
    private long known;
    private long knownVectors;
    private long sp;
    private long pc;
    private boolean machineFrame;

    Arm64State(RegisterSet callee, WordReader stack) {
        this.callee = callee;
        this.stack = stack;
        sp = callee.sp().orElse(0);
        for (int i = 0; i < GENERAL; i++) {
            OptionalLong v = callee.value(X[i]);
            if (v.isPresent()) {
                value[i] = v.getAsLong();
                known |= 1L << i;
            }
        }
        for (int i = FIRST_SAVED_D; i <= LAST_SAVED_D; i++) {
            if (callee.has(V[i])) {
                vector[2 * i] = callee.value(V[i]).orElse(0);
                vector[2 * i + 1] = callee.high(V[i]).orElse(0);
                knownVectors |= 1L << i;
            }
        }
    }

    /**
     * An address without the bits of pointer authentication: bit 55 tells user from kernel space.
     */
    static long strip(long va) {
        return (va >>> 55 & 1) == 0 ? va & ADDRESS_BITS : va | ~ADDRESS_BITS;
    }

    boolean knows(int register) {
        return (known >>> register & 1) != 0;
    }

    long get(int register) {
        return value[register];
    }

    long sp() {
        return sp;
    }

    void sp(long va) {
        sp = va;
    }

    /** Loads a general register from the stack; it is unknown when its place cannot be read. */
    void restore(int register, long va) {
        if (register >= GENERAL) {
            return;
        }
        if (stack.has(va, 8)) {
            value[register] = stack.at(va, 8);
            known |= 1L << register;
        } else {
            known &= ~(1L << register);
        }
    }

    /** Loads a vector register, 8 or 16 bytes of it. */
    void restoreVector(int register, long va, int width) {
        if (register >= VECTORS) {
            return;
        }
        if (stack.has(va, width)) {
            vector[2 * register] = stack.at(va, 8);
            vector[2 * register + 1] = width == 16 ? stack.at(va + 8, 8) : 0;
            knownVectors |= 1L << register;
        } else {
            knownVectors &= ~(1L << register);
        }
    }

    /** Takes sp and pc from a machine frame: sp first. False when it cannot be read. */
    boolean popMachineFrame() {
        return stack.has(sp, 16) && resume(stack.at(sp + 8, 8), stack.at(sp, 8));
    }

    /** Takes all registers from a CONTEXT on the stack. False when it cannot be read. */
    boolean popContext() {
        long context = sp;
        if (!stack.has(context + 8, 8 * (GENERAL + 2))) {
            return false;
        }
        for (int i = 0; i < GENERAL; i++) {
            restore(i, context + 8 + 8L * i);
        }
        for (int i = FIRST_SAVED_D; i <= LAST_SAVED_D; i++) {
            restoreVector(i, context + 0x110 + 16L * i, 16);
        }
        OptionalLong newSp = stack.word(context + 0x100, 8);
        OptionalLong newPc = stack.word(context + 0x108, 8);
        return newSp.isPresent()
                && newPc.isPresent()
                && resume(newPc.getAsLong(), newSp.getAsLong());
    }

    private boolean resume(long newPc, long newSp) {
        pc = newPc;
        sp = newSp;
        machineFrame = true;
        return true;
    }

    /** Makes the return address the program counter; false when it is not known. */
    boolean returnToLr() {
        pc = strip(value[LR]);
        return knows(LR);
    }

    boolean isMachineFrame() {
        return machineFrame;
    }

    /** The caller's registers: those it can rely on; all that are known after an interrupt. */
    RegisterSet caller() {
        RegisterSet.Builder caller = RegisterSet.builder(Architecture.ARM64);
        caller.set(PC, pc).set(SP, sp);
        int last = machineFrame ? LR : FP;
        for (int i = machineFrame ? 0 : FIRST_SAVED; i <= last; i++) {
            if (knows(i)) {
                caller.set(X[i], value[i]);
            }
        }
        for (int i = FIRST_SAVED_D; i <= LAST_SAVED_D; i++) {
            if ((knownVectors >>> i & 1) != 0) {
                caller.set(V[i], vector[2 * i], vector[2 * i + 1]);
            }
        }
        return caller.build();
    }
}
