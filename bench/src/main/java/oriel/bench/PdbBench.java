package oriel.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.SectionContributions;

/**
 * Symbol questions against {@code llvm-symbolizer-19}, on one image and its PDB, both tools in the
 * same run.
 *
 * <pre>
 * PdbBench IMAGE PDB IMAGE_BASE          the table
 * PdbBench --first PDB RVA               one lookup, to be timed from outside
 * </pre>
 */
public final class PdbBench {
    private static final int ADDRESSES = 10_000;
    private static final int ROUNDS = 7;
    private static final long CODE = 0x20;

    private final Path image;
    private final Path pdb;
    private final long base;

    private PdbBench(Path image, Path pdb, long base) {
        this.image = image;
        this.pdb = pdb;
        this.base = base;
    }

    /** Runs what the arguments ask for. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3 && args[0].equals("--first")) {
            PdbSymbolSource source = PdbSymbolSource.open(Path.of(args[1]));
            long rva = Long.decode(args[2]);
            System.out.println(source.symbolAt(rva).isPresent() + " " + source.lineAt(rva));
            return;
        }
        if (args.length != 3) {
            System.err.println("usage: PdbBench IMAGE PDB IMAGE_BASE");
            System.exit(2);
        }
        new PdbBench(Path.of(args[0]), Path.of(args[1]), Long.decode(args[2])).run();
    }

    private void run() throws IOException, InterruptedException {
        long[] rvas = addresses();
        row("PDB", Files.size(pdb) / 1e6, "MB");
        double ours = fastest(javaFirst(rvas[0]), "");
        double theirs = fastest(symbolizer("--no-inlines"), hex(rvas[0]));
        row("first lookup, fresh process", ours, "ms");
        row("  llvm-symbolizer", theirs, "ms");
        row("  ratio (lower is better)", ours / theirs, "");
        double rate = lookups(rvas);
        row("addresses with lines and inlines", rate, "/s");
        double peer = peerRate(rvas, theirs);
        row("  llvm-symbolizer, without inlines", peer, "/s");
        row("  ratio (higher is better)", rate / peer, "");
        index();
        Runtime runtime = Runtime.getRuntime();
        row("heap, at most", runtime.maxMemory() / 1e6, "MB");
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

    private void index() throws IOException {
        double best = Double.MAX_VALUE;
        var count = new int[1];
        for (int round = 0; round < ROUNDS; round++) {
            PdbSymbolSource source = PdbSymbolSource.open(pdb);
            count[0] = 0;
            long start = System.nanoTime();
            source.forEach(symbol -> count[0]++);
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        row("all " + count[0] + " functions, variables, publics, warm", best, "ms");
    }

    private List<String> javaFirst(long rva) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        String archive = System.getProperty("oriel.bench.archive", "");
        if (!archive.isEmpty()) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(PdbBench.class.getName(), "--first", pdb.toString()));
        command.add("0x" + Long.toHexString(rva));
        return command;
    }

    private List<String> symbolizer(String option) {
        return List.of("llvm-symbolizer-19", "--obj=" + image, option);
    }

    private static double fastest(List<String> command, String input)
            throws IOException, InterruptedException {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.min(best, millis(command, input));
        }
        return best;
    }

    private static double millis(List<String> command, String input)
            throws IOException, InterruptedException {
        Path from = Files.createTempFile("bench", ".in");
        try {
            Files.writeString(from, input, StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(from.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return (System.nanoTime() - start) / 1e6;
        } finally {
            Files.delete(from);
        }
    }

    private String hex(long rva) {
        return "0x" + Long.toHexString(base + rva);
    }

    private static void row(String what, double number, String unit) {
        System.out.println(String.format(Locale.ROOT, "%-52s %10.1f %s", what, number, unit));
    }
}
