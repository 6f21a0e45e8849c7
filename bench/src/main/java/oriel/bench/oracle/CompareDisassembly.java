package oriel.bench.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import oriel.model.Architecture;

/**
 * Compares Oriel's decoders with llvm-objdump and GNU objdump. Exit code 0 when the rules hold, 1
 * when not, 2 for wrong usage or missing tools.
 */
public final class CompareDisassembly {
    private static final String USAGE =
            """
            usage: compare-disassembly [--att] [--llvm-only] FILE|DIR...
                   compare-disassembly [--att] [--llvm-only] --random ARCH COUNT [SEED]
                   compare-disassembly [--att] [--llvm-only] --raw ARCH FILE...
            ARCH is x86, x64 or arm64. Files are PE or ELF; their executable sections are compared.
            """;

    /** Encodings made at once: bounds the memory of long runs. */
    private static final int BATCH = 500_000;

    private CompareDisassembly() {}

    /** See the usage text. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(new ArrayList<>(Arrays.asList(arguments))));
    }

    private static int run(List<String> arguments) throws IOException {
        Syntax syntax = arguments.remove("--att") ? Syntax.ATT : Syntax.INTEL;
        boolean gnu = !arguments.remove("--llvm-only") && Oracle.GNU.isPresent();
        if (arguments.isEmpty()) {
            System.err.print(USAGE);
            return 2;
        }
        if (!Oracle.LLVM.isPresent()) {
            System.err.println(Oracle.LLVM.program() + " is not installed");
            return 2;
        }
        Path scratch = Files.createTempDirectory("oriel-compare");
        try {
            return switch (arguments.get(0)) {
                case "--random" -> random(arguments, syntax, gnu, scratch);
                case "--raw" -> raw(arguments, syntax, gnu, scratch);
                default -> images(arguments, syntax, gnu, scratch);
            };
        } finally {
            delete(scratch);
        }
    }

    private static int random(List<String> arguments, Syntax syntax, boolean gnu, Path scratch)
            throws IOException {
        Architecture architecture = architecture(arguments.get(1));
        int count = Integer.parseInt(arguments.get(2));
        long seed = arguments.size() > 3 ? Long.parseLong(arguments.get(3)) : 1;
        var comparison = new Comparison(syntax, gnu, scratch);
        for (int done = 0; done < count; done += BATCH) {
            int batch = Math.min(BATCH, count - done);
            comparison.add(RandomCode.of(architecture, batch, seed + done / BATCH));
        }
        System.out.print(comparison.report());
        return comparison.holds() ? 0 : 1;
    }

    private static int raw(List<String> arguments, Syntax syntax, boolean gnu, Path scratch)
            throws IOException {
        Architecture architecture = architecture(arguments.get(1));
        var comparison = new Comparison(syntax, gnu, scratch);
        for (String file : arguments.subList(2, arguments.size())) {
            byte[] code = Files.readAllBytes(Path.of(file));
            comparison.add(new CodeBlock(file, architecture, 0x10000000L, code));
        }
        System.out.print(comparison.report());
        return comparison.holds() ? 0 : 1;
    }

    private static int images(List<String> arguments, Syntax syntax, boolean gnu, Path scratch)
            throws IOException {
        var files = new ArrayList<Path>();
        for (String argument : arguments) {
            try (Stream<Path> found = Files.walk(Path.of(argument))) {
                found.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        boolean holds = true;
        var all = new Comparison(syntax, gnu, scratch);
        for (Path file : files) {
            for (CodeBlock block : ImageCode.read(file)) {
                var one = new Comparison(syntax, gnu, scratch);
                one.add(block);
                all.add(one);
                String report = one.report();
                System.out.println(
                        block.name()
                                + " "
                                + block.architecture().name().toLowerCase(Locale.ROOT)
                                + ": "
                                + report.substring(0, report.indexOf('\n')));
                holds &= one.holds();
            }
        }
        System.out.print(all.report());
        return holds ? 0 : 1;
    }

    private static Architecture architecture(String name) {
        return Architecture.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
