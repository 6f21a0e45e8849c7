package oriel.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Target;
import oriel.triage.Analyzer;

/**
 * How fast dumps are analysed by a warm process: the dumps of a folder, opened anew each time, and
 * a made-up dump with 100 threads. Counts the processor time of the one thread that works, so that
 * the result is per core and does not depend on what else the machine does; wall-clock time is
 * printed beside it.
 *
 * <p>Usage: {@code AnalyzeBench FOLDER [ROUNDS]}. Prints one {@code name value unit} line each.
 */
public final class AnalyzeBench {
    private static final int THREADS = 100;
    private static final int FRAMES = 40;

    private AnalyzeBench() {}

    /** Runs the measurements and prints them. */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: AnalyzeBench FOLDER [ROUNDS]");
            System.exit(2);
        }
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 40;
        List<Path> dumps = dumps(Path.of(args[0]));
        if (dumps.isEmpty()) {
            System.err.println("no dumps in " + args[0]);
            System.exit(2);
        }
        Work folder =
                () -> {
                    for (Path dump : dumps) {
                        analyze(DumpTarget.open(dump, DumpOptions.DEFAULT));
                    }
                };
        Timing corpus = measure(rounds, folder);
        print("analyze.folder.dumps", dumps.size(), "files");
        print("analyze.folder.cpu", dumps.size() / corpus.cpuSeconds(), "dumps/s/core");
        print("analyze.folder.wall", dumps.size() / corpus.wallSeconds(), "dumps/s");
        Bytes threaded = Bytes.of(ThreadedDump.of(THREADS, FRAMES), "threads.dmp");
        Timing threads =
                measure(rounds, () -> analyze(DumpTarget.of(threaded, DumpOptions.DEFAULT)));
        print("analyze.threads100.cpu", threads.cpuSeconds() * 1000, "ms");
        print("analyze.threads100.wall", threads.wallSeconds() * 1000, "ms");
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private record Timing(double cpuSeconds, double wallSeconds) {}

    /** The median of the second half of the rounds; the first half warms up. */
    private static Timing measure(int rounds, Work work) throws IOException {
        var bean = ManagementFactory.getThreadMXBean();
        var cpu = new long[rounds];
        var wall = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long cpuStart = bean.getCurrentThreadCpuTime();
            long wallStart = System.nanoTime();
            work.run();
            wall[i] = System.nanoTime() - wallStart;
            cpu[i] = bean.getCurrentThreadCpuTime() - cpuStart;
        }
        return new Timing(median(cpu) / 1e9, median(wall) / 1e9);
    }

    private static double median(long[] all) {
        long[] late = Arrays.copyOfRange(all, all.length / 2, all.length);
        Arrays.sort(late);
        return late[late.length / 2];
    }

    private static void analyze(Target target) {
        Analyzer.analyze(target, new Symbolizer(target, SymbolLocator.NONE));
    }

    private static List<Path> dumps(Path folder) throws IOException {
        var dumps = new ArrayList<Path>();
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".dmp")).sorted().forEach(dumps::add);
        }
        dumps.removeIf(file -> !opens(file));
        return dumps;
    }

    private static boolean opens(Path file) {
        try {
            DumpTarget.open(file, DumpOptions.DEFAULT);
            return true;
        } catch (IOException | FormatException refused) {
            System.err.println("left out: " + refused.getMessage());
            return false;
        }
    }

    private static void print(String name, double value, String unit) {
        System.out.println(String.format(Locale.ROOT, "%s %.1f %s", name, value, unit));
    }
}
