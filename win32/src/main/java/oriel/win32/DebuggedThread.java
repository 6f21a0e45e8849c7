package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;
import oriel.model.Architecture;
import oriel.model.ContextLayout;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.ThreadRef;
import oriel.win32.raw.Kernel32;

/**
 * A thread of a debugged process. While the process is stopped its registers are asked once, and
 * changes wait until it runs: then one call writes those groups that differ.
 */
final class DebuggedThread {
    private static final int ALIGNMENT = 16;
    private static final int TRAP_FLAG = 0x100;

    // Groups of ContextFlags.
    private static final int CONTROL = 1;
    private static final int INTEGER = 2;
    private static final int SEGMENTS = 4;
    private static final int FLOATS = 8;
    private static final int DEBUG = 0x10;
    private static final int EXTENDED = 0x20;
    private static final int GROUPS = 0x3f;

    private final ThreadRef ref;
    private final long handle;
    private final long startVa;
    private final long tebVa;
    private final ContextLayout layout;
    private final Architecture architecture;
    private final boolean wow64;

    /** The CONTEXT of this stop; empty when nobody has asked yet. */
    private byte[] context = {};

    /** Groups of the context that differ from what the thread has. */
    private int changed;

    /** Whether it is to execute one instruction when it runs next. */
    private boolean stepWanted;

    /** Whether the trap flag that it may have is of our making. */
    private boolean hidesTrapFlag;

    private boolean held;

    DebuggedThread(
            ThreadRef ref,
            long handle,
            long startVa,
            long tebVa,
            Architecture architecture,
            boolean wow64) {
        this.ref = ref;
        this.handle = handle;
        this.startVa = startVa;
        this.tebVa = tebVa;
        this.layout = ContextLayout.of(architecture);
        this.architecture = architecture;
        this.wow64 = wow64;
    }

    ThreadRef ref() {
        return ref;
    }

    long handle() {
        return handle;
    }

    long startVa() {
        return startVa;
    }

    long tebVa() {
        return tebVa;
    }

    /** Its registers now; all unknown when it has gone. */
    synchronized RegisterSet registers() {
        return load() ? layout.read(context) : RegisterSet.unknown(architecture);
    }

    /** Changes registers as soon as it runs, and what {@link #registers} tells at once. */
    synchronized void set(RegisterSet wanted) {
        if (!load()) {
            return;
        }
        byte[] before = context.clone();
        layout.write(wanted, context);
        for (int at = Arrays.mismatch(before, context); at >= 0; at = next(before, at)) {
            changed |= group(at);
        }
    }

    private int next(byte[] before, int at) {
        int size = context.length;
        int more = Arrays.mismatch(before, at + 1, size, context, at + 1, size);
        return more < 0 ? more : at + 1 + more;
    }

    /** Sets its program counter. */
    void moveTo(long va) {
        set(
                RegisterSet.builder(architecture)
                        .set(Registers.programCounter(architecture), va)
                        .build());
    }

    private boolean load() {
        if (context.length != 0) {
            return true;
        }
        int size = layout.sizeBytes();
        try (var room = new Memory(size + ALIGNMENT)) {
            Pointer room16 = room.align(ALIGNMENT);
            room16.clear(size);
            room16.setInt(layout.flagsOffset(), layout.allFlags());
            boolean good =
                    wow64
                            ? Kernel32.Wow64GetThreadContext(handle, room16)
                            : Kernel32.GetThreadContext(handle, room16);
            if (!good) {
                return false;
            }
            context = room16.getByteArray(0, size);
        }
        if (hidesTrapFlag) {
            trapFlag(false);
        }
        return true;
    }

    /** Makes it execute one instruction when it runs next. */
    synchronized void step() {
        if (load()) {
            trapFlag(true);
        }
        stepWanted = true;
    }

    private void trapFlag(boolean on) {
        RegisterSet now = layout.read(context);
        long flags = now.value(flagsName()).orElse(0);
        if (flagsName().isEmpty() || (flags & TRAP_FLAG) != 0 == on) {
            return;
        }
        long wanted = on ? flags | TRAP_FLAG : flags & ~TRAP_FLAG;
        layout.write(RegisterSet.builder(architecture).set(flagsName(), wanted).build(), context);
        changed |= CONTROL;
    }

    private String flagsName() {
        return architecture.isIntel() ? "efl" : "";
    }

    /** Writes what was changed. The stop is over: registers are asked anew in the next. */
    synchronized void release() {
        flush();
        context = new byte[0];
        hidesTrapFlag = stepWanted;
        stepWanted = false;
    }

    /** Ends what {@link #step} began, when its event has not come. */
    synchronized void endStep() {
        load();
    }

    /** Writes what was changed. */
    synchronized void flush() {
        if (changed == 0 || context.length == 0) {
            return;
        }
        int size = layout.sizeBytes();
        try (var room = new Memory(size + ALIGNMENT)) {
            Pointer room16 = room.align(ALIGNMENT);
            room16.write(0, context, 0, size);
            int kind = layout.allFlags() & ~GROUPS;
            room16.setInt(layout.flagsOffset(), kind | changed);
            // A thread that has gone meanwhile needs no registers.
            if (wow64) {
                Kernel32.Wow64SetThreadContext(handle, room16);
            } else {
                Kernel32.SetThreadContext(handle, room16);
            }
        }
        changed = 0;
    }

    /** Holds it beyond the stop, or no longer. */
    void hold(boolean wanted) {
        if (held == wanted) {
            return;
        }
        int before = wanted ? Kernel32.SuspendThread(handle) : Kernel32.ResumeThread(handle);
        held = before == -1 ? held : wanted;
    }

    /** The groups of ContextFlags to which a byte of the context belongs. */
    private int group(int at) {
        return switch (architecture) {
            case X64 -> groupOfX64(at);
            case X86 -> groupOfX86(at);
            case ARM, ARM64 -> layout.allFlags() & GROUPS;
        };
    }

    private static int groupOfX64(int at) {
        if (at >= 0x100 || at < 0x38) {
            return FLOATS;
        }
        if (at < 0x44) {
            return CONTROL | SEGMENTS;
        }
        if (at >= 0x48 && at < 0x78) {
            return DEBUG;
        }
        boolean stackPointer = at >= 0x98 && at < 0xa0;
        return at < 0x48 || stackPointer || at >= 0xf8 ? CONTROL : INTEGER;
    }

    private static int groupOfX86(int at) {
        if (at < 28) {
            return DEBUG;
        }
        if (at < 140) {
            return FLOATS;
        }
        if (at < 156) {
            return SEGMENTS;
        }
        if (at < 180) {
            return INTEGER;
        }
        return at < 204 ? CONTROL : EXTENDED;
    }
}
