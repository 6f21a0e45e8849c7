package oriel.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import oriel.driver.DriverException;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.MinidumpWriter;
import oriel.engine.search.MaskedBytes;
import oriel.engine.search.MemorySearch;
import oriel.engine.search.Pattern;
import oriel.engine.search.RegexPattern;
import oriel.engine.search.StringSearch;
import oriel.model.AddressRange;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;
import oriel.win32.ProcessMemory;
import oriel.win32.SystemSnapshot;
import oriel.win32.WindowsProcess;

/**
 * The memory of a running process, in a Windows JVM, against a native program that does nothing but
 * ReadProcessMemory, in the same run.
 *
 * <pre>
 * LiveBench LIVE.EXE FLOOR.EXE    'name value' lines; speeds in MB/s, times in ms
 * </pre>
 */
public final class LiveBench {
    private static final int MEGABYTES = 64;
    private static final int ROUNDS = 5;
    private static final int LARGE = 1 << 20;
    private static final int SMALL = 1 << 12;

    private final ProcessMemory memory;
    private final AddressRange range;
    private final byte[] room = new byte[LARGE];
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGE);

    private LiveBench(ProcessMemory memory, AddressRange range) {
        this.memory = memory;
        this.range = range;
    }

    /** Runs all and prints. */
    public static void main(String[] args) throws IOException {
        Process live = new ProcessBuilder(args[0], "memory", Integer.toString(MEGABYTES)).start();
        try {
            Map<String, String> told = told(live);
            long processId = Long.parseLong(told.get("pid"));
            var range = new AddressRange(Long.decode(told.get("memory")), (long) MEGABYTES << 20);
            try (WindowsProcess process = WindowsProcess.open(processId)) {
                var bench = new LiveBench(process.memory(), range);
                bench.reading(args[1], processId);
                bench.searching();
            }
            dumping(processId, Path.of(args[0]).resolveSibling("live-bench.dmp"));
            listing();
        } finally {
            live.destroyForcibly();
        }
    }

    private static Map<String, String> told(Process live) throws IOException {
        var told = new HashMap<String, String>();
        var lines = live.inputReader(StandardCharsets.US_ASCII);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            for (String part : line.split(" ")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    told.put(part.substring(0, equals), part.substring(equals + 1));
                }
            }
            if (line.equals("ready")) {
                return told;
            }
        }
        throw new IOException("the program to look into ended");
    }

    private void reading(String floor, long processId) throws IOException {
        for (int piece : new int[] {LARGE, SMALL}) {
            var array = new double[2 * ROUNDS];
            var direct = new double[2 * ROUNDS];
            var theirs = new double[2 * ROUNDS];
            for (int round = 0; round < 2 * ROUNDS; round++) {
                // The better of two times, as the floor does: the first meets the end of the
                // program before it.
                for (int time = 0; time < 2; time++) {
                    array[round] = Math.max(array[round], speed(() -> read(piece)));
                    direct[round] = Math.max(direct[round], speed(() -> readDirect(piece)));
                }
                theirs[round] = floor(floor, processId, piece);
            }
            String name = piece == LARGE ? "read1m" : "read4k";
            say(name, median(array));
            say(name + ".direct", median(direct));
            say(name + ".floor", median(theirs));
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private long read(int piece) {
        long sum = 0;
        for (long at = 0; at < range.sizeBytes(); at += piece) {
            check(memory.read(range.start() + at, room, 0, piece), piece);
            sum += room[0];
        }
        return sum;
    }

    private long readDirect(int piece) {
        long sum = 0;
        for (long at = 0; at < range.sizeBytes(); at += piece) {
            check(memory.read(range.start() + at, buffer.clear().limit(piece)), piece);
            sum += buffer.get(0);
        }
        return sum;
    }

    private static void check(int got, int wanted) {
        if (got != wanted) {
            throw new DriverException("ReadProcessMemory", 299, "");
        }
    }

    private double floor(String program, long processId, int piece) throws IOException {
        Process process =
                new ProcessBuilder(
                                program,
                                Long.toString(processId),
                                Long.toHexString(range.start()),
                                Long.toString(range.sizeBytes()),
                                Integer.toString(piece))
                        .start();
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            return line == null ? 0 : Double.parseDouble(line.strip());
        }
    }

    private void searching() {
        search("bytes", MaskedBytes.hex("4f 52 49 45 4c 2d 42 45 4e 43 48"));
        search("wildcard", MaskedBytes.hex("4f 5? 49 ?? 4c 2d 42 4? 4e 43"));
        search("text", MaskedBytes.text("oriel-benchmark!", StandardCharsets.US_ASCII, true));
        search("regex", RegexPattern.of("ORIEL-BENCH[A-Z]{4}!", false));
        best(
                "strings",
                () -> {
                    var count = new long[1];
                    new StringSearch(memory, 8, true, true)
                            .run(List.of(range), done -> {}, found -> ++count[0] > 0);
                    return count[0];
                });
    }

    private void search(String name, Pattern pattern) {
        best(
                name,
                () -> {
                    var count = new long[1];
                    new MemorySearch(memory, List.of(pattern))
                            .run(List.of(range), done -> {}, match -> ++count[0] > 0);
                    if (count[0] != 1) {
                        throw new IllegalStateException(name + ": " + count[0] + " matches");
                    }
                    return count[0];
                });
    }

    private void best(String name, LongSupplier work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.max(best, speed(work));
        }
        say(name, best);
    }

    private static double speed(LongSupplier work) {
        long start = System.nanoTime();
        if (work.getAsLong() == Long.MIN_VALUE) {
            throw new IllegalStateException("no work was done");
        }
        return MEGABYTES * 1e9 / (System.nanoTime() - start);
    }

    private static void dumping(long processId, Path file) throws IOException {
        double best = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                // Giving back the pages of an old file takes longer than writing a new one.
                Files.deleteIfExists(file);
                long start = System.nanoTime();
                try (LiveTarget target = LiveTarget.open(processId, false)) {
                    MinidumpWriter.write(target, DumpPlan.FULL, file, done -> {});
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                best = Math.max(best, Files.size(file) / 1048576.0 / seconds);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        say("dump", best);
    }

    private static void listing() {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            long modules = 0;
            for (ProcessEntry entry : SystemSnapshot.take().processes()) {
                try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
                    modules += process.modules().size();
                } catch (DriverException e) {
                    // It ended meanwhile, or is the idle process.
                    continue;
                }
            }
            if (modules > 0) {
                best = Math.min(best, (System.nanoTime() - start) / 1e6);
            }
        }
        say("list", best);
    }

    private static void say(String name, double value) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.1f", value));
    }
}
