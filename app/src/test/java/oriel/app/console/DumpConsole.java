package oriel.app.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.engine.unwind.StackWalker;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.ProcessInfo;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;
import oriel.testkit.Corpus;

/**
 * A console over a dump: everything can be looked at, memory and registers are changed in a copy,
 * and motions are noted but lead nowhere.
 */
final class DumpConsole implements ConsoleTarget, AutoCloseable {
    static final Path EXAMPLES = Corpus.projectRoot().resolve("examples");

    private final Target dump;
    private final SymbolPathLocator locator;
    private final Map<Long, Byte> written = new HashMap<>();
    private final Map<ThreadRef, RegisterSet> registers = new HashMap<>();
    private final List<BreakpointView> breakpoints = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream problems = new ByteArrayOutputStream();
    private final ConsoleContext context;
    private final ConsoleOutput output;
    private final CommandConsole console;
    final List<String> motions = new ArrayList<>();
    private Target shown;
    private Symbolizer symbolizer;
    private ThreadRef current;
    private String path = "";
    Halt next = Halt.of(Halt.Kind.ARRIVED);

    DumpConsole(String file) throws IOException {
        this(file, false);
    }

    DumpConsole(String file, boolean json) throws IOException {
        locator =
                new SymbolPathLocator(
                        new SymbolPath(List.of()),
                        List.of(EXAMPLES),
                        ServerSettings.DEFAULT,
                        FetchListener.NONE);
        dump = DumpTarget.open(EXAMPLES.resolve(file), DumpOptions.DEFAULT);
        shown = new View();
        symbolizer = new Symbolizer(shown, locator);
        current = dump.stoppingThread().orElse(dump.threads().get(0).ref());
        output = new ConsoleOutput(stream(bytes), stream(problems), false, json);
        context = new ConsoleContext(this, output.page());
        console = new CommandConsole(context, output, false);
    }

