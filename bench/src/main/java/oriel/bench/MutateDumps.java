package oriel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import oriel.app.cli.CommandLineTool;
import oriel.app.cli.Console;

/**
 * Breaks dumps in many ways and runs the program's commands on each: {@code MutateDumps ROUNDS SEED
 * FOLDER...}. Tells of everything but a report or a refusal, of runs longer than a second and of
 * those that allocate out of proportion.
 */
public final class MutateDumps {
    private static final long SLOW_NANOS = 1_000_000_000L;
    private static final int LARGEST = 1 << 20;

    /** What one analysis may allocate beside a multiple of the dump's size. */
    private static final long ALLOWANCE = 256L << 20;

    private static final int[] NASTY = {
        0, 1, -1, 0x7fffffff, 0x80000000, 0xffff, 0x10000, 0xfffffff0, 0x41414141, 20, 4096
    };

    private static final String[][] COMMANDS = {
        {"analyze", "--all-threads"},
        {"info"},
        {"analyze"},
        {"modules"},
        {"analyze", "--json"},
        {"threads"},
        {"stack"},
        {"analyze", "--brief"},
        {"memory"},
        {"streams"},
        {"search", "--text", "a"},
    };

    private final Path broken;
    private final Map<String, Integer> problems = new TreeMap<>();
    private long slowest;
    private long largest;
    private int reports;
    private int refusals;

    private MutateDumps(Path broken) {
        this.broken = broken;
    }

    /** Runs. */
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        Path broken = Files.createTempFile("oriel-broken", ".dmp");
        var run = new MutateDumps(broken);
        try {
            for (String folder : Arrays.asList(args).subList(2, args.length)) {
                for (Path file : dumps(Path.of(folder))) {
                    run.mutate(file, rounds, new Random(seed ^ file.getFileName().hashCode()));
                }
            }
        } finally {
            Files.delete(broken);
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
            String[] command = COMMANDS[round % COMMANDS.length];
            run(file.getFileName() + " round " + round, broken(sound, random), command);
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

    private void run(String name, byte[] dump, String[] command) throws IOException {
        Files.write(broken, dump);
        String[] line = Arrays.copyOf(command, command.length + 1);
        line[command.length] = broken.toString();
        long before = allocated();
        long start = System.nanoTime();
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try {
            int code = new CommandLineTool(console(out, err)).run(line);
            switch (code) {
                case 0, 1 -> reports++;
                case 3 -> refusals++;
                default -> note("exit code " + code + " of " + command[0]);
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            note(name + ": escaped: " + e);
        }
        long took = System.nanoTime() - start;
        long bytes = allocated() - before;
        look(name, command[0], out.toString(UTF_8), err.toString(UTF_8));
        slowest = Math.max(slowest, took);
        largest = Math.max(largest, bytes);
        if (took > SLOW_NANOS) {
            note("slow: " + name + " " + command[0] + " " + took / 1_000_000 + " ms");
        }
        if (bytes > ALLOWANCE + 64L * dump.length) {
            note("allocates: " + name + " " + command[0] + " " + (bytes >> 20) + " MB");
        }
    }

    private static Console console(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Console(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                false,
                false,
                Map.of("ORIEL_DEBUG", "1"));
    }

    /** Looks for failures of the program that are told as if they were of the dump. */
    private void look(String name, String command, String out, String err) {
        if (err.contains("internal error")) {
            String trace = err.lines().limit(8).reduce("", (a, b) -> a + "\n" + b);
            note(name + ": " + command + trace);
        }
        out.lines()
                .filter(line -> line.contains("Exception:") || line.contains("java."))
                .forEach(line -> note(command + " says " + line.strip()));
        if (out.isEmpty() && err.isEmpty() && !command.equals("search")) {
            note(name + ": " + command + " says nothing");
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
