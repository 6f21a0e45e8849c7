package oriel.kd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.kd.protocol.ControlSet;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest.Plain;
import oriel.kd.protocol.RunRequest;
import oriel.kd.protocol.StateChange;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.kd.protocol.TargetVersion;
import oriel.model.Architecture;
import oriel.model.ContextLayout;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.StaleStopException;

/**
 * A conversation with one kernel: its stops, how it goes on from them, its breakpoints. For one
 * thread, except {@link #interrupt}.
 */
public final class KdSession implements AutoCloseable {
    /** More processors than Windows has. */
    static final int MAX_PROCESSORS = 2048;

    /** DBG_CONTINUE. */
    private static final int HANDLED = 0x00010002;

    /** DBG_EXCEPTION_NOT_HANDLED. */
    private static final int NOT_HANDLED = 0x80010001;

    /** The bit of ARM64's cpsr that makes it stop after one instruction. */
    private static final long ARM64_STEP = 1L << 21;

    private final KdConnection connection;
    private final TargetMemory memory;
    private final KernelRunner runner;
    private final TargetRegisters registers;
    private @Nullable KdStop stop;

    /** What stopped the machine, whichever processor is looked at since. */
    private @Nullable StateChange told;

    private @Nullable TargetVersion version;
    private int lineGeneration;

    /** A session over a connection, which it owns. */
    public KdSession(KdConnection connection) {
        this.connection = connection;
        this.memory = new TargetMemory(connection);
        this.runner = new KernelRunner(connection, this);
        this.registers = new TargetRegisters(connection, this);
    }

    /** The connection. */
    public KdConnection connection() {
        return connection;
    }

    /** Registers other than those of contexts, and ports. */
    public TargetRegisters registers() {
        return registers;
    }

    /** Runs the target with breakpoints. */
    public KernelRunner runner() {
        return runner;
    }

    /**
     * Makes contact and asks what the target is.
     *
     * @throws KdException when there is no target
     */
    public KdStop attach(Duration patience) {
        StateChange change = connection.attach(patience);
        return began(change);
    }

    private KdStop began(StateChange change) {
        lineGeneration = connection.transport().generation();
        connection.takeBegan();
        ManipulateReply reply = connection.request(Plain.GET_VERSION, change.processor());
        if (reply.isSuccess()) {
            version = TargetVersion.read(reply.union());
        } else if (version == null) {
            throw new KdRefusedException(reply.api(), reply.status());
        }
        return arrived(change);
    }

    private KdStop arrived(StateChange change) {
        told = change;
        return stopped(change);
    }

    private KdStop stopped(StateChange change) {
        var now = new KdStop(this, change, version(), architecture());
        stop = now;
        return now;
    }

    /** What the target says of itself. */
    public TargetVersion version() {
        TargetVersion known = version;
        if (known == null) {
            throw new IllegalStateException("not attached");
        }
        return known;
    }

    /** The target's architecture. */
    public Architecture architecture() {
        return version()
                .architecture()
                .orElseThrow(
                        () ->
                                new KdException(
                                        "targets of "
                                                + version().machineName()
                                                + " are not supported"));
    }

    /**
     * The stop at which the target is.
     *
     * @throws KdException when it runs
     */
    public KdStop stop() {
        KdStop now = stop;
        if (now == null) {
            throw new KdException("the target is running");
        }
        return now;
    }

    /** Whether the target is held still. */
    public boolean isStopped() {
        return stop != null;
    }

    void check(KdStop of) {
        if (of != stop) {
            throw new StaleStopException();
        }
    }

    /** An address as it goes over the wire: that of a 32-bit target is sign-extended. */
    long toWire(long va) {
        return architecture().is64Bit() ? va : (int) va;
    }

    int lineSize() {
        return connection.transport().readAhead();
    }

    int read(boolean physical, long address, byte[] into, int offset, int length) {
        long wire = physical ? address : toWire(address);
        return memory.read(physical, wire, into, offset, length, stop().processor());
    }

    /**
     * Writes virtual memory.
     *
     * @throws KdException saying how far it got
     */
    public void writeMemory(long va, byte[] bytes) {
        wrote(writeUpTo(va, bytes), "memory", va, bytes);
    }

    /** Writes virtual memory as far as it goes. Returns how many bytes. */
    int writeUpTo(long va, byte[] bytes) {
        KdStop at = stop();
        at.forgetMemory();
        return memory.write(false, toWire(va), bytes, at.processor());
    }