    private static PrintStream stream(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    ConsoleContext context() {
        return context;
    }

    CommandConsole console() {
        return console;
    }

    /** What some lines print, and what is wrong with them. */
    String type(String... lines) throws IOException {
        bytes.reset();
        problems.reset();
        for (String line : lines) {
            console.run(line, true);
        }
        output.flush();
        return bytes.toString(StandardCharsets.UTF_8) + problems.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isStopped() {
        return true;
    }

    @Override
    public String prompt() {
        return "0:000> ";
    }

    @Override
    public String standing() {
        return "thread " + current.threadId();
    }

    @Override
    public Halt move(Motion motion) {
        String until =
                motion.until().isPresent()
                        ? " " + Long.toHexString(motion.until().getAsLong())
                        : "";
        motions.add(motion.way() + until);
        Halt now = next;
        next = Halt.of(Halt.Kind.ARRIVED);
        return now;
    }

    @Override
    public void interrupt() {
        motions.add("interrupt");
    }

    @Override
    public BreakpointTable breakpoints() {
        return new BreakpointTable() {
            @Override
            public List<BreakpointView> list() {
                return List.copyOf(breakpoints);
            }

            @Override
            public int add(BreakpointRequest request) {
                int id = breakpoints.stream().mapToInt(b -> b.id() + 1).max().orElse(0);
                long va =
                        request.va().isPresent()
                                ? request.va().getAsLong()
                                : context.expressions().address(request.place());
                breakpoints.add(
                        new BreakpointView(id, request, true, List.of(va), 0, Optional.empty()));
                return id;
            }

            @Override
            public void renumber(int id, int number) {
                breakpoints.removeIf(b -> b.id() == number);
                breakpoints.replaceAll(
                        b ->
                                b.id() != id
                                        ? b
                                        : new BreakpointView(
                                                number,
                                                b.request(),
                                                b.enabled(),
                                                b.addresses(),
                                                b.hits(),
                                                b.problem()));
            }

            @Override
            public void erase(int id) {
                breakpoints.removeIf(b -> b.id() == id);
            }

            @Override
            public void enable(int id, boolean on) {
                breakpoints.replaceAll(
                        b ->
                                b.id() != id
                                        ? b
                                        : new BreakpointView(
                                                id,
                                                b.request(),
                                                on,
                                                b.addresses(),
                                                b.hits(),
                                                b.problem()));
            }

            @Override
            public void once(int id) {
                enable(id, true);
            }
        };
    }

    @Override
    public List<Seat> seats() {
        var seats = new ArrayList<Seat>();
        for (TargetThread thread : shown.threads()) {
            long id = thread.ref().threadId();
            boolean here = thread.ref().equals(current);
            seats.add(
                    new Seat(seats.size(), "Id: " + Long.toHexString(id), id, thread, here, here));
        }
        return seats;
    }

    @Override
    public void turnTo(Seat seat) {
        current = seat.thread().ref();
    }

    @Override
    public int hold(Seat seat, char how) {
        motions.add("hold " + seat.number() + how);
        return how == 'f' || how == 'n' ? 1 : 0;
    }

    @Override
    public void during(Seat seat, Task task) throws IOException {
        ThreadRef before = current;
        current = seat.thread().ref();
        try {
            task.run();
        } finally {
            current = before;
        }
    }

    @Override
    public List<String> lastEvent() {
        return List.of("Last event: a dump was opened");
    }

    @Override
    public void reloadSymbols(Optional<String> module) {
        symbolizer = new Symbolizer(shown, locator);
    }

    @Override
    public String symbolPath() {
        return path;
    }

    @Override
    public void symbolPath(String wanted) {
        path = wanted;
    }

    @Override
    public void leave(String how) {
        motions.add(how);
    }

    @Override
    public Target target() {
        return shown;
    }

    @Override
    public Symbolizer symbolizer() {
        return symbolizer;
    }

    @Override
    public StackWalker walker() {
        return new StackWalker(shown, List.of(symbolizer.unwindSource()));
    }

    @Override
    public TargetThread thread() {
        return shown.thread(current.threadId()).orElseThrow();
    }

    @Override
    public void write(long va, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            written.put(va + i, values[i]);
        }
    }

    @Override
    public void write(RegisterSet wanted) {
        var now = thread().registers().toBuilder();
        for (Register each : Registers.of(shown.architecture())) {
            if (wanted.has(each)) {
                now.set(each, wanted.value(each).orElse(0));
            }
        }
        registers.put(current, now.build());
    }

    @Override
    public void close() {
        locator.close();
    }

    /** The dump with what was changed. */
    private final class View implements Target {
        @Override
        public Architecture architecture() {
            return dump.architecture();
        }

        @Override
        public Memory memory() {
            return (va, into, offset, length) -> {
                int got = dump.memory().read(va, into, offset, length);
                for (int i = 0; i < got; i++) {
                    Byte changed = written.get(va + i);
                    into[offset + i] = changed == null ? into[offset + i] : changed;
                }
                return got;
            };
        }

        @Override
        public List<? extends TargetThread> threads() {
            return dump.threads().stream().map(Changed::new).toList();
        }

        @Override
        public List<LoadedModule> modules() {
            return dump.modules();
        }

        @Override
        public Optional<TargetException> exception() {
            return dump.exception();
        }

        @Override
        public ProcessInfo process() {
            return dump.process();
        }

        @Override
        public List<MemoryRegion> regions() {
            return dump.regions();
        }

        @Override
        public List<oriel.model.AddressRange> readableRanges() {
            return dump.readableRanges();
        }
    }

    /** A thread with the registers that were changed. */
    private final class Changed implements TargetThread {
        private final TargetThread thread;

        Changed(TargetThread thread) {
            this.thread = thread;
        }

        @Override
        public ThreadRef ref() {
            return thread.ref();
        }

        @Override
        public RegisterSet registers() {
            return registers.getOrDefault(thread.ref(), thread.registers());
        }

        @Override
        public java.util.OptionalLong tebVa() {
            return thread.tebVa();
        }

        @Override
        public oriel.model.AddressRange stack() {
            return thread.stack();
        }
    }
}
