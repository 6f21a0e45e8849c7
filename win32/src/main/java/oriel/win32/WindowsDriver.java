package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import oriel.driver.DriverException;
import oriel.driver.Launch;
import oriel.driver.ProcessDriver;
import oriel.driver.RawEvent;
import oriel.driver.RefusedTrap;
import oriel.driver.RunPlan;
import oriel.driver.Trap;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.ThreadRef;
import oriel.win32.raw.DebugApi;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/**
 * Debugs processes of this machine. Made, used and closed on one thread, but for {@link
 * #interrupt}. Processes that were started end with the debugger, those it attached to run on.
 */
public final class WindowsDriver implements ProcessDriver {
    private static final int FOREVER = -1;
    private static final Duration DRAIN = Duration.ofMillis(50);

    private final Memory eventRoom = new Memory(DebugApi.EVENT_SIZE);
    private final DebugEventReader event =
            new DebugEventReader(eventRoom.getByteBuffer(0, DebugApi.EVENT_SIZE));
    private final Map<Long, DebuggedProcess> processes = new LinkedHashMap<>();

    /** For {@link #interrupt}, which other threads call. */
    private final Map<Long, DebuggedProcess> interruptible = new ConcurrentHashMap<>();

    /** Processes that are debugged and have not told so yet. */
    private final Set<Long> expected = ConcurrentHashMap.newKeySet();

    /** Whether what is expected is to stop with its first event. */
    private final AtomicBoolean interruptExpected = new AtomicBoolean();

    private final Set<Long> attached = new HashSet<>();
    private volatile boolean ownBreakIns;

    /** Whether {@link #run} waits for an event. */
    private volatile boolean awaiting;

    /** Threads that were told to step in the last run. */
    private Set<ThreadRef> stepping = Set.of();

    /** Events that came while a process was let go. */
    private final List<RawEvent> waiting = new ArrayList<>();

    @Override
    public List<Long> processes() {
        return List.copyOf(processes.keySet());
    }

    private Optional<DebuggedProcess> process(long processId) {
        return Optional.ofNullable(processes.get(processId));
    }