    /**
     * Writes physical memory.
     *
     * @throws KdException saying how far it got
     */
    public void writePhysical(long pa, byte[] bytes) {
        KdStop at = stop();
        at.forgetMemory();
        wrote(memory.write(true, pa, bytes, at.processor()), "physical memory", pa, bytes);
    }

    private static void wrote(int count, String what, long address, byte[] bytes) {
        if (count < bytes.length) {
            throw new KdException(
                    what
                            + " at 0x"
                            + Long.toHexString(address + count)
                            + " cannot be written; "
                            + count
                            + " bytes were written before it");
        }
    }

    byte[] readContext(int processor, Architecture architecture) {
        return registers.context(processor, ContextLayout.of(architecture).sizeBytes());
    }

    /** Changes registers of a processor; those that the set does not know stay. */
    public void writeRegisters(int processor, RegisterSet values) {
        Processor on =
                stop().processor(processor)
                        .orElseThrow(() -> new KdException("there is no processor " + processor));
        byte[] context = on.context();
        if (context.length == 0) {
            throw new KdException("the target does not tell the registers of the processor");
        }
        ContextLayout layout = ContextLayout.of(architecture());
        byte[] changed = context.clone();
        layout.write(values, changed);
        registers.setContext(processor, flags(layout, context), changed);
        on.forget();
    }

    /** What a context says is in it; everything when it says nothing. */
    private static int flags(ContextLayout layout, byte[] context) {
        Bytes bytes = Bytes.of(context, "context");
        int at = layout.flagsOffset();
        int flags = bytes.contains(at, 4) ? bytes.s32(at) : 0;
        return flags == 0 ? layout.allFlags() : flags;
    }

    /** Turns to another processor; its stop is the current one from then on. */
    public KdStop switchProcessor(int processor) {
        stop();
        return stopped(connection.switchProcessor(processor));
    }

    // Running

    /** How to go on. */
    public enum Exceptions {
        /** The debugger has handled it: the target knows nothing of it. */
        HANDLED,
        /** The target's own handlers get it. */
        NOT_HANDLED
    }

    /** How much of what was known at the stop before still holds. */
    enum Began {
        NOTHING,
        /** The line is a new one, at the other end of it is the same kernel. */
        LINE,
        /** The machine has started anew: nothing of it is where it was. */
        MACHINE
    }

    /**
     * A stop that was waited for.
     *
     * @param stop the target as it is now
     * @param began what began anew meanwhile
     */
    record Arrival(KdStop stop, Began began) {}

    /**
     * Waits for the target to stop.
     *
     * @return empty when it still runs
     * @throws KdException when the line is gone for good
     */
    Optional<Arrival> await(Duration timeout) {
        Optional<StateChange> came = connection.awaitStop(timeout);
        if (came.isEmpty()) {
            return Optional.empty();
        }
        StateChange change = came.get();
        boolean kernel = change.event() instanceof SymbolsEvent s && isKernel(s);
        boolean line =
                connection.transport().generation() != lineGeneration || connection.takeBegan();
        if (!kernel && !line) {
            return Optional.of(new Arrival(arrived(change), Began.NOTHING));
        }
        TargetVersion before = version();
        KdStop now = began(change);
        boolean moved =
                before.kernelBase() != version().kernelBase()
                        || before.moduleListVa() != version().moduleListVa();
        return Optional.of(new Arrival(now, kernel || moved ? Began.MACHINE : Began.LINE));
    }

    /** Kernels tell of themselves first of all, as soon as they run. */
    private boolean isKernel(SymbolsEvent image) {
        String path = image.path().toLowerCase(Locale.ROOT);
        String name = path.substring(path.lastIndexOf('\\') + 1);
        return !image.unload()
                && (image.baseVa() == version().kernelBase()
                        || name.startsWith("ntoskrnl")
                        || name.startsWith("ntkr"));
    }

    /**
     * Lets the target run and waits for nothing.
     *
     * @param traced whether it stops after one instruction
     */
    void resume(KdStop from, Exceptions exceptions, boolean traced) {
        resume(from, exceptions, traced, OptionalLong.empty());
    }

    /**
     * Lets the target run and waits for nothing.
     *
     * @param traced whether it stops after one instruction
     * @param debugControl DR7; empty to leave it as it is
     */
    void resume(KdStop from, Exceptions exceptions, boolean traced, OptionalLong debugControl) {
        Architecture architecture = from.architecture();
        if (architecture == Architecture.ARM64) {
            setArm64Step(from, traced);
        }
        boolean passed =
                exceptions == Exceptions.NOT_HANDLED
                        && from.change().event() instanceof ExceptionEvent;
        long dr7 = debugControl.orElse(from.change().dr7(architecture));
        stop = null;
        connection.resume(
                new RunRequest.Continue2(
                        passed ? NOT_HANDLED : HANDLED, new ControlSet(architecture, traced, dr7)),
                from.processor());
    }

