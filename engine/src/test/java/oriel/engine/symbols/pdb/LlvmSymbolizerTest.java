package oriel.engine.symbols.pdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.engine.symbols.RvaSymbol;
import oriel.model.SourceLine;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Compares the lines of functions with those of llvm-symbolizer, where that is installed. */
@NeedsCorpus
class LlvmSymbolizerTest {
    private static final Path TOOL = Path.of("/usr/bin/llvm-symbolizer-19");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "sentry/windows/crash.exe, sentry/windows/crash.pdb, 400000",
        "sentry/windows/CrashWithException.exe, sentry/windows/CrashWithException.pdb, 140000000",
        "breakpad/pdb/dump_syms_regtest64.exe, breakpad/pdb/dump_syms_regtest64.pdb, 140000000",
        "binskim/Native_x64_VS2019_CPlusPlus_DEBUG_FULL.dll,"
                + " binskim/Native_x64_VS2019_CPlusPlus_DEBUG_FULL.pdb, 180000000",
    })
    void linesAgree(String image, String file, String base) throws Exception {
        assumeTrue(Files.exists(TOOL), "llvm-symbolizer-19 is not installed");
        PdbSymbolSource pdb = PdbSymbolSource.open(Corpus.file(file));
        List<Long> addresses = new ArrayList<>();
        List<RvaSymbol> functions = new ArrayList<>();
        pdb.forEach(s -> functions.add(s));
        for (RvaSymbol function : functions) {
            if (function.function() && function.sizeBytes() > 1) {
                // At the very address of two rows they show the first, which covers no byte.
                addresses.add(function.rva() + 1);
                addresses.add(function.rva() + function.sizeBytes() / 2);
            }
        }
        List<String> theirs = ask(Corpus.file(image), Long.parseLong(base, 16), addresses);
        assertThat(theirs).hasSameSizeAs(addresses);
        int compared = 0;
        for (int i = 0; i < addresses.size(); i++) {
            String ours = pdb.lineAt(addresses.get(i)).map(SourceLine::toString).orElse("??:0");
            // They show the lines of code without lines as 15732480 and 16707566.
            if (!theirs.get(i).endsWith(":15732480") && !theirs.get(i).endsWith(":16707566")) {
                assertThat(ours).as(Long.toHexString(addresses.get(i))).isEqualTo(theirs.get(i));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    /** The line of the outermost function for each address. */
    private List<String> ask(Path image, long base, List<Long> addresses)
            throws IOException, InterruptedException {
        Path input = folder.resolve("addresses");
        Path output = folder.resolve("answers");
        var text = new StringBuilder();
        for (long address : addresses) {
            text.append("0x").append(Long.toHexString(base + address)).append('\n');
        }
        Files.writeString(input, text);
        Process process =
                new ProcessBuilder(TOOL.toString(), "--obj=" + image, "--no-inlines")
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        var answers = new ArrayList<String>();
        for (String block : Files.readString(output, StandardCharsets.UTF_8).split("\n\n")) {
            String[] lines = block.strip().split("\n");
            String place = lines[lines.length - 1];
            answers.add(place.substring(0, place.lastIndexOf(':')));
        }
        return answers;
    }
}
