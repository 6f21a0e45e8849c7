package oriel.engine.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import oriel.driver.DebugDriver;
import oriel.driver.DriverException;
import oriel.driver.Launch;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.find.ModuleImage;
import oriel.model.ThreadRef;

/**
 * Debugs targets. Owns a driver and the thread on which it is called; methods may be called by any
 * thread and wait until that thread has done them. While {@link #go} or another run is under way
 * only {@link #interrupt} does anything at once.
 *
 * <pre>{@code
 * try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
 *     session.start(Launch.of("C:\\app.exe"));
 *     session.breakAt("kernel32!CreateFileW");
 *     Optional<Stop> stop = session.go();
 * }
 * }</pre>
 */
public final class DebugSession implements AutoCloseable {
    private final ControlThread control = new ControlThread();
    private final Runner runner;
    private final Targets targets;
    private final Steps steps;
    private final Hooks hooks;
    private Optional<Concealment> concealment = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();

    private DebugSession(Supplier<? extends DebugDriver> backend, SymbolLocator symbols) {
        this.runner = control.call(() -> new Runner(this, backend.get(), symbols));
        this.targets = new Targets(runner);
        this.steps = new Steps(runner);
        this.hooks = new Hooks(runner);
    }

    /**
     * Opens a session that debugs nothing yet, or what the driver begins with.
     *
     * @param backend makes the driver, on the control thread
     * @param symbols where names come from besides exports
     */
    public static DebugSession open(
            Supplier<? extends DebugDriver> backend, SymbolLocator symbols) {
        return new DebugSession(backend, symbols);
    }

    /** The same with the names that images themselves tell: exports. */
    public static DebugSession open(Supplier<? extends DebugDriver> backend) {
        return open(backend, ModuleImage.EXPORTS);
    }

    <T> T call(Callable<T> task) {
        return control.call(task);
    }

    // --- targets ----------------------------------------------------------------------------

    /**
     * Starts a program and runs it until its libraries are there, or something holds before.
     *
     * @return where it stands; the end of the process when it came no further
     * @throws DriverException when it cannot be started
     */
    public Stop start(Launch launch) {
        return call(() -> targets.start(launch));
    }

    /**
     * Attaches to a running process and stops it.
     *
     * @throws DriverException when there is none, or it has a debugger already
     */
    public Stop attach(long processId) {
        return call(() -> targets.attach(processId));
    }

    /** The ids of the processes that are debugged. */
    public List<Long> processIds() {
        return call(() -> runner.spaces().stream().map(ProcessSpace::processId).toList());
    }

    /** Whether sessions stop when a process that was followed is ready; not unless said so. */
    public DebugSession stopAtLoader(boolean on) {
        targets.stopAtLoader(on);
        return this;
    }

    boolean stopsAtLoader() {
        return targets.stopsAtLoader();
    }

    /** Ends attached processes, too, when the session is closed; they run on unless said so. */
    public DebugSession killAttached(boolean on) {
        targets.killAttached(on);
        return this;
    }

    /** Stops debugging a process. It runs on, without a trace of breakpoints. */
    public void detach(long processId) {
        call(
                () -> {
                    targets.detach(processId);
                    return processId;
                });
    }

    /** Ends a process. Its end is told by the next run. */
    public void kill(long processId) {
        call(
                () -> {
                    runner.driver().kill(processId);
                    return processId;
                });
    }

    // --- running ----------------------------------------------------------------------------

    /**
     * Runs until something stops: a breakpoint, an exception, an interrupt, the end of the last
     * process.
     *
     * @return empty when nothing is debugged any more
     */
    public Optional<Stop> go() {
        return call(
                () -> {
                    runner.current().ifPresent(runner::startFrom);
                    return runner.run(Optional.empty(), false);
                });
    }

    /**
     * The same for some time.
     *
     * @return empty when the time is over, with the targets running, or nothing is debugged
     */
    public Optional<Stop> go(Duration limit) {
        return call(
                () -> {
                    runner.current().ifPresent(runner::startFrom);
                    return runner.run(Optional.of(limit), false);
                });
    }

    /**
     * Runs until a callback calls {@link Stop#hold}, an interrupt, or the last process has ended.
     */
    public Optional<Stop> run() {
        return call(() -> runner.run(Optional.empty(), true));
    }

    /** The same for some time; then the targets are left running. */
    public Optional<Stop> run(Duration limit) {
        return call(() -> runner.run(Optional.of(limit), true));
    }

    /** Whether a run is under way. */
    public boolean isRunning() {
        return runner.isRunning();
    }

    /** Makes a run that is under way stop. From any thread, at any time. */
    public void interrupt() {
        runner.driver().interrupt();
    }

    // --- steps ------------------------------------------------------------------------------

    /** Executes one instruction of the current thread. Other threads run meanwhile. */
    public Optional<Stop> stepInto() {
        return call(steps::into);
    }

    /** The same, but a function that is called runs to its return. */
    public Optional<Stop> stepOver() {
        return call(steps::over);
    }

