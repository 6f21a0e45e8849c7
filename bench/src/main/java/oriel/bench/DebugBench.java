package oriel.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import oriel.driver.Launch;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.Coverage;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.session.Trace;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.win32.WindowsDriver;

/**
 * The debugger, in a Windows JVM, against a native program that does nothing but call the debug
 * API, in the same run.
 *
 * <pre>
 * DebugBench TARGET.EXE CDBG.EXE    'name value' lines; rates per second, times in ms
 * </pre>
 */
public final class DebugBench {
    private static final int ROUNDS = 5;
    private static final int HITS = 4000;
    private static final int LOOPS = 3000;
    private static final int MANY = 100_000;

    private final String target;
    private final String floor;

    /** When the measured part began, and how long it took. */
    private long begun;

    private long took;

    private DebugBench(String target, String floor) {
        this.target = target;
        this.floor = floor;
    }

    /** What is done in a session before the program runs on to its measured part. */
    private interface Setting {
        void at(DebugSession session, Stop start, String module);
    }

    /** Runs all, or what is named, and prints. */
    public static void main(String[] args) throws IOException {
        var bench = new DebugBench(args[0], args[1]);
        var wanted = args.length > 2 ? List.of(args).subList(2, args.length) : List.of();
        for (String part :
                List.of("hits", "hw", "touch", "steps", "text", "mt", "attach", "cover", "many")) {
            if (wanted.isEmpty() || wanted.contains(part)) {
                bench.run(part);
            }
        }
    }

    private void run(String part) throws IOException {
        switch (part) {
            case "hits" -> against("hits", "hits", HITS, HITS, DebugBench::hits);
            case "hw" -> against("hw", "hw", HITS, HITS, DebugBench::hardwareHits);
            case "touch" -> against("touch", "touch", HITS, HITS, DebugBench::writes);
            case "steps" -> against("steps", "steps", LOOPS, 4.0 * LOOPS, this::steps);
            case "text" -> against("steps.text", "steps", LOOPS, 4.0 * LOOPS, this::stepsWithText);
            case "mt" -> threads();
            case "attach" -> attach();
            case "cover" -> cover();
            default -> many();
        }
    }

    // --- against the floor --------------------------------------------------------------------

