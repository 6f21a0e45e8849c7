package oriel.app.debug;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.app.console.BreakpointTable;
import oriel.app.console.ConsoleException;
import oriel.app.console.ConsoleTarget;
import oriel.app.console.Halt;
import oriel.app.console.Motion;
import oriel.app.console.Seat;
import oriel.app.console.SymbolPlaces;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;
import oriel.win32.WindowsProcess;

/** The processes of a session as a console sees them. */
final class SessionTarget implements ConsoleTarget {
    private final DebugSession session;
    private final SymbolPlaces symbols;
    private final SessionBreakpoints breakpoints;
    private final Runnable flush;
    private Optional<EventFilters> filters = Optional.empty();
    private final HeldThreads held = new HeldThreads();
    private List<String> lastEvent = List.of();
    private boolean onlyInterrupted;

    /**
     * @param flush shows what was printed so far
     */
    SessionTarget(DebugSession session, SymbolPlaces symbols, Runnable flush) {
        this.session = session;
        this.symbols = symbols;
        this.flush = flush;
        this.breakpoints = new SessionBreakpoints(this);
    }

    DebugSession session() {
        return session;
    }

    /** What is done about events. */
    void filters(EventFilters wanted) {
        filters = Optional.of(wanted);
    }

    Optional<Stop> now() {
        return session.current();
    }

    /** The present stop. */
    Stop stop() {
        return now().orElseThrow(() -> new ConsoleException("nothing is debugged"));
    }

    @Override
    public boolean isStopped() {
        return now().isPresent();
    }

    @Override
    public String prompt() {
        return now().map(s -> s.processId() + ":" + s.thread().threadId() + "> ").orElse("> ");
    }

    @Override
    public String standing() {
        Stop stop = stop();
        return "process " + stop.processId() + " thread " + stop.thread().threadId();
    }

    // --- running ------------------------------------------------------------------------------

    @Override
    public Halt move(Motion motion) {
        Stop from = stop();
        flush.run();
        Optional<Stop> to =
                switch (motion.way()) {
                    case GO -> go(motion);
                    case GO_HANDLED -> {
                        from.handled();
                        yield go(motion);
                    }
                    case GO_NOT_HANDLED -> {
                        from.notHandled();
                        yield go(motion);
                    }
                    case INTO -> session.stepInto();
                    case OVER -> session.stepOver();
                    case OUT -> session.stepOut();
                };
        return halt(to);
    }

    private Optional<Stop> go(Motion motion) {
        return motion.until().isPresent()
                ? session.runTo(motion.until().getAsLong())
                : session.go();
    }

    /** How a run ended. */
    Halt halt(Optional<Stop> to) {
        flush.run();
        onlyInterrupted =
                to.map(Stop::events).orElse(List.of()).stream()
                        .map(e -> e instanceof DebugEvent.Interrupted)
                        .reduce(Boolean::logicalAnd)
                        .orElse(false);
        if (to.isEmpty()) {
            return Halt.of(Halt.Kind.GONE);
        }
        Stop stop = to.get();
        var words = new ArrayList<String>();
        var hits = new ArrayList<Integer>();
        var commands = new ArrayList<String>();
        boolean ended = false;
        boolean stepped = false;
        for (DebugEvent event : stop.events()) {
            words.add(EventText.words(event, stop));
            filters.ifPresent(f -> commands.addAll(f.commandsOf(event)));
            ended |=
                    event instanceof DebugEvent.ProcessExited e
                            && e.thread().processId() == stop.processId();
            stepped |= event instanceof DebugEvent.StepDone;
            if (event instanceof DebugEvent.BreakpointHit hit) {
                hits.add(hit.breakpoint().id());
            }
        }
        lastEvent = words;
        breakpoints.passed();
        Halt.Kind kind =
                ended
                        ? Halt.Kind.ENDED
                        : stepped && hits.isEmpty() ? Halt.Kind.ARRIVED : Halt.Kind.STOPPED;
        return new Halt(kind, hits, commands);
    }

