package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
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
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SUSPEND_RESUME = 0x0002;
    private static final int TRAP_FLAG = 0x100;
    private static final long BRANCH_FLAGS = 0x300;

    // Where EFlags lies in a CONTEXT.
    private static final int FLAGS_X64 = 0x44;
    private static final int FLAGS_X86 = 192;

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

    /** A CONTEXT for the system to fill and to read; made when somebody first asks. */
    private Optional<ContextRoom> room = Optional.empty();

    /** The CONTEXT of this stop as the thread has it, and as it is to be. */
    private byte[] there = {};

    private byte[] context = {};

    /** Whether the two are of this stop. */
    private boolean loaded;

    /** What the context says, once somebody has asked. */
    private Optional<RegisterSet> known = Optional.empty();

    private boolean gone;

    /** Whether it is to execute one instruction when it runs next. */
    private boolean stepWanted;

    /** Whether the trap flag that it may have is of our making. */
    private boolean hidesTrapFlag;

    /** Whether its debug registers have been changed so that it runs to a branch. */
    private boolean branchWanted;

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

    long startVa() {
        return startVa;
    }

    long tebVa() {
        return tebVa;
    }

    /** Its registers now; all unknown when it has gone. */
    synchronized RegisterSet registers() {
        if (!load()) {
            return RegisterSet.unknown(architecture);
        }
        RegisterSet set = known.isPresent() ? known.get() : layout.read(context);
        known = Optional.of(set);
        return set;
    }

    /** Changes registers as soon as it runs, and what {@link #registers} tells at once. */
    synchronized void set(RegisterSet wanted) {
        if (load()) {
            layout.write(wanted, context);
            known = Optional.empty();
        }
    }

    /** Its registers while its process runs: of a moment that is over. */
    synchronized RegisterSet registersWhileRunning() {
        if (!suspend()) {
            return RegisterSet.unknown(architecture);
        }
        try {
            return registers();
        } finally {
            endSuspension();
        }
    }

    /** Changes registers while its process runs. */
    synchronized void setWhileRunning(RegisterSet wanted) {
        if (!suspend()) {
            return;
        }
        try {
            if (load()) {
                // With the trap flag that it may have for a step that is under way.
                System.arraycopy(there, 0, context, 0, context.length);
                layout.write(wanted, context);
                flush();
            }
        } finally {
            endSuspension();
        }
    }

    private boolean suspend() {
        loaded = false;
        known = Optional.empty();
        return !gone && Kernel32.SuspendThread(handle) != -1;
    }

    private void endSuspension() {
        loaded = false;
        known = Optional.empty();
        Kernel32.ResumeThread(handle);
    }

    /** Sets its program counter. */
    void moveTo(long va) {
        set(
                RegisterSet.builder(architecture)
                        .set(Registers.programCounter(architecture), va)
                        .build());
    }

    private boolean load() {
        if (loaded || gone) {
            return loaded;
        }
        ContextRoom into = room();
        into.bytes.putInt(layout.flagsOffset(), layout.allFlags());
        boolean good =
                wow64
                        ? Kernel32.Wow64GetThreadContext(handle, into.va)
                        : Kernel32.GetThreadContext(handle, into.va);
        if (!good) {
            return false;
        }
        into.bytes.get(0, there);
        System.arraycopy(there, 0, context, 0, context.length);
        loaded = true;
        if (hidesTrapFlag) {
            trapFlag(false);
        }
        if (branchWanted) {
            branchFlags(false);
        }
        return true;
    }

    private ContextRoom room() {
        if (room.isEmpty()) {
            there = new byte[layout.sizeBytes()];
            context = new byte[layout.sizeBytes()];
            room = Optional.of(ContextRoom.of(layout.sizeBytes()));
        }
        return room.get();
    }

    /**
     * Makes it execute one instruction when it runs next, or run to the next branch that is taken,
     * where the system and the processor can do that.
     */
    synchronized void step(boolean toBranch) {
        if (load()) {
            trapFlag(true);
            if (toBranch && architecture == Architecture.X64) {
                branchFlags(true);
            }
        }
        stepWanted = true;
    }

    /**
     * Windows for x64 takes two bits of DR7 for LBR and BTF of the processor's debug control
     * register; elsewhere they mean nothing.
     */
    private void branchFlags(boolean on) {
        long control = layout.read(context).value("dr7").orElse(0);
        long wanted = on ? control | BRANCH_FLAGS : control & ~BRANCH_FLAGS;
        if (wanted != control) {
            layout.write(RegisterSet.builder(architecture).set("dr7", wanted).build(), context);
            known = Optional.empty();
        }
        branchWanted = on;
    }

    private void trapFlag(boolean on) {
        if (!architecture.isIntel()) {
            return;
        }
        int at = architecture == Architecture.X64 ? FLAGS_X64 : FLAGS_X86;
        int flags = (int) INT.get(context, at);
        int wanted = on ? flags | TRAP_FLAG : flags & ~TRAP_FLAG;
        if (wanted != flags) {
            INT.set(context, at, wanted);
            known = Optional.empty();
        }
    }

    /** Writes what was changed. The stop is over: registers are asked anew in the next. */
    synchronized void release() {
        flush();
        loaded = false;
        known = Optional.empty();
        hidesTrapFlag = stepWanted;
        stepWanted = false;
    }

    /** Ends what {@link #step} began, when its event has not come. */
    synchronized void endStep() {
        load();
    }

    /** Writes what was changed. */
    synchronized void flush() {
        if (!loaded || gone) {
            return;
        }
        int groups = 0;
        for (int at = Arrays.mismatch(there, context); at >= 0; at = next(at)) {
            groups |= group(at);
        }
        if (groups == 0) {
            return;
        }
        ContextRoom from = room();
        from.bytes.put(0, context);
        from.bytes.putInt(layout.flagsOffset(), layout.allFlags() & ~GROUPS | groups);
        // A thread that has gone meanwhile needs no registers.
        if (wow64) {
            Kernel32.Wow64SetThreadContext(handle, from.va);
        } else {
            Kernel32.SetThreadContext(handle, from.va);
        }
        System.arraycopy(context, 0, there, 0, there.length);
    }

    private int next(int at) {
        int size = context.length;
        int more = Arrays.mismatch(there, at + 1, size, context, at + 1, size);
        return more < 0 ? more : at + 1 + more;
    }

    /** It has ended: it has no registers any more. */
    synchronized void end() {
        gone = true;
        loaded = false;
        room.ifPresent(ContextRoom::close);
        room = Optional.empty();
    }

    /** Holds it beyond the stop, or no longer. */
    void hold(boolean wanted) {
        if (held == wanted) {
            return;
        }
        int before = wanted ? Kernel32.SuspendThread(handle) : Kernel32.ResumeThread(handle);
        held = before == -1 ? held : wanted;
    }

    /** Waits until it really is held, and ends a step that is under way. */
    synchronized void settle() {
        if (held && load()) {
            flush();
        }
    }

    /** A handle of our own by which to end {@link #hold}; the system's goes with the debugging. */
    OptionalLong heldHandle() {
        long own = held ? Kernel32.OpenThread(SUSPEND_RESUME, false, (int) ref.threadId()) : 0;
        return own == 0 ? OptionalLong.empty() : OptionalLong.of(own);
    }

    /**
     * Closes the handle that came with the event of its start, when the system has not done so:
     * Windows does when the event of its end is continued, Wine 10 does not.
     */
    void closeHandle() {
        if (Kernel32.GetThreadId(handle) == (int) ref.threadId()) {
            Kernel32.CloseHandle(handle);
        }
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

    /** Memory that begins where the calls want a CONTEXT to begin. */
    private record ContextRoom(Memory memory, Pointer va, ByteBuffer bytes) {
        private static final int ALIGNMENT = 16;

        static ContextRoom of(int sizeBytes) {
            var memory = new Memory(sizeBytes + ALIGNMENT);
            memory.clear();
            Pointer va = memory.align(ALIGNMENT);
            return new ContextRoom(
                    memory, va, va.getByteBuffer(0, sizeBytes).order(ByteOrder.LITTLE_ENDIAN));
        }

        void close() {
            memory.close();
        }
    }
}
