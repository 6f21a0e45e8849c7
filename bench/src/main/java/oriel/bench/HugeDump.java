package oriel.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.testkit.ByteWriter;
import oriel.testkit.MinidumpBuilder;
import oriel.triage.Analyzer;
import oriel.triage.report.CrashReport;

/**
 * A synthetic dump of all memory of a process that crashed, of any size, as a sparse file: it takes
 * no room on the disk but for its tables. Its memory is cut into ranges of 64 KiB with holes
 * between them, so that 5 GB have 80,000 ranges, as big processes do.
 *
 * <p>As a program: makes one (5 GB, or as many as the first argument says), opens it, analyses it
 * and reads a word of every hundredth range; prints a {@code name value unit} line for each. Run it
 * with {@code -Xmx256m}.
 */
public final class HugeDump {
    private static final int RANGE = 1 << 16;
    private static final int SAMPLE = 100;
    private static final long FIRST_VA = 0x10000;
    private static final long MODULE_VA = 0x7ff600000000L;
    private static final int THREADS = 100;

    private HugeDump() {}

    /** Writes a dump of about {@code sizeBytes} bytes. */
    public static void create(Path file, long sizeBytes) throws IOException {
        int ranges = (int) (sizeBytes / RANGE);
        byte[] tables = tables(ranges, tables(ranges, 0).length);
        try (var target = new RandomAccessFile(file.toFile(), "rw")) {
            target.write(tables);
            target.setLength(tables.length + (long) ranges * RANGE);
        }
    }

    /** All but the memory, which follows at an offset of the file. */
    private static byte[] tables(int ranges, int memoryOffset) {
        var dump = new MinidumpBuilder().systemInfo(9);
        dump.module(MODULE_VA, 0x100000, 1, "C:\\big\\big.exe", new byte[0]);
        for (int i = 0; i < THREADS; i++) {
            long rsp = va(i) + RANGE / 2;
            byte[] context = MinidumpBuilder.x64Context(MODULE_VA + 0x1000 + i, rsp, 0);
            dump.thread(i + 1, 0, rsp, new byte[64], context);
        }
        byte[] crash = MinidumpBuilder.x64Context(MODULE_VA + 0x1000, va(0) + RANGE / 2, 0);
        dump.exception(1, 0xc0000005L, MODULE_VA + 0x1000, crash, 1, 0x8);
        var list = new ByteWriter().u64(ranges).u64(memoryOffset);
        for (int i = 0; i < ranges; i++) {
            list.u64(va(i)).u64(RANGE);
        }
        return dump.stream(9, list.toBytes()).build();
    }

    /** Address of a range. */
    private static long va(int range) {
        return FIRST_VA + 2L * RANGE * range;
    }

    /** Makes, opens, analyses and reads a dump, and tells how long that took. */
    public static void main(String[] args) throws IOException {
        long gigabytes = args.length > 0 ? Long.parseLong(args[0]) : 5;
        Path file = Files.createTempFile("oriel-huge", ".dmp");
        try {
            create(file, gigabytes << 30);
            long start = System.nanoTime();
            DumpTarget dump = DumpTarget.open(file, DumpOptions.DEFAULT);
            long opened = System.nanoTime();
            CrashReport report = Analyzer.analyze(dump, new Symbolizer(dump, SymbolLocator.NONE));
            long analysed = System.nanoTime();
            int ranges = dump.readableRanges().size();
            int words = 0;
            for (int i = 0; i < ranges; i += SAMPLE) {
                words += dump.memory().unsigned(va(i) + RANGE - 8, 8).isPresent() ? 1 : 0;
            }
            long read = System.nanoTime();
            Runtime runtime = Runtime.getRuntime();
            long heap = runtime.totalMemory() - runtime.freeMemory();
            print("huge.size", Files.size(file) / 1e9, "GB");
            print("huge.ranges", ranges, "ranges");
            print("huge.open", (opened - start) / 1e6, "ms");
            print("huge.analyze", (analysed - opened) / 1e6, "ms");
            print("huge.stacks", report.stacks().size(), "stacks");
            print("huge.words", words, "words");
            print("huge.read", (read - analysed) / 1e6, "ms");
            print("huge.heap", heap / 1e6, "MB");
            print("huge.limit", runtime.maxMemory() / 1e6, "MB");
        } finally {
            Files.delete(file);
        }
    }

    private static void print(String name, double value, String unit) {
        System.out.println(String.format(Locale.ROOT, "%s %.1f %s", name, value, unit));
    }
}
