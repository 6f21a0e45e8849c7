package oriel.kd;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import oriel.driver.DebugDriver;
import oriel.driver.RawEvent;
import oriel.driver.RefusedTrap;
import oriel.driver.RunPlan;
import oriel.driver.Trap;
import oriel.kd.KdSession.Arrival;
import oriel.kd.KdSession.Began;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.protocol.StateChange;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.ThreadRef;

/**
 * Runs a kernel for a debug session. It is process 0; its threads are its processors. The first run
 * makes contact, unless the session has it already. A machine that starts anew is a process that
 * ends with code 0, and one that starts with the next run: breakpoints at names wait meanwhile.
 */
public final class KdDriver implements DebugDriver {
    private static final Duration LONG = Duration.ofDays(1);
    private static final long KERNEL = 0;
    private static final int FLAGS_TRACE = 0x100;

    private final KdSession session;
    private final Duration patience;
    private final Function<KdStop, List<LoadedModule>> drivers;
    private final TargetTraps traps;
    private final Map<Long, TargetTraps.Handle> armed = new TreeMap<>(Long::compareUnsigned);
    private final Map<Long, LoadedModule> modules = new TreeMap<>(Long::compareUnsigned);
    private final Queue<RawEvent> waiting = new ArrayDeque<>();
    private final KernelTarget target;

    /** A machine that has started anew, of which nobody knows yet. */
    private Optional<KdStop> next = Optional.empty();

    private boolean told;
    private boolean running;
    private volatile boolean interrupted;

    /**
     * A driver of a session, which it owns from here on.
     *
     * @param patience how long to wait for the first contact
     * @param drivers tells which images are mapped at a stop, the kernel first; an empty list when
     *     that is not known
     */
    public KdDriver(
            KdSession session, Duration patience, Function<KdStop, List<LoadedModule>> drivers) {
        this.session = session;
        this.patience = patience;
        this.drivers = drivers;
        this.traps = new TargetTraps(session.connection(), session);
        this.target = new KernelTarget(session, modules.values());
    }

    /** What the kernel prints, to be told with the next stop. To be called by the events. */
    public void printed(String text) {
        waiting.add(new RawEvent.OutputWritten(new ThreadRef(KERNEL, 0), text));
    }

    @Override
    public List<Long> processes() {
        return List.of(KERNEL);
    }

    @Override
    public Target target(long processId) {
        return target;
    }

    @Override
    public RegisterSet registers(ThreadRef thread) {
        return processor(thread)
                .map(Processor::registers)
                .orElse(RegisterSet.unknown(session.architecture()));
    }

    private Optional<Processor> processor(ThreadRef thread) {
        return session.isStopped()
                ? session.stop().processor((int) thread.threadId())
                : Optional.empty();
    }

    @Override
    public void setRegisters(ThreadRef thread, RegisterSet registers) {
        if (processor(thread).isPresent() && !isKnown(registers(thread), registers)) {
            session.writeRegisters((int) thread.threadId(), registers);
        }
    }

    /** Whether nothing would change: then nothing goes over the line. */
    private static boolean isKnown(RegisterSet now, RegisterSet wanted) {
        RegisterSet.Builder after = now.toBuilder();
        for (Register each : Registers.of(now.architecture())) {
            if (wanted.has(each)) {
                after.set(each, wanted.value(each).orElse(0), wanted.high(each).orElse(0));
            }
        }
        return after.build().equals(now);
    }

    @Override
    public int write(long processId, long va, byte[] bytes) {
        return session.writeUpTo(va, bytes);
    }

    @Override
    public List<RefusedTrap> arm(List<? extends Trap> wanted) {
        var refused = new ArrayList<RefusedTrap>();
        for (Trap trap : wanted) {
            Optional<TargetTraps.Handle> handle =
                    trap instanceof Trap.Code ? traps.set(trap.va()) : Optional.empty();
            handle.ifPresentOrElse(
                    h -> armed.put(trap.va(), h),
                    () -> refused.add(new RefusedTrap(trap, "the target takes none there")));
        }
        return refused;
    }

    @Override
    public void disarm(List<? extends Trap> unwanted) {
        for (Trap trap : unwanted) {
            TargetTraps.Handle handle = armed.remove(trap.va());
            if (handle != null && session.isStopped()) {
                traps.lift(handle);
            }
        }
    }

    // Running

    @Override
    public List<RawEvent> run(RunPlan plan) {
        if (!told) {
            told = true;
            KdStop first = session.isStopped() ? session.stop() : session.attach(patience);
            // It was stopped to make contact.
            interrupted = true;
            List<RawEvent> events = begin(first);
            interrupted = false;
            return events;
        }
        if (next.isPresent()) {
            KdStop anew = next.get();
            next = Optional.empty();
            return begin(anew);
        }
        if (!running) {
            resume(plan);
        }
        Optional<Arrival> came = session.await(plan.timeout().orElse(LONG));
        if (came.isEmpty()) {
            return List.of();
        }
        running = false;
        return arrived(came.get());
    }

    private void resume(RunPlan plan) {
        KdStop from = session.stop();
        ThreadRef current = new ThreadRef(KERNEL, from.processor());
        boolean passed = plan.unhandled().contains(current);
        if (!passed && !armed.containsKey(session.eventPc())) {
            from = session.leave();
        }
        traceOthers(plan.stepping(), current);
        session.resume(
                from,
                passed ? Exceptions.NOT_HANDLED : Exceptions.HANDLED,
                plan.stepping().contains(current));
        running = true;
    }

