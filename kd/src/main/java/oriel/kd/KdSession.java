package oriel.kd;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.kd.RunEnd.Reason;
import oriel.kd.protocol.ContextLayout;
import oriel.kd.protocol.ControlSet;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest;
import oriel.kd.protocol.ManipulateRequest.Plain;
import oriel.kd.protocol.StateChange;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.kd.protocol.TargetVersion;
import oriel.model.Architecture;
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

    private static final int MAX_HANDLE = 32;
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);

    private final KdConnection connection;
    private final TargetMemory memory;
    private final BreakpointTable breakpoints;
    private final TargetRegisters registers;
    private @Nullable KdStop stop;
    private @Nullable TargetVersion version;
    private Consumer<SymbolsEvent> symbolsListener = e -> {};
    private List<Long> refused = List.of();
    private int lineGeneration;

    /** A session over a connection, which it owns. */
    public KdSession(KdConnection connection) {
        this.connection = connection;
        this.memory = new TargetMemory(connection);
        this.breakpoints = new BreakpointTable(connection);
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

    /** Sets who is told of images that are mapped and unmapped while the target runs. */
    public void onSymbols(Consumer<SymbolsEvent> listener) {
        symbolsListener = listener;
    }

    /**
     * Makes contact and asks what the target is.
     *
     * @throws KdException when there is no target
     */
    public KdStop attach(Duration patience) {
        StateChange change = connection.attach(patience);
        breakpoints.forgetArmed();
        return began(change);
    }

    /** Takes breakpoints of an earlier debugger out of the target, which only it knows. */
    public void clearForeignBreakpoints() {
        int processor = stop().processor();
        for (int handle = 1; handle <= MAX_HANDLE; handle++) {
            connection.request(new ManipulateRequest.RestoreBreakpoint(handle), processor);
        }
        stop().forgetMemory();
    }

    private KdStop began(StateChange change) {
        lineGeneration = connection.transport().generation();
        ManipulateReply reply = connection.request(Plain.GET_VERSION, change.processor());
        if (!reply.isSuccess()) {
            throw new KdRefusedException(reply.api(), reply.status());
        }
        version = TargetVersion.read(reply.union());
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
        KdStop at = stop();
        at.forgetMemory();
        memory.write(false, toWire(va), bytes, at.processor());
    }

    /**
     * Writes physical memory.
     *
     * @throws KdException saying how far it got
     */
    public void writePhysical(long pa, byte[] bytes) {
        KdStop at = stop();
        at.forgetMemory();
        memory.write(true, pa, bytes, at.processor());
    }

    byte[] readContext(int processor, Architecture architecture) {
        return registers.context(processor, ContextLayout.of(architecture).size());
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
        registers.setContext(processor, layout.flags(context), layout.write(context, values));
        on.forget();
    }

    /** Turns to another processor; its stop is the current one from then on. */
    public KdStop switchProcessor(int processor) {
        stop();
        return stopped(connection.switchProcessor(processor));
    }

    // Breakpoints

    /** All breakpoints by number. */
    public List<KernelBreakpoint> breakpoints() {
        return breakpoints.all();
    }

    /** Adds a breakpoint, or finds the one that is at the address. */
    public KernelBreakpoint addBreakpoint(long va) {
        return breakpoints.add(va);
    }

    /** Removes a breakpoint; whether there was one. */
    public boolean removeBreakpoint(int number) {
        return breakpoints.remove(number);
    }

    /** Enables, disables or moves a breakpoint; whether there is one of its number. */
    public boolean replaceBreakpoint(KernelBreakpoint breakpoint) {
        return breakpoints.replace(breakpoint);
    }

    /** Addresses at which the target took no breakpoint when it last ran. */
    public List<Long> refusedBreakpoints() {
        return refused;
    }

    // Running

    /** How to go on. */
    public enum Exceptions {
        /** The debugger has handled it: the target knows nothing of it. */
        HANDLED,
        /** The target's own handlers get it. */
        NOT_HANDLED
    }

    /**
     * Lets the target run until it stops at a breakpoint, at an exception, or when {@link
     * #interrupt} is called. Images that come and go are told and do not stop it.
     *
     * @param untilVa where to stop besides; 0 for nowhere
     */
    public RunEnd run(Exceptions exceptions, long untilVa) {
        KdStop from = exceptions == Exceptions.HANDLED ? leave() : stop();
        long pc = from.pc();
        if (breakpoints.at(pc).isPresent()) {
            // Past the one it stands on, which is not in the target meanwhile.
            Optional<StateChange> stepped = trace(from, status(exceptions, from));
            if (stepped.isEmpty()) {
                breakpoints.disarm(from.processor());
                return goOn(untilVa);
            }
            if (!isStep(stepped.get())) {
                return end(stepped.get(), 0, false);
            }
            from = stopped(stepped.get());
            if (breakpoints.at(from.pc()).isPresent() || untilVa != 0 && from.pc() == untilVa) {
                return end(stepped.get(), untilVa, false);
            }
            exceptions = Exceptions.HANDLED;
        }
        refused = breakpoints.arm(0, untilVa, this, from.processor());
        resume(from, status(exceptions, from), false);
        return goOn(untilVa);
    }

    /** Runs one instruction of the current processor. */
    public RunEnd step() {
        KdStop from = stop();
        long before = from.pc();
        from = leave();
        if (from.pc() != before) {
            // The instruction was a breakpoint of the program's own, and it has been passed.
            return new RunEnd(from, Reason.STEP, Optional.empty());
        }
        Optional<StateChange> stepped = trace(from, HANDLED);
        if (stepped.isEmpty()) {
            return goOn(0);
        }
        return end(stepped.get(), 0, true);
    }

    /** Lets the target run and does not wait for it: for leaving it. */
    public void leaveRunning() {
        KdStop from = leave();
        breakpoints.forgetArmed();
        resume(from, HANDLED, false);
        connection.flush();
    }

    /** Restarts the machine. */
    public void reboot() {
        int processor = stop().processor();
        stop = null;
        breakpoints.forgetArmed();
        connection.resume(Plain.REBOOT, processor);
    }

    /** Crashes the target with bug check e2. */
    public void crash() {
        int processor = stop().processor();
        stop = null;
        connection.resume(Plain.CAUSE_BUG_CHECK, processor);
    }

    /**
     * Goes on waiting for a target that runs.
     *
     * @throws KdException when the line is gone for good
     */
    public RunEnd goOn(long untilVa) {
        while (true) {
            Optional<StateChange> change = connection.awaitStop(Duration.ofDays(1));
            if (change.isEmpty()) {
                continue;
            }
            boolean anew = connection.transport().generation() != lineGeneration;
            if (change.get().event() instanceof SymbolsEvent symbols) {
                symbolsListener.accept(symbols);
                if (anew || symbols.baseVa() == version().kernelBase()) {
                    // The kernel itself: the machine has started anew, perhaps elsewhere.
                    breakpoints.forgetArmed();
                    began(change.get());
                    return new RunEnd(stop(), Reason.SYMBOLS, Optional.empty());
                }
                stopped(change.get());
                resume(stop(), HANDLED, false);
                continue;
            }
            if (anew) {
                began(change.get());
            }
            return end(change.get(), untilVa, false);
        }
    }

    /** Asks a running target to stop, or ends an attempt to attach. For any thread. */
    public void interrupt() {
        connection.interrupt();
    }

    private static int status(Exceptions exceptions, KdStop from) {
        boolean exception = from.change().event() instanceof ExceptionEvent;
        return exception && exceptions == Exceptions.NOT_HANDLED ? NOT_HANDLED : HANDLED;
    }

    private static boolean isStep(StateChange change) {
        return change.event() instanceof ExceptionEvent e && e.code() == ExceptionEvent.SINGLE_STEP;
    }

    private static boolean isBreakpoint(StateChange change) {
        return change.event() instanceof ExceptionEvent e && e.code() == ExceptionEvent.BREAKPOINT;
    }

    /** Runs one instruction; empty when the target does not stop after it soon. */
    private Optional<StateChange> trace(KdStop from, int status) {
        refused = breakpoints.arm(from.pc(), 0, this, from.processor());
        resume(from, status, true);
        long until = System.nanoTime() + STEP_PATIENCE.toNanos();
        while (true) {
            Optional<StateChange> change =
                    connection.awaitStop(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            if (change.isPresent() && change.get().event() instanceof SymbolsEvent symbols) {
                symbolsListener.accept(symbols);
                stopped(change.get());
                resume(stop(), HANDLED, true);
                continue;
            }
            change.ifPresent(c -> breakpoints.disarm(c.processor()));
            return change;
        }
    }

    private RunEnd end(StateChange change, long untilVa, boolean stepping) {
        breakpoints.disarm(change.processor());
        KdStop now = stopped(change);
        long pc = now.pc();
        Optional<KernelBreakpoint> hit = breakpoints.at(pc);
        boolean step = isStep(change);
        if (hit.isPresent() && (step || isBreakpoint(change))) {
            return new RunEnd(now, Reason.BREAKPOINT, hit);
        }
        Reason reason;
        if (untilVa != 0 && pc == untilVa && (step || isBreakpoint(change))) {
            reason = Reason.ARRIVED;
        } else if (step && stepping) {
            reason = Reason.STEP;
        } else if (isBreakpoint(change)) {
            reason = Reason.BREAK_IN;
        } else {
            reason = change.event() instanceof ExceptionEvent ? Reason.EXCEPTION : Reason.OTHER;
        }
        return new RunEnd(now, reason, Optional.empty());
    }

    /**
     * Moves the program counter past a breakpoint instruction of the program's own, at which it
     * would stop again. Returns the stop to go on from.
     */
    private KdStop leave() {
        KdStop from = stop();
        StateChange change = from.change();
        if (!isBreakpoint(change)) {
            return from;
        }
        int length = hardBreakpoint(from);
        if (length == 0) {
            return from;
        }
        Architecture architecture = from.architecture();
        var counter = Registers.programCounter(architecture);
        RegisterSet set =
                from.processor(from.processor())
                        .map(Processor::registers)
                        .orElse(RegisterSet.unknown(architecture));
        if (set.pc().isEmpty() || set.pc().getAsLong() != from.pc()) {
            // The user has moved it already.
            return from;
        }
        long next = from.pc() + length & architecture.addressMask();
        writeRegisters(
                from.processor(), RegisterSet.builder(architecture).set(counter, next).build());
        var moved =
                new StateChange(
                        change.processor(),
                        change.processors(),
                        change.threadVa(),
                        toWire(next),
                        new ExceptionEvent(ExceptionEvent.SINGLE_STEP, 0, 0, next, List.of(), true),
                        change.control());
        return stopped(moved);
    }

    /** Bytes of the breakpoint instruction at the program counter; 0 when there is none. */
    private int hardBreakpoint(KdStop at) {
        byte[] code = at.memory().readUpTo(at.pc(), 4);
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

    private void resume(KdStop from, int status, boolean traced) {
        Architecture architecture = from.architecture();
        if (architecture == Architecture.ARM64) {
            setArm64Step(from, traced);
        }
        long dr7 = from.change().dr7(architecture);
        int processor = from.processor();
        stop = null;
        connection.resume(
                new ManipulateRequest.Continue2(status, new ControlSet(architecture, traced, dr7)),
                processor);
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
