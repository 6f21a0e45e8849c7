package oriel.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Diagnostic;
import oriel.triage.Analyzer;
import oriel.triage.report.CrashReport;

/**
 * Breaks dumps in many ways and analyses each: {@code MutateDumps ROUNDS SEED FOLDER...}. Tells of
 * everything but a report or a refusal, of analyses longer than a second and of those that allocate
 * out of proportion.
 */
public final class MutateDumps {
    private static final long SLOW_NANOS = 1_000_000_000L;
    private static final int LARGEST = 1 << 20;

    /** What one analysis may allocate beside a multiple of the dump's size. */
    private static final long ALLOWANCE = 256L << 20;

    private static final int[] NASTY = {
        0, 1, -1, 0x7fffffff, 0x80000000, 0xffff, 0x10000, 0xfffffff0, 0x41414141, 20, 4096
    };

    private final Map<String, Integer> problems = new TreeMap<>();
    private long slowest;
    private long largest;
    private int reports;
    private int refusals;

    private MutateDumps() {}

    /** Runs. */
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        var run = new MutateDumps();
        for (String folder : Arrays.asList(args).subList(2, args.length)) {
            for (Path file : dumps(Path.of(folder))) {
                run.mutate(file, rounds, new Random(seed ^ file.getFileName().hashCode()));
            }
        }
        System.out.println(
                run.reports
                        + " reports, "
                        + run.refusals
                        + " refusals, slowest "
                        + run.slowest / 1_000_000
                        + " ms, largest allocation "
                        + (run.largest >> 20)
                        + " MB");
        run.problems.forEach((what, times) -> System.out.println(times + " x " + what));
    }

    private static List<Path> dumps(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".dmp")).sorted().toList();
        }
    }

    private void mutate(Path file, int rounds, Random random) throws IOException {
        byte[] sound = Files.readAllBytes(file);
        if (sound.length > LARGEST) {
            return;
        }
        for (int round = 0; round < rounds; round++) {
            analyze(file.getFileName() + " round " + round, broken(sound, random));
        }
    }

    private static byte[] broken(byte[] sound, Random random) {
        if (random.nextInt(6) == 0) {
            return Arrays.copyOf(sound, random.nextInt(sound.length + 1));
        }
        byte[] broken = sound.clone();
        int changes = 1 << random.nextInt(8);
        // Headers and tables are at the start of most dumps.
        int reach = random.nextBoolean() ? Math.min(broken.length, 8192) : broken.length;
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(reach);
            if (random.nextInt(3) == 0 && at + 4 <= broken.length) {
                int value = NASTY[random.nextInt(NASTY.length)];
                for (int b = 0; b < 4; b++) {
                    broken[(at & -4) + b] = (byte) (value >>> b * 8);
                }
            } else if (random.nextInt(8) == 0) {
                int from = random.nextInt(broken.length);
                int length = Math.min(64, broken.length - Math.max(from, at));
                System.arraycopy(sound, from, broken, at, length);
            } else {
                broken[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return broken;
    }

    private void analyze(String name, byte[] dump) {
        long before = allocated();
        long start = System.nanoTime();
        try {
            DumpTarget target = DumpTarget.of(Bytes.of(dump, "broken.dmp"), DumpOptions.DEFAULT);
            var symbolizer = new Symbolizer(target, SymbolLocator.NONE);
            CrashReport report = Analyzer.analyze(target, symbolizer);
            reports++;
            for (Diagnostic diagnostic : report.diagnostics()) {
                String problem = diagnostic.problem();
                if (problem.contains("Exception:") || problem.contains("java.")) {
                    note(diagnostic.subject() + ": " + problem);
                }
            }
        } catch (FormatException refused) {
            refusals++;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            var trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            note(trace.toString().lines().limit(8).reduce("", (a, b) -> a + "\n" + b));
        }
        long took = System.nanoTime() - start;
        long bytes = allocated() - before;
        slowest = Math.max(slowest, took);
        largest = Math.max(largest, bytes);
        if (took > SLOW_NANOS) {
            note("slow: " + name + " " + took / 1_000_000 + " ms");
        }
        if (bytes > ALLOWANCE + 64L * dump.length) {
            note("allocates: " + name + " " + (bytes >> 20) + " MB");
        }
    }

    private void note(String problem) {
        problems.merge(problem, 1, Integer::sum);
    }

    private static long allocated() {
        var threads = ManagementFactory.getThreadMXBean();
        return threads instanceof com.sun.management.ThreadMXBean bean
                ? bean.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
