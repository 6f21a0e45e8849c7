package oriel.engine.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oriel.driver.DebugDriver;
import oriel.driver.RawEvent;
import oriel.driver.RunPlan;
import oriel.engine.symbols.SymbolLocator;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * The loop: lets the driver run, turns what it says into what it means, asks handlers, and goes on
 * until something holds. All on the control thread.
 */
final class Runner {
    private final DebugSession session;
    private final DebugDriver driver;
    private final SymbolLocator locator;
    private final ExceptionRules rules = new ExceptionRules();
    private final Map<Long, ProcessSpace> spaces = new LinkedHashMap<>();
    private final Breakpoints breakpoints = new Breakpoints(this);
    private final Passes passes;
    private final ExceptionReader exceptions;
    private final List<DebugHandler> handlers = new ArrayList<>();
    private final SessionParts parts = new SessionParts();
    private final Stepping stepping;

    private final Set<ThreadRef> unhandled = new HashSet<>();
    private List<DebugEvent> events = new ArrayList<>();
    private volatile long generation;
    private boolean holding;
    private boolean onlyOnRequest;
    private volatile boolean running;
    private volatile boolean ending;
    private Optional<ThreadRef> current = Optional.empty();

    /** What user code may throw. */
    interface Callback {
        boolean call(Stop stop) throws Exception;
    }

    Runner(DebugSession session, DebugDriver driver, SymbolLocator locator) {
        this.session = session;
        this.driver = driver;
        this.locator = locator;
        this.passes = new Passes(this, driver);
        this.stepping = new Stepping(driver, new Detours(this, driver));
        this.exceptions = new ExceptionReader(this, driver, passes);
    }

    // --- what others need -------------------------------------------------------------------

    DebugSession session() {
        return session;
    }

    DebugDriver driver() {
        return driver;
    }

    ExceptionRules rules() {
        return rules;
    }

    Breakpoints breakpoints() {
        return breakpoints;
    }

    /** Who is told of modules, threads and processes. */
    SessionParts parts() {
        return parts;
    }

    List<DebugHandler> handlers() {
        return handlers;
    }

    List<ProcessSpace> spaces() {
        return List.copyOf(spaces.values());
    }

    Optional<ProcessSpace> space(long processId) {
        return Optional.ofNullable(spaces.get(processId));
    }

    long generation() {
        return generation;
    }

    List<DebugEvent> events() {
        return List.copyOf(events);
    }

    /** The thread of the last event. */
    Optional<ThreadRef> current() {
        return current.filter(t -> spaces.containsKey(t.processId()));
    }

    /** Makes another thread the current one. */
    Stop select(ThreadRef thread) {
        Stop stop = stop(thread);
        current = Optional.of(thread);
        return stop;
    }

    void hold() {
        holding = true;
    }

    /** The present stop, seen from a thread. */
    Stop stop(ThreadRef thread) {
        ProcessSpace space = spaces.get(thread.processId());
        if (space == null) {
            throw new IllegalArgumentException(
                    "process " + thread.processId() + " is not debugged");
        }
        return new Stop(this, space, thread, generation);
    }

    /** What is to become of the exception of a thread. */
    boolean disposition(ThreadRef thread, boolean handled) {
        if (handled) {
            unhandled.remove(thread);
        } else {
            unhandled.add(thread);
        }
        return handled;
    }

    // --- running ------------------------------------------------------------------------------

    /**
     * Runs until something holds.
     *
     * @param limit after which it ends without a stop
     * @param onRequest whether only {@link Stop#hold} ends it, not what holds by itself
     */
    Optional<Stop> run(Optional<Duration> limit, boolean onRequest) {
        running = true;
        try {
            return runOn(limit, onRequest);
        } finally {
            running = false;
        }
    }

    boolean isRunning() {
        return running;
    }

    /**
     * Lets no run begin any more. From any thread. Whoever runs says so before looking whether this
     * was called, so one of the two sees the other.
     *
     * @return whether a run is under way, which an interrupt ends
     */
    boolean endRuns() {
        ending = true;
        return running;
    }

