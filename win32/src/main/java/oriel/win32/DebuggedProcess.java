package oriel.win32;

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
import oriel.driver.RawEvent;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;
import oriel.win32.raw.Kernel32;

/** What the driver keeps of a process it debugs: what the events told, and the way to it. */
final class DebuggedProcess {
    private static final int ACCESS_VIOLATION = 0xc0000005;
    private static final long BREAK_IN_NANOS = 5_000_000_000L;

    /** STATUS_BREAKPOINT. */
    private static final int BREAKPOINT = 0x80000003;

    /** That and STATUS_WX86_BREAKPOINT. */
    private static final Set<Integer> BREAKPOINTS = Set.of(BREAKPOINT, 0x4000001f);

    /** STATUS_SINGLE_STEP and STATUS_WX86_SINGLE_STEP. */
    private static final Set<Integer> STEPS = Set.of(0x80000004, 0x4000001e);

    private final WindowsProcess process;
    private final Map<Long, DebuggedThread> threads = new LinkedHashMap<>();
    private final Map<Long, LoadedModule> modules = new LinkedHashMap<>();

    /** Threads that have ended and whose handles are to be closed. */
    private final List<DebuggedThread> ended = new ArrayList<>();

    private final Set<Long> trapped = new HashSet<>();

    /** Pages that are closed to the program, by address. */
    private final Map<Long, ClosedPage> closed = new ConcurrentHashMap<>();

    private final DebuggedTarget target;
    private final OwnBreakIn ownBreakIn;
    private boolean attached;
    private boolean exiting;
    private volatile boolean dead;
    private boolean hasHeldThreads;

    private long eventHandle;

    /** Thread of the event that waits to be continued; -1 while the process runs. */
    private long stoppedThread = -1;

    /** Break-ins by the system that are on their way. */
    private int systemBreakIns;

    private boolean breaksIn;
    private long breakInTime;
    private volatile boolean usesDebugRegisters;
    private boolean usedDebugRegisters;
    private Optional<RawEvent> last = Optional.empty();
    private final AtomicBoolean interruptWanted = new AtomicBoolean();
    private volatile long lastSign = System.nanoTime();

    DebuggedProcess(long processId) {
        this.process = WindowsProcess.open(processId);
        this.target = new DebuggedTarget(this);
        this.ownBreakIn = new OwnBreakIn(process);
    }

    long processId() {
        return process.processId();
    }

    WindowsProcess process() {
        return process;
    }

    Architecture architecture() {
        return process.architecture();
    }

    DebuggedTarget target() {
        return target;
    }

    boolean isAttached() {
        return attached;
    }

