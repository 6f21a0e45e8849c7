package oriel.engine.demangle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.bytes.FormatException;
import oriel.engine.demangle.Demangler.Level;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Reads the mangled names of every PDB of the corpus as llvm-undname does. */
@NeedsCorpus
class PublicNamesTest {
    private static final Path TOOL = Path.of("/usr/bin/llvm-undname-19");

    @Test
    void agreesWithLlvm(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(TOOL), "llvm-undname-19 is not installed");
        List<String> names = new ArrayList<>(mangledNames());
        assertThat(names).hasSizeGreaterThan(1000);
        Path asked = directory.resolve("names");
        Path answers = directory.resolve("answers");
        Files.write(asked, names);
        Process process =
                new ProcessBuilder(TOOL.toString())
                        .redirectInput(asked.toFile())
                        .redirectOutput(answers.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor();
        // Each name, then how it reads, then an empty line; only the name where it does not.
        List<String> lines = Files.readAllLines(answers);
        int compared = 0;
        for (int i = 0; i + 1 < lines.size(); i++) {
            String name = lines.get(i);
            String theirs = lines.get(i + 1);
            if (name.startsWith("?") && !theirs.isEmpty()) {
                assertThat(Demangler.demangle(name, Level.FULL)).as(name).isEqualTo(theirs);
                compared++;
                i++;
            }
        }
        assertThat(compared).isGreaterThan(names.size() * 99 / 100);
    }

    private static boolean isPdb(Path file) {
        return file.toString().endsWith(".pdb") && Files.isRegularFile(file);
    }

    private static TreeSet<String> mangledNames() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.walk(Corpus.file("."))) {
            for (Path file : files.filter(PublicNamesTest::isPdb).toList()) {
                try {
                    PdbSymbolSource.open(file)
                            .forEach(
                                    s -> {
                                        if (s.name().startsWith("?")) {
                                            names.add(s.name());
                                        }
                                    });
                } catch (FormatException e) {
                    // not every file of the corpus is sound
                }
            }
        }
        return names;
    }
}