    private Optional<Stop> runOn(Optional<Duration> limit, boolean onRequest) {
        long end = limit.isPresent() ? System.nanoTime() + limit.get().toNanos() : 0;
        begin(onRequest);
        while (!ending) {
            List<RawEvent> raw = List.of();
            RunPlan plan = prepare();
            if (!holding) {
                if (limit.isPresent()) {
                    long left = Math.max(0, end - System.nanoTime());
                    plan = plan.within(Duration.ofNanos(left));
                }
                raw = driver.run(plan);
                generation++;
                unhandled.clear();
                if (raw.isEmpty()) {
                    spaces.values().forEach(space -> space.knownCode().forget());
                    return Optional.empty();
                }
                for (ProcessSpace space : spaces.values()) {
                    space.knownCode().ran(stepping.ranPlainly(plan, raw, space));
                }
                stepping.ran(plan, raw);
                raw.forEach(this::take);
            }
            if (holding) {
                return current().map(this::stop);
            }
            events.clear();
        }
        return Optional.empty();
    }

    private void begin(boolean onRequest) {
        generation++;
        events = new ArrayList<>();
        holding = false;
        onlyOnRequest = onRequest;
        for (ProcessSpace space : spaces()) {
            space.target().exception(Optional.empty());
            space.accesses().forget();
            if (space.hasExited()) {
                forget(space);
            } else {
                space.traps().restore();
            }
        }
    }

    private void forget(ProcessSpace space) {
        spaces.remove(space.processId());
    }

    private RunPlan prepare() {
        for (ProcessSpace space : spaces()) {
            if (space.hasExited()) {
                forget(space);
            } else {
                space.traps().sync(driver, space);
                breakpoints.guardCode(space);
                // That may have set a hook.
                space.traps().sync(driver, space);
                closePages(space);
            }
        }
        RunPlan plan = RunPlan.GO;
        for (ThreadRef thread : unhandled) {
            passes.forget(thread);
            plan = plan.pass(thread);
        }
        RunPlan passing = passes.prepare(plan);
        // What was opened for a step that is done closes again.
        spaces().forEach(this::closePages);
        stepping.tellEmulated(this);
        return stepping.plan(passing, this);
    }

    private void closePages(ProcessSpace space) {
        space.pages()
                .sync(
                        driver,
                        space,
                        watch -> {
                            boolean register = watch.kind() == Breakpoint.Kind.HARDWARE;
                            if (register) {
                                DebugRegisters.insist(watch, space, this);
                            }
                            return register;
                        });
    }

    // --- steps --------------------------------------------------------------------------------

    Stepping stepping() {
        return stepping;
    }

    /**
     * A traced thread has executed an instruction.
     *
     * @return whether the exception that tells so is one that the program has asked for, too
     */
    boolean stepped(ProcessSpace space, ThreadRef thread) {
        boolean programs = stepping.stepped(space, thread);
        // It may stand at a trap now without having run into it.
        if (!space.traps().isEmpty()) {
            long va = space.pc(thread);
            Optional<CodeTrap> trap = space.traps().at(va).filter(t -> t.armed);
            if (trap.isPresent()) {
                passes.mustPass(thread, va);
                reached(trap.get(), space, thread);
            }
        }
        return programs;
    }

    /** A traced thread has come back from where it was not followed. */
    void arrived(ProcessSpace space, ThreadRef thread) {
        stepping.arrived(space, thread);
    }

    /** Tells everyone who wants to know that a thread is about to execute an instruction. */
    void reached(CodeTrap trap, ProcessSpace space, ThreadRef thread) {
        for (TrapOwner owner : List.copyOf(trap.owners)) {
            owner.reached(space, thread, trap.va);
        }
    }

    /**
     * The thread is about to run from where it was stopped: a trap there is behind it already. One
     * that runs is on its way into it.
     */
    void startFrom(ThreadRef thread) {
        space(thread.processId())
                .filter(space -> driver.stands(space.processId()))
                .ifPresent(
                        space -> {
                            long va = space.pc(thread);
                            if (space.traps().at(va).isPresent()) {
                                space.traps().sync(driver, space);
                                passes.mustPass(thread, va);
                            }
                        });
    }

    // --- debug registers ----------------------------------------------------------------------

    void applySlots(ProcessSpace space) {
        for (TargetThread thread : space.target().threads()) {
            applySlots(space, thread.ref());
        }
    }

    private void applySlots(ProcessSpace space, ThreadRef thread) {
        RegisterSet wanted = space.slots().registers(space.processId(), thread);
        driver.setRegisters(thread, wanted);
    }

    // --- what the driver says -----------------------------------------------------------------