    void markAttached() {
        attached = true;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether the event of its end has come. */
    boolean isExiting() {
        return exiting;
    }

    void exiting() {
        exiting = true;
    }

    // --- stopping -----------------------------------------------------------------------------

    boolean isStopped() {
        return stoppedThread >= 0;
    }

    long stoppedThread() {
        return stoppedThread;
    }

    void stopped(long threadId) {
        stoppedThread = threadId;
    }

    void running() {
        stoppedThread = -1;
        lastSign = System.nanoTime();
    }

    /** The last event. */
    Optional<RawEvent> last() {
        return last;
    }

    void last(RawEvent event) {
        last = Optional.of(event);
    }

    /**
     * Whether an event is an exception that is not of our making. Breakpoints, steps and access
     * violations may be: their instruction is executed again, and raises what is the program's.
     */
    static boolean isRaisedBySoftware(RawEvent event) {
        return event instanceof RawEvent.ExceptionRaised raised
                && !BREAKPOINTS.contains(raised.exception().code())
                && !STEPS.contains(raised.exception().code())
                && raised.exception().code() != ACCESS_VIOLATION;
    }

    /** Where a thread ran into a trap of ours, when an event tells that. */
    Optional<Long> trapOf(RawEvent event) {
        if (event instanceof RawEvent.ExceptionRaised raised
                && BREAKPOINTS.contains(raised.exception().code())
                && wasTrapped(raised.exception().address())) {
            return Optional.of(raised.exception().address());
        }
        return Optional.empty();
    }

    /** Whether an event is a break-in; it is on its way no longer then. */
    synchronized boolean takeBreakIn(int code, long va) {
        boolean own = BREAKPOINTS.contains(code) && ownBreakIn.isAt(va);
        // Breakpoints of the 32-bit side are the ones by which the system begins.
        if (own || systemBreakIns > 0 && code == BREAKPOINT && !wasTrapped(va)) {
            endBreakIn(own);
            return true;
        }
        return false;
    }

    /** How to break in without the system's functions in the process. */
    OwnBreakIn ownBreakIn() {
        return ownBreakIn;
    }

    /**
     * A break-in is on its way from now on.
     *
     * @param own whether by code of our own
     * @return whether none was before; one that has not come after a while never will
     */
    synchronized boolean beginBreakIn(boolean own) {
        long now = System.nanoTime();
        if (breaksIn && now - breakInTime < BREAK_IN_NANOS) {
            return false;
        }
        breaksIn = true;
        breakInTime = now;
        systemBreakIns += own ? 0 : 1;
        return true;
    }

    /** It has come, or could not begin. */
    synchronized void endBreakIn(boolean own) {
        breaksIn = false;
        systemBreakIns -= own ? 0 : 1;
    }

    /** Whether debug registers of some thread are armed. */
    boolean usesDebugRegisters() {
        return usesDebugRegisters;
    }

    void usesDebugRegisters(boolean now) {
        usesDebugRegisters = now;
        if (now) {
            usedDebugRegisters = true;
        }
    }

    /** Whether they ever were. */
    boolean usedDebugRegisters() {
        return usedDebugRegisters;
    }

    /** It is to stop with its next event. Returns whether nobody wanted that before. */
    boolean wantInterrupt() {
        return !interruptWanted.getAndSet(true);
    }

    /** Whether that is so. */
    boolean wantsInterrupt() {
        return interruptWanted.get();
    }

    /** How long ago it last had an event or went on after one. */
    long quietNanos() {
        return System.nanoTime() - lastSign;
    }

    /** Whether that is so; no longer then. */
    boolean takeInterrupt() {
        return interruptWanted.getAndSet(false);
    }

    boolean hasHeldThreads() {
        return hasHeldThreads;
    }

    void hasHeldThreads(boolean now) {
        hasHeldThreads = now;
    }

    // --- threads ------------------------------------------------------------------------------

    synchronized void addThread(ThreadRef ref, long handle, long startVa, long tebVa) {
        threads.put(
                ref.threadId(),
                new DebuggedThread(
                        ref, handle, startVa, tebVa, process.architecture(), process.isWow64()));
    }

    synchronized void removeThread(long threadId) {
        DebuggedThread thread = threads.remove(threadId);
        if (thread != null) {
            thread.end();
            ended.add(thread);
        }
    }

    synchronized Optional<DebuggedThread> thread(long threadId) {
        return Optional.ofNullable(threads.get(threadId));
    }

    synchronized List<DebuggedThread> threads() {
        return new ArrayList<>(threads.values());
    }

    // --- modules ------------------------------------------------------------------------------

    LoadedModule addModule(long base) {
        ProcessMemory memory = process.memory();
        String path = memory.mappedFile(base).orElse("");
        // SizeOfImage of the optional header, which lies at the same place in both widths.
        long header = base + memory.unsigned(base + 0x3c, 4).orElse(0);
        long size = memory.unsigned(header + 0x50, 4).orElse(ProcessMemory.PAGE);
        LoadedModule module = LoaderList.module(memory, new AddressRange(base, size), path);
        synchronized (this) {
            modules.put(base, module);
        }
        return module;
    }

    synchronized void removeModule(long base) {
        modules.remove(base);
    }

    synchronized List<LoadedModule> modules() {
        return List.copyOf(modules.values());
    }

    // --- traps --------------------------------------------------------------------------------

    /** Remembers where traps have been: a thread may have run into one whose event is to come. */
    void trapped(long va) {
        trapped.add(va);
    }

    boolean wasTrapped(long va) {
        return trapped.contains(va);
    }

    /** A page was closed. */
    void closed(long pageVa, ClosedPage how) {
        closed.put(pageVa, how);
    }

    /** A page is to be opened; how it was closed. */
    Optional<ClosedPage> opened(long pageVa) {
        return Optional.ofNullable(closed.remove(pageVa));
    }

    /** Reads memory, also of pages that are closed to the program. */
    int read(long va, byte[] into, int offset, int length) {
        ProcessMemory memory = process.memory();
        int done = memory.read(va, into, offset, length);
        while (done < length && !closed.isEmpty()) {
            long page = va + done & -ProcessMemory.PAGE;
            ClosedPage how = closed.get(page);
            if (how == null) {
                return done;
            }
            int more = readClosed(memory, page, how, va + done, into, offset + done, length - done);
            if (more == 0) {
                return done;
            }
            done += more;
        }
        return done;
    }

    /** Windows reads nothing for us where the program may not. */
    private static int readClosed(
            ProcessMemory memory,
            long page,
            ClosedPage how,
            long va,
            byte[] into,
            int offset,
            int length) {
        try {
            memory.protect(page, ProcessMemory.PAGE, how.before());
            int done = memory.read(va, into, offset, length);
            memory.protect(page, ProcessMemory.PAGE, how.closed());
            return done;
        } catch (DriverException e) {
            // Unmapped meanwhile.
            return 0;
        }
    }

    // --- the end --------------------------------------------------------------------------------

    /** It has ended; nothing of it can be read any more. */
    void died() {
        dead = true;
        synchronized (this) {
            for (DebuggedThread thread : threads.values()) {
                thread.end();
                ended.add(thread);
            }
            threads.clear();
            modules.clear();
        }
        close();
    }

    /** The handle that came with the event of its start; 0 when there was none. */
    void eventHandle(long handle) {
        eventHandle = handle;
    }

    /**
     * Closes handles that came with events of what has ended, when the system has not done so.
     * Called after the event of the end was continued.
     */
    synchronized void closeEventHandles() {
        ended.forEach(DebuggedThread::closeHandle);
        ended.clear();
        if (dead && eventHandle != 0) {
            if (Kernel32.GetProcessId(eventHandle) == (int) process.processId()) {
                Kernel32.CloseHandle(eventHandle);
            }
            eventHandle = 0;
        }
    }

    void close() {
        try {
            process.close();
        } catch (DriverException e) {
            // Nothing is lost with a handle that cannot be closed.
            dead = true;
        }
    }
}