    private DebuggedProcess require(long processId) {
        return process(processId)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "process " + processId + " is not debugged"));
    }

    // --- beginning ----------------------------------------------------------------------------

    @Override
    public long start(Launch launch) {
        ProcessStart start =
                launch.raw()
                        ? ProcessStart.ofCommandLine(launch.command().get(0))
                        : ProcessStart.of(launch.command());
        launch.folder().ifPresent(folder -> start.folder(Path.of(folder)));
        launch.output().ifPresent(file -> start.output(Path.of(file)));
        launch.parent().ifPresent(start::parent);
        if (launch.newConsole()) {
            start.console(ProcessStart.Console.NEW);
        }
        try (var started = start.inheritHandles().debugged(launch.follow()).start()) {
            long processId = started.process().processId();
            expected.add(processId);
            return processId;
        }
    }

    @Override
    public void attach(long processId) {
        if (processId == (Kernel32.GetCurrentProcessId() & 0xffffffffL)) {
            throw new DriverException(
                    "DebugActiveProcess " + processId, 87, "A debugger cannot debug itself.");
        }
        try (WindowsProcess target = WindowsProcess.open(processId)) {
            if (target.isDebugged()) {
                throw new DriverException(
                        "DebugActiveProcess " + processId,
                        Failures.ACCESS_DENIED,
                        "The process has a debugger already.");
            }
            Failures.check(
                    "DebugActiveProcess " + processId,
                    DebugApi.DebugActiveProcess((int) processId));
        }
        // A debugger that goes must not take this process along.
        DebugApi.DebugSetProcessKillOnExit(false);
        expected.add(processId);
        attached.add(processId);
    }

    // --- reading and writing ------------------------------------------------------------------

    @Override
    public Target target(long processId) {
        return require(processId).target();
    }

    @Override
    public RegisterSet registers(ThreadRef thread) {
        Optional<DebuggedProcess> process = process(thread.processId());
        boolean stands = process.filter(p -> p.isStopped()).isPresent();
        return process.flatMap(p -> p.thread(thread.threadId()))
                .map(t -> stands ? t.registers() : t.registersWhileRunning())
                .orElseGet(
                        () ->
                                RegisterSet.unknown(
                                        process.map(DebuggedProcess::architecture)
                                                .orElse(SystemFacts.machine())));
    }

    @Override
    public void setRegisters(ThreadRef thread, RegisterSet registers) {
        Optional<DebuggedProcess> process = process(thread.processId());
        Optional<DebuggedThread> there = process.flatMap(p -> p.thread(thread.threadId()));
        if (there.isEmpty()) {
            return;
        }
        registers
                .value("dr7")
                .ifPresent(control -> process.get().usesDebugRegisters((control & 0xff) != 0));
        if (process.get().isStopped()) {
            there.get().set(registers);
        } else {
            there.get().setWhileRunning(registers);
        }
    }

    @Override
    public int write(long processId, long va, byte[] bytes) {
        Optional<DebuggedProcess> process = process(processId).filter(p -> !p.isDead());
        if (process.isEmpty()) {
            return 0;
        }
        ProcessMemory memory = process.get().process().memory();
        try {
            memory.overwrite(va, bytes);
            return bytes.length;
        } catch (DriverException e) {
            return writeUpTo(memory, va, bytes);
        }
    }

    /** As many whole pages of a write as there are. */
    private static int writeUpTo(ProcessMemory memory, long va, byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            int toNext = ProcessMemory.PAGE - (int) (va + done & ProcessMemory.PAGE - 1);
            int part = Math.min(toNext, bytes.length - done);
            try {
                memory.overwrite(va + done, java.util.Arrays.copyOfRange(bytes, done, done + part));
            } catch (DriverException e) {
                return done;
            }
            done += part;
        }
        return done;
    }

    @Override
    public List<RefusedTrap> arm(List<? extends Trap> traps) {
        var refused = new ArrayList<RefusedTrap>();
        byProcess(traps).forEach((process, own) -> refused.addAll(writer(process).arm(own)));
        return refused;
    }

    @Override
    public void disarm(List<? extends Trap> traps) {
        byProcess(traps).forEach((process, own) -> writer(process).disarm(own));
    }

    private static TrapWriter writer(DebuggedProcess process) {
        return new TrapWriter(process);
    }

    /** Traps of processes that have ended are gone with them. */
    private Map<DebuggedProcess, List<Trap>> byProcess(List<? extends Trap> traps) {
        var sorted = new LinkedHashMap<DebuggedProcess, List<Trap>>();
        for (Trap trap : traps) {
            process(trap.processId())
                    .filter(p -> !p.isDead())
                    .ifPresent(p -> sorted.computeIfAbsent(p, x -> new ArrayList<>()).add(trap));
        }
        return sorted;
    }

    // --- running ------------------------------------------------------------------------------

    @Override
    public List<RawEvent> run(RunPlan plan) {
        if (!waiting.isEmpty()) {
            List<RawEvent> told = List.copyOf(waiting);
            waiting.clear();
            return told;
        }
        prepare(plan);
        for (DebuggedProcess process : List.copyOf(processes.values())) {
            resume(process, plan);
        }
        var events = new ArrayList<RawEvent>();
        int wait = plan.timeout().map(WindowsDriver::milliseconds).orElse(FOREVER);
        while (!processes.isEmpty() || !expected.isEmpty()) {
            // What others have to say by now belongs to the same stop.
            boolean first = events.isEmpty();
            if (!first && processes.size() + expected.size() < 2) {
                break;
            }
            awaiting = first;
            boolean come = DebugApi.waitForEvent(eventRoom, first ? wait : 0);
            int error = come ? 0 : Native.getLastError();
            awaiting = false;
            if (!come) {
                if (first && error != DebugApi.TIMED_OUT) {
                    throw Failures.of("WaitForDebugEvent", error);
                }
                break;
            }
            RawEvent taken = take();
            events.add(taken);
            boolean wanted = interruptExpected.getAndSet(false);
            wanted |=
                    process(taken.thread().processId()).filter(p -> p.takeInterrupt()).isPresent();
            if (wanted) {
                events.add(new RawEvent.Interrupted(taken.thread()));
            }
        }
        afterSteps(events);
        return events;
    }

    private static int milliseconds(Duration time) {
        return (int) Math.clamp(time.toMillis(), 0, Integer.MAX_VALUE);
    }

    private void prepare(RunPlan plan) {
        Set<Long> alone = new HashSet<>();
        for (ThreadRef each : plan.only()) {
            alone.add(each.processId());
        }
        for (DebuggedProcess process : processes.values()) {
            boolean some = alone.contains(process.processId());
            if (some || process.hasHeldThreads()) {
                for (DebuggedThread thread : process.threads()) {
                    thread.hold(some && !plan.only().contains(thread.ref()));
                }
                process.hasHeldThreads(some);
            }
        }
        for (ThreadRef each : plan.stepping()) {
            // One that runs is at it.
            process(each.processId())
                    .filter(p -> p.isStopped())
                    .flatMap(p -> p.thread(each.threadId()))
                    .ifPresent(t -> t.step(plan.branching().contains(each)));
        }
        stepping = plan.stepping();
    }

    private void resume(DebuggedProcess process, RunPlan plan) {
        if (!process.isStopped()) {
            return;
        }
        for (DebuggedThread thread : process.threads()) {
            thread.release();
        }
        var stopped = new ThreadRef(process.processId(), process.stoppedThread());
        int status =
                plan.unhandled().contains(stopped)
                        ? DebugApi.DBG_EXCEPTION_NOT_HANDLED
                        : DebugApi.DBG_CONTINUE;
        process.running();
        boolean exits = process.isExiting();
        if (exits) {
            processes.remove(process.processId());
            interruptible.remove(process.processId());
            process.died();
        }
        boolean proceeded = proceed(stopped, status);
        process.closeEventHandles();
        if (!proceeded && !exits) {
            throw Failures.last("ContinueDebugEvent " + process.processId());
        }
    }

    private static boolean proceed(ThreadRef stopped, int status) {
        return DebugApi.ContinueDebugEvent(
                (int) stopped.processId(), (int) stopped.threadId(), status);
    }

    /** Reads the event that has come. */
    private RawEvent take() {
        long processId = event.processId();
        DebuggedProcess process = processes.get(processId);
        if (process == null) {
            process = new DebuggedProcess(processId);
            processes.put(processId, process);
            interruptible.put(processId, process);
            expected.remove(processId);
            if (attached.remove(processId)) {
                process.markAttached();
            }
        }
        process.stopped(event.threadId());
        RawEvent read = event.read(process);
        process.last(read);
        if (read instanceof RawEvent.ProcessExited) {
            process.exiting();
        }
        return read;
    }

    /** Threads that were to step and have something else to tell must not step later. */
    private void afterSteps(List<RawEvent> events) {
        for (ThreadRef each : stepping) {
            boolean told = events.stream().anyMatch(e -> e.thread().equals(each));
            boolean stands = process(each.processId()).filter(p -> p.isStopped()).isPresent();
            if (!told && stands) {
                process(each.processId())
                        .flatMap(p -> p.thread(each.threadId()))
                        .ifPresent(DebuggedThread::endStep);
            }
        }
    }

    @Override
    public boolean stands(long processId) {
        return process(processId).filter(p -> p.isStopped()).isPresent();
    }

    @Override
    public boolean sharesDebugRegisters() {
        return !SystemFacts.isWine();
    }

    @Override
    public boolean canHideMark() {
        return !SystemFacts.isWine();
    }

    @Override
    public void interruptByOwnCode(boolean on) {
        ownBreakIns = on;
    }

    @Override
    public void interrupt() {
        // What is expected is interruptible before it is not expected any more.
        boolean more = !expected.isEmpty();
        if (interruptible.isEmpty()) {
            interruptExpected.set(more);
            return;
        }
        for (DebuggedProcess process : interruptible.values()) {
            if (SystemFacts.isWine()) {
                // A thread that is made to stop it is what must not be while it has events, nor
                // where debug registers are used: its next event will do.
                if (process.wantInterrupt()) {
                    new Interruption(process, () -> awaiting, () -> breakInto(process)).start();
                }
            } else {
                breakInto(process);
            }
        }
    }

    /** One break-in at a time will do. */
    private void breakInto(DebuggedProcess process) {
        boolean own = ownBreakIns && OwnBreakIn.isKnown(process.architecture());
        if (process.beginBreakIn(own)) {
            boolean begun =
                    own
                            ? process.ownBreakIn().begin()
                            : DebugApi.DebugBreakProcess(process.process().handle());
            if (!begun) {
                process.endBreakIn(own);
            }
        }
    }

    // --- ending -------------------------------------------------------------------------------

    @Override
    public void detach(long processId) {
        process(processId).ifPresent(this::detach);
    }

    /**
     * Threads may have run into traps whose events wait in line. Each is set back to the
     * instruction that the trap hid, or the process would die of it.
     */
    private void detach(DebuggedProcess process) {
        holdAll(process);
        process.ownBreakIn().end();
        drain(process);
        processes.remove(process.processId());
        interruptible.remove(process.processId());
        var held = new ArrayList<Long>();
        for (DebuggedThread thread : process.threads()) {
            thread.heldHandle().ifPresent(held::add);
        }
        boolean stopped = DebugApi.DebugActiveProcessStop((int) process.processId());
        DriverException failure = stopped ? null : Failures.last("DebugActiveProcessStop");
        for (long handle : held) {
            Kernel32.ResumeThread(handle);
            Kernel32.CloseHandle(handle);
        }
        boolean alive = failure != null && process.process().isAlive();
        process.died();
        process.closeEventHandles();
        if (failure != null && alive) {
            throw failure;
        }
    }

    private static void holdAll(DebuggedProcess process) {
        for (DebuggedThread thread : process.threads()) {
            thread.hold(true);
        }
        // Suspending takes effect later; who asks for registers waits for it. Then all events of
        // these threads are in line. Not under Wine where debug registers were used: a thread may
        // wait for itself there.
        if (SystemFacts.isWine() && process.usedDebugRegisters()) {
            return;
        }
        for (DebuggedThread thread : process.threads()) {
            thread.settle();
        }
    }

    private void drain(DebuggedProcess process) {
        RunPlan plan = process.isStopped() ? afterTheLast(process) : RunPlan.GO;
        while (true) {
            resume(process, plan);
            if (process.isDead() || !DebugApi.waitForEvent(eventRoom, milliseconds(DRAIN))) {
                return;
            }
            RawEvent late = take();
            if (event.processId() != process.processId()) {
                // Another process; it waits for the next run, which must tell its event.
                waiting.add(late);
                return;
            }
            process.trapOf(late)
                    .ifPresent(
                            va ->
                                    process.thread(late.thread().threadId())
                                            .ifPresent(t -> t.moveTo(va)));
            plan = afterTheLast(process);
            if (late instanceof RawEvent.ThreadStarted) {
                process.thread(late.thread().threadId()).ifPresent(t -> t.hold(true));
            }
        }
    }

    /** How to go on for good: exceptions that the program raises by itself are for its handlers. */
    private static RunPlan afterTheLast(DebuggedProcess process) {
        boolean raised = process.last().filter(DebuggedProcess::isRaisedBySoftware).isPresent();
        var stopped = new ThreadRef(process.processId(), process.stoppedThread());
        return raised ? RunPlan.GO.pass(stopped) : RunPlan.GO;
    }

    @Override
    public void kill(long processId) {
        process(processId)
                .filter(p -> !p.isExiting())
                .ifPresent(
                        p -> {
                            for (DebuggedThread thread : p.threads()) {
                                thread.hold(false);
                            }
                            p.process().kill(1);
                        });
    }

    @Override
    public void close() {
        for (DebuggedProcess process : List.copyOf(processes.values())) {
            if (process.isExiting()) {
                resume(process, RunPlan.GO);
            } else {
                detach(process);
            }
        }
        eventRoom.close();
    }
}