    /** Lets the target run and does not wait for it: for leaving it. */
    public void leaveRunning() {
        resume(leave(), Exceptions.HANDLED, false, runner.debugControlAtRest());
        connection.flush();
    }

    /** Restarts the machine. */
    public void reboot() {
        int processor = stop().processor();
        stop = null;
        connection.resume(Plain.REBOOT, processor);
    }

    /** Crashes the target with bug check e2. */
    public void crash() {
        int processor = stop().processor();
        stop = null;
        connection.resume(Plain.CAUSE_BUG_CHECK, processor);
    }

    /** Asks a running target to stop, or ends an attempt to attach. For any thread. */
    public void interrupt() {
        connection.interrupt();
    }

    /** Drops an interrupt that came when the target had stopped for another reason. */
    public void forgetInterrupt() {
        connection.forgetInterrupt();
    }

    static boolean isStep(StateChange change) {
        return change.event() instanceof ExceptionEvent e
                && (e.code() == ExceptionEvent.SINGLE_STEP
                        || e.code() == ExceptionEvent.WOW64_SINGLE_STEP);
    }

    static boolean isBreakpoint(StateChange change) {
        return change.event() instanceof ExceptionEvent e
                && (e.code() == ExceptionEvent.BREAKPOINT
                        || e.code() == ExceptionEvent.WOW64_BREAKPOINT);
    }

    /** Where the processor stood that stopped the machine; another may be looked at since. */
    long eventPc() {
        StateChange now = told;
        return now == null ? stop().pc() : now.pc() & architecture().addressMask();
    }

    /**
     * Moves the program counter past a breakpoint instruction of the program's own, at which it
     * would stop again: that of the processor that came to it, also when another is looked at.
     * Returns the stop to go on from.
     */
    KdStop leave() {
        KdStop from = stop();
        StateChange change = told == null ? from.change() : told;
        Optional<Processor> stopped = from.processor(change.processor());
        long pc = eventPc();
        int length = isBreakpoint(change) ? hardBreakpoint(from, pc) : 0;
        if (length == 0 || stopped.isEmpty()) {
            return from;
        }
        Architecture architecture = from.architecture();
        RegisterSet set = stopped.get().registers();
        if (set.pc().isEmpty() || set.pc().getAsLong() != pc) {
            // The user has moved it already.
            return from;
        }
        long next = pc + length & architecture.addressMask();
        var counter = Registers.programCounter(architecture);
        writeRegisters(
                change.processor(), RegisterSet.builder(architecture).set(counter, next).build());
        var moved =
                new StateChange(
                        change.processor(),
                        change.processors(),
                        change.threadVa(),
                        toWire(next),
                        new ExceptionEvent(ExceptionEvent.SINGLE_STEP, 0, 0, next, List.of(), true),
                        change.control());
        told = moved;
        return change.processor() == from.processor() ? stopped(moved) : from;
    }

    /** Bytes of the breakpoint instruction at an address; 0 when there is none. */
    private static int hardBreakpoint(KdStop at, long pc) {
        byte[] code = at.memory().readUpTo(pc, 4);
        Bytes bytes = Bytes.of(code, "code");
        return switch (at.architecture()) {
            case X86, X64 -> {
                boolean one = code.length >= 1 && code[0] == (byte) 0xcc;
                boolean two = code.length >= 2 && bytes.u16(0) == 0x03cd;
                yield one ? 1 : two ? 2 : 0;
            }
            case ARM64 -> code.length >= 4 && (bytes.s32(0) & 0xffe0001f) == 0xd4200000 ? 4 : 0;
            case ARM -> code.length >= 2 && bytes.u16(0) == 0xdefe ? 2 : 0;
        };
    }

    private void setArm64Step(KdStop from, boolean traced) {
        RegisterSet set =
                from.processor(from.processor())
                        .map(Processor::registers)
                        .orElse(RegisterSet.unknown(Architecture.ARM64));
        long cpsr = set.value("cpsr").orElse(0);
        long wanted = traced ? cpsr | ARM64_STEP : cpsr & ~ARM64_STEP;
        if (set.has(Registers.require(Architecture.ARM64, "cpsr")) && wanted != cpsr) {
            writeRegisters(
                    from.processor(),
                    RegisterSet.builder(Architecture.ARM64).set("cpsr", wanted).build());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