    /**
     * Runs until the current function has returned.
     *
     * @throws IllegalStateException when its caller cannot be found
     */
    public Optional<Stop> stepOut() {
        return call(steps::out);
    }

    /** Runs until a thread of the current process comes to an address. */
    public Optional<Stop> runTo(long va) {
        return call(() -> steps.to(va));
    }

    /** Where the session stands: the thread of the last event, or the one that was chosen. */
    public Optional<Stop> current() {
        return call(() -> runner.current().map(runner::stop));
    }

    /** Makes another thread the current one. */
    public Stop select(ThreadRef thread) {
        return call(() -> runner.select(thread));
    }

    // --- breakpoints --------------------------------------------------------------------------

    /**
     * Stops all threads that come to a place.
     *
     * @param place a label; a module that is not loaded is waited for
     */
    public Breakpoint breakAt(String place) {
        return add(Breakpoint.Kind.CODE, place, Access.EXECUTE, 1, OptionalLong.empty());
    }

    /** Stops all threads of a process that come to an address. */
    public Breakpoint breakAt(long processId, long va) {
        return add(Breakpoint.Kind.CODE, text(va), Access.EXECUTE, 1, OptionalLong.of(processId));
    }

    /** The same for many addresses at once: one by one each costs a wait. */
    public List<Breakpoint> breakAt(long processId, List<Long> vas) {
        return call(() -> vas.stream().map(va -> breakAt(processId, va)).toList());
    }

    /** The same as {@link #breakAt(String)}, once. */
    public Breakpoint stalkAt(String place) {
        return breakAt(place).once();
    }

    /**
     * Watches up to eight bytes, or an instruction, with a debug register, in all threads, also
     * those to come.
     *
     * @param place a label or {@code 0x...}
     * @param sizeBytes 1, 2, 4 or 8; the address must be a multiple
     * @throws IllegalArgumentException when the processor cannot
     */
    public Breakpoint watch(String place, Access access, int sizeBytes) {
        if (HardwareSlots.sizeField(sizeBytes).isEmpty()
                || access == Access.READ
                || access == Access.EXECUTE && sizeBytes != 1) {
            throw new IllegalArgumentException(
                    "debug registers watch 1, 2, 4 or 8 bytes for writes or accesses, or an"
                            + " instruction");
        }
        return add(Breakpoint.Kind.HARDWARE, place, access, sizeBytes, OptionalLong.empty());
    }

