package oriel.app.debug;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.console.BreakpointRequest;
import oriel.app.console.BreakpointTable;
import oriel.app.console.BreakpointView;
import oriel.app.console.ConsoleException;
import oriel.app.console.ConsoleTarget;
import oriel.app.console.Halt;
import oriel.app.console.Motion;
import oriel.app.console.Seat;
import oriel.app.console.SymbolPlaces;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/** A dump as the target of a console: everything can be looked at, nothing runs. */
final class DumpedTarget implements ConsoleTarget {
    static final String DOES_NOT_RUN = "this is a dump: nothing in it runs, it can be looked at";
    static final String NO_THREADS = "the dump has no threads";
    private static final String IS_NOT_WRITTEN = "this is a dump: nothing in it can be changed";

    private final Target dump;
    private final SymbolPlaces symbols;
    private Symbolizer symbolizer;
    private Optional<ThreadRef> current;

    DumpedTarget(Target dump, SymbolPlaces symbols) {
        this.dump = dump;
        this.symbols = symbols;
        this.symbolizer = new Symbolizer(dump, symbols);
        Optional<ThreadRef> first = dump.threads().stream().map(TargetThread::ref).findFirst();
        this.current = dump.stoppingThread().filter(t -> thread(t).isPresent()).or(() -> first);
    }

    private Optional<? extends TargetThread> thread(ThreadRef wanted) {
        return dump.threads().stream().filter(t -> t.ref().equals(wanted)).findFirst();
    }

    @Override
    public boolean isStopped() {
        return true;
    }

    @Override
    public String prompt() {
        OptionalLong process = dump.process().processId();
        return (process.isPresent() ? process.getAsLong() + ":" : "dump:")
                + current.map(t -> Long.toString(t.threadId())).orElse("")
                + "> ";
    }

    @Override
    public String standing() {
        return current.map(t -> "thread " + t.threadId()).orElse("no thread");
    }

    @Override
    public Halt move(Motion motion) {
        throw new ConsoleException(DOES_NOT_RUN);
    }

    @Override
    public void interrupt() {
        // Nothing runs; what a command does is ended by the console.
    }

    @Override
    public BreakpointTable breakpoints() {
        return NoBreakpoints.INSTANCE;
    }

    // --- threads ------------------------------------------------------------------------------

    @Override
    public List<Seat> seats() {
        Optional<ThreadRef> stopped = dump.stoppingThread();
        var seats = new ArrayList<Seat>();
        for (TargetThread thread : dump.threads()) {
            ThreadRef ref = thread.ref();
            String teb =
                    thread.tebVa().isPresent()
                            ? " Teb: " + Long.toHexString(thread.tebVa().getAsLong())
                            : "";
            seats.add(
                    new Seat(
                            seats.size(),
                            "Id: "
                                    + Long.toHexString(ref.processId())
                                    + "."
                                    + Long.toHexString(ref.threadId())
                                    + teb,
                            ref.threadId(),
                            thread,
                            current.filter(ref::equals).isPresent(),
                            stopped.filter(ref::equals).isPresent()));
        }
        return seats;
    }

    @Override
    public void turnTo(Seat seat) {
        current = Optional.of(seat.thread().ref());
    }

    @Override
    public int hold(Seat seat, char how) {
        throw new ConsoleException(DOES_NOT_RUN);
    }

    @Override
    public void during(Seat seat, Task task) throws IOException {
        Optional<ThreadRef> before = current;
        current = Optional.of(seat.thread().ref());
        try {
            task.run();
        } finally {
            current = before;
        }
    }

    @Override
    public List<String> lastEvent() {
        var words = new ArrayList<String>();
        Optional<TargetException> exception = dump.exception();
        exception.ifPresent(e -> words.add(EventText.exception(e, "", symbolizer)));
        dump.bugCheck().ifPresent(b -> words.add("bug check " + Long.toHexString(b.code())));
        return words.isEmpty() ? List.of("the dump tells of no exception") : words;
    }

    // --- what commands look at ----------------------------------------------------------------

    @Override
    public Target target() {
        return dump;
    }

    @Override
    public Symbolizer symbolizer() {
        return symbolizer;
    }

    @Override
    public StackWalker walker() {
        return new StackWalker(dump, List.of(symbolizer.unwindSource()));
    }

    @Override
    public boolean hasThread() {
        return current.isPresent();
    }

    @Override
    public TargetThread thread() {
        return current.flatMap(this::thread).orElseThrow(() -> new ConsoleException(NO_THREADS));
    }

    @Override
    public void write(long va, byte[] bytes) {
        throw new ConsoleException(IS_NOT_WRITTEN);
    }

    @Override
    public void write(RegisterSet registers) {
        throw new ConsoleException(IS_NOT_WRITTEN);
    }

    // --- symbols ------------------------------------------------------------------------------

    @Override
    public void reloadSymbols(Optional<String> module) {
        symbolizer = new Symbolizer(dump, symbols);
    }

    @Override
    public String symbolPath() {
        return symbols.path();
    }

    @Override
    public void symbolPath(String path) {
        symbols.path(path);
        reloadSymbols(Optional.empty());
    }

    @Override
    public void leave(String how) {
        // The file is closed by who opened it.
    }

    /** Where nothing runs, nothing can be hit. */
    private enum NoBreakpoints implements BreakpointTable {
        INSTANCE;

        @Override
        public List<BreakpointView> list() {
            return List.of();
        }

        @Override
        public int add(BreakpointRequest request) {
            throw new ConsoleException(DOES_NOT_RUN);
        }

        @Override
        public void erase(int id) {
            throw new ConsoleException(DOES_NOT_RUN);
        }

        @Override
        public void enable(int id, boolean on) {
            throw new ConsoleException(DOES_NOT_RUN);
        }

        @Override
        public void once(int id) {
            throw new ConsoleException(DOES_NOT_RUN);
        }
    }
}
