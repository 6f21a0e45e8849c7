package oriel.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import oriel.driver.Launch;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;
import oriel.win32.WindowsProcess;

/**
 * The debugger, at work for long, in a Windows JVM: whether handles, threads and memory stay what
 * they were, and whether a hit is ever lost.
 *
 * <pre>
 * DebugSoak TARGET.EXE launches COUNT        programs started, each stopped once at a breakpoint
 * DebugSoak TARGET.EXE events COUNT          events of one program, 100,000 at a time in a session
 * DebugSoak TARGET.EXE hits THREADS COUNT    hits of several threads, 20,000 at a time
 * DebugSoak TARGET.EXE register COUNT        hits of a debug register, 20,000 at a time
 * </pre>
 *
 * Ends with 1 when a hit was lost or something grew.
 */
public final class DebugSoak {
    private static final int EVENTS = 100_000;
    private static final int HITS = 20_000;
    private static final int REPORTS = 10;
    private static final int MORE_HANDLES = 20;
    private static final int MORE_THREADS = 2;
    private static final double MORE_MEGABYTES = 24;

    private final String target;
    private final Path output;
    private final WindowsProcess self = WindowsProcess.open(ProcessHandle.current().pid());
    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private DebugSoak(String target) {
        this.target = target;
        this.output =
                Path.of(target).resolveSibling("soak-" + ProcessHandle.current().pid() + ".txt");
    }

    /** What the debugger itself uses. */
    private record Usage(long handles, int threads, double heap, double committed) {
        boolean grewSince(Usage before) {
            return handles > before.handles + MORE_HANDLES
                    || threads > before.threads + MORE_THREADS
                    || heap > before.heap + MORE_MEGABYTES
                    || committed > before.committed + MORE_MEGABYTES;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d handles, %d threads, %.1f MB heap in use, %.1f MB committed",
                    handles,
                    threads,
                    heap,
                    committed);
        }
    }

    /** Does some of the work and says how much it was and how much is missing. */
    private interface Work {
        /**
         * @param at how much has been done
         * @return how much was done now, and was to be done
         */
        long[] some(long at);
    }

    /** Runs one of them and prints. */
    public static void main(String[] args) throws Exception {
        var soak = new DebugSoak(args[0]);
        long count = Long.parseLong(args[args.length - 1]);
        int threads = args[1].equals("hits") ? Integer.parseInt(args[2]) : 1;
        String name = threads > 1 ? args[1] + " of " + threads + " threads" : args[1];
        Work work =
                switch (args[1]) {
                    case "launches" -> soak::launch;
                    case "events" -> at -> soak.events();
                    case "hits" -> at -> soak.hits(threads, false);
                    case "register" -> at -> soak.hits(1, true);
                    default -> throw new IllegalArgumentException(args[1]);
                };
        boolean good;
        try {
            good = soak.run(name, count, work);
        } finally {
            Files.deleteIfExists(soak.output);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(String name, long count, Work work) throws InterruptedException {
        long began = System.nanoTime();
        long done = 0;
        long wanted = 0;
        Usage first = usage();
        long reported = 0;
        while (wanted < count) {
            long[] now = work.some(wanted);
            done += now[0];
            wanted += now[1];
            if (wanted * REPORTS / count > reported) {
                reported = wanted * REPORTS / count;
                Usage use = usage();
                // Classes are loaded and code is compiled in the first tenth.
                first = reported == 1 ? use : first;
                System.out.printf(
                        Locale.ROOT, "%s %,d: %d lost, %s%n", name, wanted, wanted - done, use);
            }
        }
        Usage last = usage();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %,d of %,d, %d lost, %s, in %.0f s%n",
                name,
                done,
                wanted,
                wanted - done,
                last.grewSince(first) ? "GREW" : "nothing grew",
                seconds);
        return done == wanted && !last.grewSince(first);
    }

    private Usage usage() throws InterruptedException {
        // What a collection finds unused is freed by threads of the JVM a moment later.
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return new Usage(
                // Wine counts none, but lists them.
                Math.max(self.handleCount(), self.handles().size()),
                Thread.activeCount(),
                (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0,
                system.getCommittedVirtualMemorySize() / 1048576.0);
    }

    private Launch program(String... arguments) {
        var command = new java.util.ArrayList<>(java.util.List.of(arguments));
        command.add(0, target);
        return Launch.of(command).outputTo(output.toString());
    }

    private static String function(Stop start) {
        return start.modules().get(0).label() + "!bench_func";
    }

    private long[] launch(long at) {
        try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
            Stop start = session.start(program("hits", "1"));
            session.breakAt(function(start)).once();
            boolean stopped =
                    session.go().flatMap(s -> s.event(DebugEvent.BreakpointHit.class)).isPresent();
            // Every other one is killed where it stands.
            boolean ended =
                    at % 2 == 0
                            || session.go()
                                    .flatMap(s -> s.event(DebugEvent.ProcessExited.class))
                                    .isPresent();
            return new long[] {stopped && ended ? 1 : 0, 1};
        }
    }

    private long[] events() {
        var told = new long[1];
        try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
            session.on(DebugEvent.OutputWritten.class, (event, stop) -> told[0]++);
            session.start(program("stream", Integer.toString(EVENTS)));
            session.run();
        }
        return new long[] {told[0], EVENTS};
    }

    private long[] hits(int threads, boolean register) {
        int calls = HITS / threads;
        try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
            Stop start =
                    session.start(
                            program("mt", Integer.toString(threads), Integer.toString(calls)));
            Breakpoint hits =
                    register
                            ? session.watch(function(start), Access.EXECUTE, 1)
                            : session.breakAt(function(start));
            hits.run((hit, stop) -> {});
            session.run();
            return new long[] {hits.hits(), (long) threads * calls};
        }
    }
}