    /** The same of one process. */
    public Breakpoint watch(long processId, long va, Access access, int sizeBytes) {
        if (va % sizeBytes != 0) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(va) + " is no multiple of " + sizeBytes);
        }
        Breakpoint breakpoint = watch(text(va), access, sizeBytes);
        return call(() -> runner.breakpoints().limit(breakpoint, processId));
    }

    /**
     * Watches memory of any size by closing its pages: exact, but each access to the pages costs.
     * Not for stacks, which the system itself must be able to write.
     */
    public Breakpoint watchBuffer(long processId, long va, long sizeBytes, Access access) {
        if (sizeBytes <= 0) {
            throw new IllegalArgumentException("a buffer of " + sizeBytes + " bytes");
        }
        return add(Breakpoint.Kind.PAGE, text(va), access, sizeBytes, OptionalLong.of(processId));
    }

    /**
     * Stops threads that set their last error to a code: at the first instruction of
     * RtlSetLastWin32Error, to which SetLastError leads.
     *
     * @param code Win32 error code, unsigned 32 bits
     */
    public Breakpoint breakOnError(long code) {
        return breakAt("ntdll!RtlSetLastWin32Error")
                .when(
                        "last error " + code,
                        (hit, stop) -> CallArguments.first(stop) == (code & 0xffffffffL));
    }

    private static String text(long va) {
        return "0x" + Long.toHexString(va);
    }

    private Breakpoint add(
            Breakpoint.Kind kind, String place, Access access, long size, OptionalLong processId) {
        return call(
                () ->
                        runner.breakpoints()
                                .add(
                                        new Breakpoint.Wish(
                                                kind,
                                                place,
                                                access,
                                                size,
                                                processId,
                                                OptionalLong.empty())));
    }

    /** All breakpoints that were not erased, oldest first. */
    public List<Breakpoint> breakpoints() {
        return call(() -> runner.breakpoints().list());
    }

    /** A breakpoint by its number. */
    public Optional<Breakpoint> breakpoint(int id) {
        return breakpoints().stream().filter(b -> b.id() == id).findFirst();
    }

    // --- hooks and traces ---------------------------------------------------------------------

    /**
     * Tells of the calls of a function.
     *
     * @param place a label; a module that is not loaded is waited for
     * @param declaration its declaration in C, see {@link Signature#parse}
     */
    public Hook hook(String place, String declaration) {
        return hook(place, Signature.parse(declaration));
    }

    /**
     * The same in one text.
     *
     * @param function {@code kernel32!HANDLE CreateFileW(LPCWSTR name)}, or {@code
     *     kernel32!CreateFileW}: then as a PDB declares it, or see {@link Signature#unknown}
     * @throws IllegalArgumentException when there is no module, or no declaration, in it
     */
    public Hook hook(String function) {
        int mark = function.indexOf('!');
        if (mark <= 0) {
            throw new IllegalArgumentException("'" + function + "' is not MODULE!FUNCTION");
        }
        String rest = function.substring(mark + 1).strip();
        boolean declared = rest.indexOf('(') > 0;
        Signature signature = declared ? Signature.parse(rest) : Signature.unknown(rest);
        Hook hook = hook(function.substring(0, mark).strip() + "!" + signature.name(), signature);
        return declared ? hook : hook.guessed();
    }

    /** The same with a declaration that is made already. */
    public Hook hook(String place, Signature signature) {
        return call(() -> hooks.add(place, signature));
    }

    /**
     * Tells of the calls of all functions that match, in modules that are there and in those to
     * come: exports, and what symbols name.
     *
     * @param pattern {@code kernel32!*File*}: * and ? in the names of modules and functions
     * @param condition an expression that must not be 0 at the entry; empty for none
     * @param leave what is done when a call has ended
     * @throws IllegalArgumentException when there is no module in it
     */
    public HookPattern hookMatching(String pattern, String condition, Hook.CallAction leave) {
        int mark = pattern.indexOf('!');
        if (mark <= 0 || mark == pattern.length() - 1) {
            throw new IllegalArgumentException("'" + pattern + "' is not MODULE!FUNCTION");
        }
        return call(() -> new HookPattern(runner, pattern, mark, condition, leave));
    }

    /** Executes one thread instruction by instruction when it runs next. */
    public Trace trace(ThreadRef thread, Trace.Grain grain, Trace.Listener listener) {
        return call(
                () -> {
                    var trace =
                            new Trace(runner, OptionalLong.of(thread.processId()), grain, listener);
                    runner.parts().add(trace);
                    trace.begin(thread);
                    return trace;
                });
    }

    /** The same for all threads of all processes, also those to come. */
    public Trace traceAll(Trace.Grain grain, Trace.Listener listener) {
        return call(
                () -> {
                    var trace = new Trace(runner, OptionalLong.empty(), grain, listener);
                    runner.parts().add(trace);
                    trace.beginAll();
                    return trace;
                });
    }

    /** Tells of calls, as soon as the trace is told of which. */
    public CallTrace traceCalls(CallTrace.Listener listener) {
        return call(() -> new CallTrace(runner, listener));
    }

    /**
     * Tells of system calls.
     *
     * @param names which, by their {@code Nt} names
     */
    public SystemCallTrace traceSystemCalls(
            Predicate<String> names, Hook.CallAction enter, Hook.CallAction leave) {
        return call(() -> new SystemCallTrace(runner, names, enter, leave));
    }

    /** Tells which code of modules is executed, from now on. */
    public Coverage coverage() {
        return call(
                () -> {
                    var coverage = new Coverage(runner);
                    runner.parts().add(coverage);
                    return coverage;
                });
    }

    // --- events -------------------------------------------------------------------------------

    /** What is done about exceptions. */
    public ExceptionRules exceptions() {
        return runner.rules();
    }

    /**
     * Hides the debugger from programs that look for one, from now on: in their environment block
     * and heaps, in what system calls answer, and by {@link ExceptionRules#hostile}. To be called
     * before a program is started.
     */
    public DebugSession hostile(boolean on) {
        return call(
                () -> {
                    runner.rules().hostile(on);
                    concealment.ifPresent(Concealment::end);
                    concealment = on ? Optional.of(new Concealment(runner)) : Optional.empty();
                    return this;
                });
    }

    /** Tells a handler of everything from now on, and sets the hooks that it wants. */
    public DebugSession handle(DebugHandler handler) {
        return call(
                () -> {
                    runner.handlers().add(handler);
                    handler.setHooks(this, OptionalLong.empty());
                    return this;
                });
    }

    /** Makes a handler for each process that is debugged from now on, told of that one alone. */
    public DebugSession handleEach(Supplier<? extends DebugHandler> maker) {
        return handle(new ProcessHandlers(this, maker));
    }

    /** What is done at an event of some kind. */
    @FunctionalInterface
    public interface Listener<T extends DebugEvent> {
        /** What it throws is told as {@link DebugEvent.CallbackFailed}. */
        void on(T event, Stop stop) throws Exception;
    }

    /** Does something at each event of a kind. */
    public <T extends DebugEvent> DebugSession on(Class<T> kind, Listener<T> listener) {
        return handle(
                new DebugHandler() {
                    @Override
                    public void onEvent(DebugEvent event, Stop stop) throws Exception {
                        if (kind.isInstance(event)) {
                            listener.on(kind.cast(event), stop);
                        }
                    }
                });
    }

    // --- the end --------------------------------------------------------------------------------

    /**
     * Ends processes that were started here and lets go of those that were attached to. A run that
     * is under way is interrupted. From any thread; whoever comes second waits until it is done.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            control.awaitEnd();
            return;
        }
        if (runner.endRuns() && !control.isCurrent()) {
            interrupt();
        }
        try {
            call(
                    () -> {
                        targets.end();
                        return this;
                    });
        } finally {
            control.end();
        }
    }
}