    private void against(String name, String mode, int count, double done, Setting setting)
            throws IOException {
        var ours = new double[ROUNDS];
        var theirs = new double[ROUNDS];
        String program = mode.equals("hw") ? "hits" : mode;
        for (int round = 0; round < ROUNDS; round++) {
            theirs[round] = floor(mode, count);
            ours[round] = done / seconds(setting, program, Integer.toString(count));
        }
        var ratios = new double[ROUNDS];
        Arrays.setAll(ratios, round -> ours[round] / theirs[round]);
        say(name, median(ours));
        say(name + ".floor", median(theirs));
        say(name + ".ratio", median(ratios));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double floor(String mode, int count) throws IOException {
        var builder = new ProcessBuilder(floor, mode, Integer.toString(count));
        builder.environment().put("BENCH_TARGET", target);
        Process process = builder.start();
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(" per_second=");
                if (at >= 0) {
                    String rest = line.substring(at + 12);
                    return Double.parseDouble(rest.substring(0, rest.indexOf(' ')));
                }
            }
        }
        throw new IOException(floor + " told nothing");
    }

    /** How long the measured part of the program takes under the debugger. */
    private double seconds(Setting setting, String... arguments) throws IOException {
        Path output = Files.createTempFile(Path.of(target).getParent(), "bench", ".txt");
        try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
            var command = new ArrayList<String>(List.of(arguments));
            command.add(0, target);
            Stop start = session.start(Launch.of(command).outputTo(output.toString()));
            String module = start.modules().get(0).label();
            setting.at(session, start, module);
            session.breakAt(module + "!bench_begin").run((hit, stop) -> begun = System.nanoTime());
            session.breakAt(module + "!bench_end")
                    .run((hit, stop) -> took = System.nanoTime() - begun);
            session.run();
        } finally {
            Files.deleteIfExists(output);
        }
        return took / 1e9;
    }

    private static void hits(DebugSession session, Stop start, String module) {
        var counted = new long[1];
        session.breakAt(module + "!bench_func").run((hit, stop) -> counted[0]++);
    }

    private static void hardwareHits(DebugSession session, Stop start, String module) {
        var counted = new long[1];
        session.watch(module + "!bench_func", Access.EXECUTE, 1).run((hit, stop) -> counted[0]++);
    }

    private static void writes(DebugSession session, Stop start, String module) {
        var counted = new long[1];
        session.watch(module + "!bench_var", Access.WRITE, 4).run((hit, stop) -> counted[0]++);
    }

    private void steps(DebugSession session, Stop start, String module) {
        traced(session, module, (from, stop) -> {});
    }

    private void stepsWithText(DebugSession session, Stop start, String module) {
        InstructionFormatter formatter =
                InstructionFormatter.of(Architecture.X64, FormatOptions.WINDBG);
        var text = new StringBuilder();
        traced(
                session,
                module,
                (from, stop) -> {
                    text.setLength(0);
                    formatter.format(from, text);
                });
    }

    private static void traced(DebugSession session, String module, Trace.Listener listener) {
        var trace = new ArrayList<Trace>(1);
        session.breakAt(module + "!bench_steps")
                .once()
                .run(
                        (hit, stop) ->
                                trace.add(
                                        session.trace(
                                                stop.thread(), Trace.Grain.INSTRUCTION, listener)));
        session.breakAt(module + "!bench_end").run((hit, stop) -> trace.get(0).stop());
    }

    // --- no hit is lost -----------------------------------------------------------------------

    private void threads() throws IOException {
        for (int threads : new int[] {2, 4, 8}) {
            int calls = HITS / threads;
            var hits = new ArrayList<Breakpoint>();
            double seconds =
                    seconds(
                            (session, start, module) ->
                                    hits.add(
                                            session.breakAt(module + "!bench_func")
                                                    .run((hit, stop) -> {})),
                            "mt",
                            Integer.toString(threads),
                            Integer.toString(calls));
            say("mt" + threads, hits.get(0).hits() / seconds);
            say("mt" + threads + ".lost", (double) threads * calls - hits.get(0).hits());
        }
    }

    // --- getting there ------------------------------------------------------------------------

    private void attach() throws IOException {
        var times = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            Process process = new ProcessBuilder(target, "threads", "21").start();
            try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
                String line = lines.readLine();
                long processId = Long.parseLong(line.substring(line.indexOf('=') + 1).strip());
                long before = System.nanoTime();
                try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
                    Stop stop = session.attach(processId);
                    double time = (System.nanoTime() - before) / 1e6;
                    if (stop.threads().size() < 22) {
                        throw new IllegalStateException(stop.threads().size() + " threads");
                    }
                    // The first one loads classes.
                    times[Math.max(round, 0)] = time;
                }
            } finally {
                process.destroyForcibly();
            }
        }
        say("attach", median(times));
    }

    private void cover() {
        var times = new double[3];
        int blocks = 0;
        for (int round = 0; round < times.length; round++) {
            try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
                Stop start = session.start(Launch.of(target, "threads", "0"));
                long before = System.nanoTime();
                Coverage coverage = session.coverage();
                blocks = coverage.cover(start.processId(), "ntdll");
                armed(session);
                times[round] = (System.nanoTime() - before) / 1e6;
            }
        }
        say("cover", median(times));
        say("cover.blocks", blocks);
    }

    /** Traps are written when the program runs next. */
    private static void armed(DebugSession session) {
        session.run(java.time.Duration.ZERO);
    }

    private void many() {
        var times = new double[3];
        for (int round = 0; round < times.length; round++) {
            try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
                Stop start = session.start(Launch.of(target, "threads", "0"));
                List<Long> places = instructions(start, MANY);
                long before = System.nanoTime();
                for (Breakpoint each : session.breakAt(start.processId(), places)) {
                    each.once().run((hit, stop) -> {});
                }
                armed(session);
                times[round] = (System.nanoTime() - before) / 1e6;
            }
        }
        say("many", median(times));
    }

    /** Where instructions of ntdll lie, from the start of its code on. */
    private static List<Long> instructions(Stop stop, int count) {
        LoadedModule ntdll =
                stop.modules().stream()
                        .filter(m -> m.label().equalsIgnoreCase("ntdll"))
                        .findFirst()
                        .orElseThrow();
        long start = ntdll.base() + 0x1000;
        byte[] code = stop.memory().readUpTo(start, count * 8);
        var places = new ArrayList<Long>(count);
        var instruction = new Instruction();
        int at = 0;
        while (places.size() < count && at < code.length) {
            Disassembler.of(stop.architecture())
                    .decode(code, at, code.length, start + at, instruction);
            places.add(start + at);
            at += instruction.length();
        }
        return places;
    }

    private static void say(String name, double value) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.3f", value));
    }
}
