package oriel.bench.symbols;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.DwarfSource;
import oriel.engine.symbols.ImageSource;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.pe.PeImage;

/**
 * Compares symbols with llvm-pdbutil and llvm-symbolizer. Exit code 0 when every difference is
 * explained, 1 when not, 2 for wrong usage or missing tools.
 */
public final class CompareSymbols {
    private static final int ADDRESSES = 4000;
    private static final List<String> IMAGES = List.of(".exe", ".dll", ".node", ".sys");

    private final int addresses;
    private final OptionalLong seed;
    private final Path scratch;
    private final Tally all = new Tally();

    CompareSymbols(int addresses, OptionalLong seed, Path scratch) {
        this.addresses = addresses;
        this.seed = seed;
        this.scratch = scratch;
    }

    /**
     * Takes files and folders. With a seed other addresses are chosen, and only they are compared:
     * so that many can be, a part at a time.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var files = new ArrayList<>(Arrays.asList(arguments));
        int addresses = ADDRESSES;
        if (files.size() > 1 && files.get(0).equals("--addresses")) {
            addresses = Integer.parseInt(files.get(1));
            files.subList(0, 2).clear();
        }
        OptionalLong seed = OptionalLong.empty();
        if (files.size() > 1 && files.get(0).equals("--seed")) {
            seed = OptionalLong.of(Long.parseLong(files.get(1)));
            files.subList(0, 2).clear();
        }
        if (files.isEmpty()) {
            System.err.println(
                    "usage: compare-symbols [--addresses COUNT] [--seed N] FILE|FOLDER...");
            System.exit(2);
        }
        Path scratch = Files.createTempDirectory("oriel-compare");
        try {
            var comparison = new CompareSymbols(addresses, seed, scratch);
            for (String file : files) {
                comparison.walk(Path.of(file));
            }
            System.out.print("all\n" + comparison.all.report());
            System.exit(holds(comparison.all) ? 0 : 1);
        } finally {
            try (Stream<Path> left = Files.list(scratch)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(scratch);
        }
    }

    /** Whether every difference is explained, and the vague explanations are rare. */
    static boolean holds(Tally tally) {
        long vague =
                tally.explanations(AddressComparison.OTHER_ROW)
                        + tally.explanations(AddressComparison.NOT_EXACT);
        return tally.differences() == 0 && vague * 100 <= tally.agreements("addresses");
    }

    private void walk(Path folder) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            Tally one = new Tally();
            if (name.endsWith(".pdb")) {
                pdb(file, one);
            } else if (IMAGES.stream().anyMatch(name::endsWith)) {
                dwarf(file, one);
            }
            String report = one.report();
            if (!report.isEmpty()) {
                System.out.print(file + "\n" + report);
            }
            all.add(one);
        }
    }

    /** Compares a PDB and, where its image lies beside it, addresses. */
    void pdb(Path file, Tally tally) throws IOException, InterruptedException {
        PdbSymbolSource symbols;
        try {
            symbols = PdbSymbolSource.open(file);
        } catch (FormatException e) {
            // What it is and why it is refused is the business of other tests.
            System.out.println(e.getMessage());
            return;
        }
        if (symbols.pdb().dbi().isEmpty()) {
            return;
        }
        if (seed.isEmpty()) {
            new RecordComparison(file, symbols.pdb(), tally).run();
        }
        Optional<Path> image = image(file);
        if (image.isPresent() && symbols.pdb().dbi().get().omapToSource().isEmpty()) {
            new AddressComparison(image.get(), symbols, tally).run(addresses, seed, scratch);
        }
    }

    /** Compares an image with DWARF. */
    void dwarf(Path file, Tally tally) throws IOException, InterruptedException {
        Bytes bytes = Bytes.open(file);
        Optional<SymbolSource> symbols;
        List<SymbolSource> tables;
        try {
            PeImage image = PeImage.of(bytes);
            symbols = DwarfSource.of(image, bytes, file.toString());
            tables = ImageSource.of(image, file.toString());
        } catch (FormatException e) {
            return;
        }
        if (symbols.isPresent()) {
            new AddressComparison(file, symbols.get(), tables, tally).run(addresses, seed, scratch);
        }
    }

    private static Optional<Path> image(Path pdb) {
        String name = String.valueOf(pdb.getFileName());
        String stem = name.substring(0, name.length() - 4);
        return IMAGES.stream()
                .map(extension -> pdb.resolveSibling(stem + extension))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