    /** The request to go on traces one processor only. */
    private void traceOthers(Set<ThreadRef> stepping, ThreadRef current) {
        for (ThreadRef each : stepping) {
            RegisterSet now = registers(each);
            if (!each.equals(current) && now.value("efl").isPresent()) {
                long flags = now.value("efl").orElse(0) | FLAGS_TRACE;
                session.writeRegisters(
                        (int) each.threadId(),
                        RegisterSet.builder(session.architecture()).set("efl", flags).build());
            }
        }
    }

    /** A kernel nobody knew of, with what is in it. */
    private List<RawEvent> begin(KdStop stop) {
        modules.clear();
        var thread = new ThreadRef(KERNEL, stop.processor());
        List<LoadedModule> mapped = drivers.apply(stop);
        LoadedModule kernel = mapped.isEmpty() ? kernelImage(stop) : mapped.get(0);
        modules.put(kernel.base(), kernel);
        List<RawEvent> events = prints();
        events.add(new RawEvent.ProcessStarted(thread, kernel, 0));
        for (LoadedModule each : mapped) {
            if (modules.putIfAbsent(each.base(), each) == null) {
                events.add(new RawEvent.ModuleLoaded(thread, each));
            }
        }
        long mask = stop.architecture().addressMask();
        boolean told =
                stop.change().event() instanceof SymbolsEvent image
                        && modules.containsKey(image.baseVa() & mask);
        if (!told) {
            events.addAll(events(stop));
        }
        return events;
    }

    private static LoadedModule kernelImage(KdStop stop) {
        long base = stop.version().kernelBase() & stop.architecture().addressMask();
        boolean told = stop.change().event() instanceof SymbolsEvent;
        long size = told ? ((SymbolsEvent) stop.change().event()).sizeBytes() : 0;
        long header = stop.memory().unsigned(base + 0x3c, 4).orElse(0);
        long read = stop.memory().unsigned(base + header + 0x50, 4).orElse(0);
        return module("ntoskrnl.exe", base, size == 0 ? Math.max(0x1000, read) : size, 0);
    }

    private static LoadedModule module(String path, long base, long size, long checksum) {
        return new LoadedModule(
                new AddressRange(base, size),
                path,
                0,
                checksum,
                Optional.empty(),
                Optional.empty());
    }

    private List<RawEvent> prints() {
        var events = new ArrayList<RawEvent>(waiting);
        waiting.clear();
        return events;
    }

    private List<RawEvent> arrived(Arrival arrival) {
        KdStop stop = arrival.stop();
        List<RawEvent> events = prints();
        if (arrival.began() == Began.MACHINE) {
            armed.clear();
            traps.restart();
            next = Optional.of(stop);
            events.add(new RawEvent.ProcessExited(new ThreadRef(KERNEL, stop.processor()), 0));
            return events;
        }
        events.addAll(events(stop));
        mend(arrival);
        return events;
    }

    /** Puts back what the target took out by itself: near the stop, or while the line was gone. */
    private void mend(Arrival arrival) {
        long pc = arrival.stop().pc();
        for (TargetTraps.Handle each : List.copyOf(armed.values())) {
            if (traps.isTaken(each, pc, arrival.began() == Began.LINE)) {
                traps.lift(each);
                traps.set(each.va())
                        .ifPresentOrElse(
                                h -> armed.put(each.va(), h), () -> armed.remove(each.va()));
            }
        }
    }

    private List<RawEvent> events(KdStop stop) {
        var thread = new ThreadRef(KERNEL, stop.processor());
        StateChange change = stop.change();
        return switch (change.event()) {
            case ExceptionEvent e -> List.of(exception(thread, stop, e));
            case SymbolsEvent e -> image(thread, e);
            case StateChange.CommandEvent e -> List.of(new RawEvent.Interrupted(thread));
            case StateChange.OtherEvent e -> List.of(new RawEvent.Interrupted(thread));
        };
    }

    private RawEvent exception(ThreadRef thread, KdStop stop, ExceptionEvent event) {
        boolean foreign =
                event.code() == ExceptionEvent.BREAKPOINT && !armed.containsKey(stop.pc());
        if (foreign && interrupted) {
            interrupted = false;
            return new RawEvent.Interrupted(thread);
        }
        TargetException exception = stop.exception().orElseThrow();
        return new RawEvent.ExceptionRaised(thread, exception, event.firstChance());
    }

    private List<RawEvent> image(ThreadRef thread, SymbolsEvent event) {
        long base = event.baseVa() & session.architecture().addressMask();
        if (event.unload()) {
            modules.remove(base);
            return List.of(new RawEvent.ModuleUnloaded(thread, base));
        }
        LoadedModule known = modules.get(base);
        LoadedModule module =
                known == null
                        ? module(event.path(), base, event.sizeBytes(), event.checksum())
                        : known;
        modules.put(base, module);
        return List.of(new RawEvent.ModuleLoaded(thread, module));
    }

    // The end

    @Override
    public void interrupt() {
        interrupted = true;
        session.interrupt();
    }

    @Override
    public void detach(long processId) {
        if (session.isStopped()) {
            armed.values().forEach(traps::lift);
            armed.clear();
            session.leaveRunning();
        }
    }

    /** Restarts the machine. */
    @Override
    public void kill(long processId) {
        session.reboot();
        armed.clear();
        running = true;
    }

    @Override
    public void close() {
        try {
            detach(KERNEL);
        } catch (KdException e) {
            // The line has gone before us.
        } finally {
            session.close();
        }
    }
}