    /** The handles of the current process. */
    List<HandleInfo> handles() {
        try (WindowsProcess process = WindowsProcess.open(stop().processId())) {
            return process.handles();
        }
    }

    @Override
    public void interrupt() {
        session.interrupt();
    }

    @Override
    public boolean wasOnlyInterrupted() {
        return onlyInterrupted;
    }

    @Override
    public List<String> lastEvent() {
        return lastEvent.isEmpty() ? List.of("nothing has happened yet") : lastEvent;
    }

    @Override
    public BreakpointTable breakpoints() {
        return breakpoints;
    }

    // --- threads ------------------------------------------------------------------------------

    @Override
    public List<Seat> seats() {
        Stop stop = stop();
        long raised =
                stop.events().stream()
                        .map(DebugEvent::thread)
                        .filter(t -> t.processId() == stop.processId())
                        .mapToLong(ThreadRef::threadId)
                        .findFirst()
                        .orElse(-1);
        var seats = new ArrayList<Seat>();
        for (TargetThread thread : stop.threads()) {
            ThreadRef ref = thread.ref();
            String teb =
                    thread.tebVa().isPresent()
                            ? " Teb: " + Long.toHexString(thread.tebVa().getAsLong())
                            : "";
            String suspended =
                    thread.suspendCount().isPresent()
                            ? " Suspend: " + thread.suspendCount().getAsInt()
                            : "";
            seats.add(
                    new Seat(
                            seats.size(),
                            "Id: "
                                    + Long.toHexString(ref.processId())
                                    + "."
                                    + Long.toHexString(ref.threadId())
                                    + suspended
                                    + teb,
                            ref.threadId(),
                            thread,
                            ref.equals(stop.thread()),
                            ref.threadId() == raised));
        }
        return seats;
    }

    @Override
    public void turnTo(Seat seat) {
        session.select(seat.thread().ref());
    }

    @Override
    public int hold(Seat seat, char how) {
        return held.hold(seat.thread().ref(), how);
    }

    /** Lets all threads run that were frozen here, before a process is let go of. */
    void thaw() {
        held.thaw();
    }

    @Override
    public void during(Seat seat, Task task) throws IOException {
        ThreadRef before = stop().thread();
        session.select(seat.thread().ref());
        try {
            task.run();
        } finally {
            // The commands may have let the processes run: then where they stopped counts.
            if (now().isPresent() && now().get().thread().equals(seat.thread().ref())) {
                session.select(before);
            }
        }
    }

    // --- what commands look at ----------------------------------------------------------------

    @Override
    public Target target() {
        return stop();
    }

    @Override
    public Symbolizer symbolizer() {
        return stop().symbolizer();
    }

    @Override
    public StackWalker walker() {
        return stop().walker();
    }

    @Override
    public TargetThread thread() {
        return stop().current().orElseThrow(() -> new ConsoleException("the thread has ended"));
    }

    @Override
    public void write(long va, byte[] bytes) {
        try {
            stop().write(va, bytes);
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void write(RegisterSet registers) {
        stop().setRegisters(registers);
    }

    // --- symbols ------------------------------------------------------------------------------

    @Override
    public void reloadSymbols(Optional<String> module) {
        Stop stop = stop();
        for (LoadedModule each : stop.modules()) {
            if (module.isEmpty() || each.isNamed(module.get())) {
                stop.symbolizer().forget(each);
            }
        }
    }

    @Override
    public String symbolPath() {
        return symbols.path();
    }

    @Override
    public void symbolPath(String path) {
        symbols.path(path);
        if (isStopped()) {
            reloadSymbols(Optional.empty());
        }
    }

    @Override
    public void leave(String how) {
        if (how.equals("qd")) {
            thaw();
            session.processIds().forEach(session::detach);
        }
    }
}
