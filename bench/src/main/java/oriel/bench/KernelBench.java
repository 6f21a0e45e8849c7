package oriel.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.paging.PageTables;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.testkit.KernelScenario;
import oriel.testkit.PagedImage;
import oriel.testkit.PagedImage.Tables;
import oriel.triage.Analyzer;

/**
 * Opens a kernel dump of 4 GB with a bitmap, makes a report of it and walks its page tables. The
 * dump is a sparse file: a small system, and 256 MB of addresses all over the rest of its memory.
 * Prints lines of name, value and unit. Run it with {@code -Xmx256m}.
 */
public final class KernelBench {
    private static final long PAGES = 1 << 20;
    private static final int PAGE = 4096;
    private static final long MAPPED = 0xffff900000000000L;
    private static final int MAPPED_PAGES = 1 << 16;
    private static final int WALKS = 4_000_000;
    private static final int ROUNDS = 5;

    private KernelBench() {}

    private static void create(Path file) throws IOException {
        var scenario = new KernelScenario(Tables.X64);
        PagedImage memory = scenario.kernel().memory();
        var random = new SplittableRandom(42);
        for (int i = 0; i < MAPPED_PAGES; i++) {
            long pa = (0x10000 + random.nextLong(PAGES - 0x10000)) * PAGE;
            memory.entry(MAPPED + (long) i * PAGE, pa | 0x63);
        }
        // The header of a small dump of the same system, then a bitmap of everything.
        byte[] header = Arrays.copyOf(scenario.dump().bitmap("FDMP", 5), 0x2000);
        int bits = (int) (PAGES / 8);
        int first = 0x2038 + bits + (PAGE - 1) & -PAGE;
        ByteBuffer start = ByteBuffer.allocate(first).order(ByteOrder.LITTLE_ENDIAN);
        start.put(header).put("FDMPDUMP".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        start.position(0x2020);
        start.putLong(first).putLong(PAGES).putLong(PAGES);
        byte[] all = new byte[bits];
        Arrays.fill(all, (byte) 0xff);
        start.put(all);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(first + PAGES * PAGE);
            out.write(start.array());
            for (Map.Entry<Long, byte[]> page : memory.pages().entrySet()) {
                out.seek(first + page.getKey() * PAGE);
                out.write(page.getValue());
            }
        }
    }

    /** Makes, opens and reads the dump, and tells how long that took. */
    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("oriel-kernel", ".dmp");
        try {
            create(file);
            long start = System.nanoTime();
            DumpTarget dump = DumpTarget.open(file, DumpOptions.DEFAULT);
            print("kernel.open", (System.nanoTime() - start) / 1e6, "ms");
            start = System.nanoTime();
            var report = Analyzer.analyze(dump, new Symbolizer(dump, SymbolLocator.NONE));
            print("kernel.report", (System.nanoTime() - start) / 1e6, "ms");
            if (report.bugCheck().isEmpty()) {
                throw new IllegalStateException("no bug check in the report");
            }
            PageTables tables = dump.kernel().orElseThrow().pageTables().orElseThrow();
            print("kernel.walks", perSecond(tables, MAPPED_PAGES), "walks/s");
            print("kernel.cached", perSecond(tables, 1024), "translations/s");
        } finally {
            Files.delete(file);
        }
    }

    /** Translations per second of random addresses in some pages; the best of a few rounds. */
    private static double perSecond(PageTables tables, int pages) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var random = new SplittableRandom(round);
            long found = 0;
            long start = System.nanoTime();
            for (int i = 0; i < WALKS; i++) {
                long va = MAPPED + (long) random.nextInt(pages) * PAGE;
                found += tables.translate(va).isPresent() ? 1 : 0;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (found != WALKS) {
                throw new IllegalStateException(found + " of " + WALKS + " pages found");
            }
            best = Math.max(best, WALKS / seconds);
        }
        return best;
    }

    private static void print(String name, double value, String unit) {
        System.out.println(name + " " + Math.round(value) + " " + unit);
    }
}