    private void take(RawEvent raw) {
        current = Optional.of(raw.thread());
        ProcessSpace space =
                spaces.computeIfAbsent(
                        raw.thread().processId(), p -> new ProcessSpace(p, driver, locator));
        ThreadRef thread = raw.thread();
        switch (raw) {
            case RawEvent.ProcessStarted e -> {
                space.load(e.image());
                breakpoints.processStarted(space);
                fire(new DebugEvent.ProcessStarted(thread, e.image(), e.startVa()), false);
            }
            case RawEvent.ProcessExited e -> exited(space, thread, e.exitCode());
            case RawEvent.ThreadStarted e -> {
                if (!space.slots().isEmpty()) {
                    applySlots(space, thread);
                }
                parts.threadStarted(space, thread);
                fire(new DebugEvent.ThreadStarted(thread, e.startVa()), false);
            }
            case RawEvent.ThreadExited e -> {
                threadExited(space, thread);
                fire(new DebugEvent.ThreadExited(thread, e.exitCode()), false);
            }
            case RawEvent.ModuleLoaded e -> {
                space.accesses().forget();
                space.load(e.module());
                breakpoints.moduleLoaded(space, e.module());
                parts.moduleLoaded(space, e.module());
                fire(new DebugEvent.ModuleLoaded(thread, e.module()), false);
            }
            case RawEvent.ModuleUnloaded e -> unloaded(space, thread, e.base());
            case RawEvent.OutputWritten e -> {
                // Programs take the exception that prints, and so see whether a debugger did.
                disposition(thread, !rules.isHostile());
                fire(new DebugEvent.OutputWritten(thread, e.text()), false);
            }
            case RawEvent.ExceptionRaised e -> exceptions.take(e, space);
            case RawEvent.Interrupted e -> {
                // That is a request, too, whatever else the run waits for.
                holding = true;
                fire(new DebugEvent.Interrupted(thread), true);
            }
            case RawEvent.SystemFailed e ->
                    fire(new DebugEvent.SystemFailed(thread, e.error(), e.type()), false);
        }
    }

    private void exited(ProcessSpace space, ThreadRef thread, long exitCode) {
        parts.processExited(space);
        fire(new DebugEvent.ProcessExited(thread, exitCode), spaces.size() == 1);
        space.exited();
        breakpoints.processExited(space);
        passes.forgetProcess(space.processId());
        stepping.processExited(space.processId());
    }

    private void threadExited(ProcessSpace space, ThreadRef thread) {
        passes.forget(thread);
        stepping.threadExited(thread);
        parts.threadExited(space, thread);
        breakpoints.threadExited(thread, space.target().threads());
    }

    private void unloaded(ProcessSpace space, ThreadRef thread, long base) {
        Optional<LoadedModule> module = space.unload(base);
        if (module.isPresent()) {
            breakpoints.moduleUnloaded(space, module.get());
            parts.moduleUnloaded(space, module.get());
            space.moduleUnloaded(module.get());
            fire(new DebugEvent.ModuleUnloaded(thread, module.get()), false);
        }
    }

    // --- telling ------------------------------------------------------------------------------

    /** Tells an event to handlers, and holds if it does so by itself. */
    void fire(DebugEvent event, boolean holds) {
        events.add(event);
        if (holds && !onlyOnRequest) {
            holding = true;
        }
        for (DebugHandler handler : List.copyOf(handlers)) {
            ask(
                    event.thread(),
                    "a handler",
                    stop -> {
                        handler.take(event, stop);
                        return true;
                    });
        }
    }

    /**
     * Calls user code. What it throws is told, and holds; the loop goes on.
     *
     * @return what it answered; false when it threw
     */
    boolean ask(ThreadRef thread, String where, Callback callback) {
        try {
            return callback.call(stop(thread));
        } catch (Exception e) {
            if (where.equals("a handler of failures")) {
                holding = true;
                return false;
            }
            var failed = new DebugEvent.CallbackFailed(thread, where, e);
            events.add(failed);
            holding |= !onlyOnRequest;
            for (DebugHandler handler : List.copyOf(handlers)) {
                ask(
                        thread,
                        "a handler of failures",
                        stop -> {
                            handler.take(failed, stop);
                            return true;
                        });
            }
            return false;
        }
    }

    /** Takes everything of ours out of a process. */
    void clean(ProcessSpace space) {
        for (Breakpoint each : breakpoints.in(space.processId())) {
            if (each.kind() == Breakpoint.Kind.HARDWARE) {
                space.slots().remove(each);
            }
            each.resolved().remove(space.processId());
        }
        if (space.slots().wasUsed()) {
            applySlots(space);
        }
        parts.processReleased(space);
        stepping.processExited(space.processId());
        passes.forgetProcess(space.processId());
        space.traps().disarmAll(driver);
        space.pages().disarmAll(driver, space);
        spaces.remove(space.processId());
    }
}
