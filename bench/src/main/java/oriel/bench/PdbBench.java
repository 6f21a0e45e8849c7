package oriel.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.SectionContributions;

/**
 * Symbol questions against {@code llvm-symbolizer-19}, on one image and its PDB, both tools in the
 * same run. Prints rows of a table: what, Oriel, peer, ratio, goal.
 *
 * <pre>
 * PdbBench LAUNCHER IMAGE PDB IMAGE_BASE OTHER_PDB...
 * </pre>
 */
public final class PdbBench {
    private static final int ADDRESSES = 10_000;
    private static final int ROUNDS = 7;
    private static final int STARTS = 21;
    private static final long CODE = 0x20;

    private final String launcher;
    private final Path image;
    private final Path pdb;
    private final long base;

    private PdbBench(String launcher, Path image, Path pdb, long base) {
        this.launcher = launcher;
        this.image = image;
        this.pdb = pdb;
        this.base = base;
    }

    /** Runs everything. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 4) {
            System.err.println("usage: PdbBench LAUNCHER IMAGE PDB IMAGE_BASE OTHER_PDB...");
            System.exit(2);
        }
        new PdbBench(args[0], Path.of(args[1]), Path.of(args[2]), Long.decode(args[3])).run();
        for (String other : Arrays.asList(args).subList(4, args.length)) {
            Path file = Path.of(other);
            double megabytes = Files.size(file) / 1e6;
            row(
                    text("all symbols of a PDB of %.1f MB, warm", megabytes),
                    text("%.1f ms", indexMillis(file, new int[1])),
                    "",
                    "",
                    megabytes < 2 ? "<= 50 ms" : "<= 150 ms");
        }
    }

    private void run() throws IOException, InterruptedException {
        String size = text("%.0f MB", Files.size(pdb) / 1e6);
        long[] rvas = addresses();
        double theirs = first(rvas, size);
        double rate = lookups(rvas);
        double peer = peerRate(rvas, theirs);
        row(
                text("%,d random addresses with lines and inlines, %s PDB", rvas.length, size),
                text("%,.0f/s", rate),
                text("%,.0f/s (llvm-symbolizer, without inlines: with them it crashes)", peer),
                text("%.1f", rate / peer),
                ">= 3");
        var count = new int[1];
        double index = indexMillis(pdb, count);
        row(
                text("all %,d symbols of the %s PDB, warm, one core", count[0], size),
                text("%.0f ms", index),
                "",
                "",
                "<= 1 s");
        long most = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                most += pool.getPeakUsage().getUsed();
            }
        }
        row(
                text("heap of all that, of %,d MB given", Runtime.getRuntime().maxMemory() >> 20),
                text("%,d MB at most", most >> 20),
                "",
                "",
                "<= 128 MB");
    }

    /** One address in a fresh process: the command as users start it. Time of the peer. */
    private double first(long[] rvas, String size) throws IOException, InterruptedException {
        int at = 0;
        while (run(symbolizer("--inlines"), hex(rvas[at])) != 0) {
            at++;
        }
        var command =
                List.of(
                        launcher,
                        "symbols",
                        "lookup",
                        pdb.toString(),
                        "0x" + Long.toHexString(rvas[at]));
        run(command, "");
        var ours = new double[STARTS];
        var theirs = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            ours[i] = millis(command, "");
            theirs[i] = millis(symbolizer("--inlines"), hex(rvas[at]));
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        double mine = ours[STARTS / 2];
        double peer = theirs[STARTS / 2];
        row(
                "`oriel symbols lookup` of one address as a process, " + size + " PDB",
                text("%.0f ms (best %.0f)", mine, ours[0]),
                text("%.0f ms (best %.0f, llvm-symbolizer)", peer, theirs[0]),
                text("%.2f of its time", mine / peer),
                "<= 1.5");
        return peer;
    }

    /** Random addresses in code, the same ones in every run. */
    private long[] addresses() throws IOException {
        PdbSymbolSource source = PdbSymbolSource.open(pdb);
        Dbi dbi = source.pdb().dbi().orElseThrow();
        SectionContributions parts = dbi.contributions();
        var random = new Random(1);
        var found = new long[ADDRESSES];
        for (int i = 0; i < found.length; ) {
            int part = random.nextInt(parts.size());
            if ((parts.characteristics(part) & CODE) != 0 && parts.sizeBytes(part) > 0) {
                long within = random.nextLong(parts.sizeBytes(part));
                found[i++] = dbi.sections().rva(parts.section(part), parts.offset(part) + within);
            }
        }
        return found;
    }

    private double lookups(long[] rvas) throws IOException {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            PdbSymbolSource source = PdbSymbolSource.open(pdb);
            long start = System.nanoTime();
            int found = 0;
            for (long rva : rvas) {
                found += source.symbolAt(rva).isPresent() ? 1 : 0;
                found += source.inlinedAt(rva).size();
                found += source.lineAt(rva).isPresent() ? 1 : 0;
            }
            double rate = rvas.length * 1e9 / (System.nanoTime() - start);
            best = found > 0 ? Math.max(best, rate) : best;
        }
        return best;
    }

    /** With inlined functions it crashes on many PDBs, so that it is asked for less than we are. */
    private double peerRate(long[] rvas, double startMillis)
            throws IOException, InterruptedException {
        var input = new StringBuilder();
        for (long rva : rvas) {
            input.append(hex(rva)).append('\n');
        }
        double millis = millis(symbolizer("--no-inlines"), input.toString());
        return rvas.length * 1000.0 / Math.max(1, millis - startMillis);
    }

    private static double indexMillis(Path file, int[] count) throws IOException {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            PdbSymbolSource source = PdbSymbolSource.open(file);
            count[0] = 0;
            long start = System.nanoTime();
            source.forEach(symbol -> count[0]++);
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        return best;
    }

    private List<String> symbolizer(String option) {
        return List.of("llvm-symbolizer-19", "--obj=" + image, option);
    }

    private static double millis(List<String> command, String input)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        run(command, input);
        return (System.nanoTime() - start) / 1e6;
    }

    private static int run(List<String> command, String input)
            throws IOException, InterruptedException {
        Path from = Files.createTempFile("bench", ".in");
        try {
            Files.writeString(from, input, StandardCharsets.US_ASCII);
            var builder =
                    new ProcessBuilder(command)
                            .redirectInput(from.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            // As where Oriel is installed: nobody looks for newer sources.
            builder.environment().put("ORIEL_BUILD", "never");
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } finally {
            Files.delete(from);
        }
    }

    private String hex(long rva) {
        return "0x" + Long.toHexString(base + rva);
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }
}
