package oriel.engine.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.bytes.Bytes;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.InlineFrame;
import oriel.model.SourceLine;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class DwarfSourceTest {
    private static final Path HELLO = Corpus.file("sentry/windows/hello-dwarf.exe");

    private static PeImage image() throws IOException {
        return PeImage.of(Bytes.open(HELLO));
    }

    private static SymbolSource source() throws IOException {
        return DwarfSource.of(image(), Bytes.open(HELLO), "hello-dwarf.exe").orElseThrow();
    }

    /** The first functions of the snapshot: header, then a line for each row. */
    @Test
    void namesFunctionsAndLinesOfASnapshot() throws IOException {
        SymbolSource source = source();
        String text =
                Files.readString(
                        Corpus.file("sentry/snapshots/test_objects__pe_dwarf_functions.snap"));
        int functions = 0;
        int lines = 0;
        for (String row : text.split("\n")) {
            String[] words = row.strip().split(" ");
            if (row.startsWith("> 0x")) {
                long rva = Long.parseLong(words[1].substring(2, words[1].length() - 1), 16);
                RvaSymbol found = source.symbolAt(rva).orElseThrow();
                assertThat(found.rva()).isEqualTo(rva);
                assertThat(found.name()).isEqualTo(words[2]);
                assertThat("(0x" + Long.toHexString(found.sizeBytes()) + ")").isEqualTo(words[3]);
                functions++;
            } else if (row.startsWith("  0x") && words.length > 1 && functions > 0) {
                long rva = Long.parseLong(words[0].substring(2, words[0].length() - 1), 16);
                int colon = words[1].lastIndexOf(':');
                SourceLine line = source.lineAt(rva).orElseThrow();
                assertThat(line.file()).endsWith("/" + words[1].substring(0, colon));
                assertThat(line.line()).isEqualTo(Integer.parseInt(words[1].substring(colon + 1)));
                lines++;
            }
        }
        assertThat(functions).isGreaterThan(5);
        assertThat(lines).isGreaterThan(100);
    }

    /** Lines and inlined functions agree with the oracle all over the code section. */
    @Test
    void agreesWithLlvmSymbolizer(@TempDir Path directory) throws Exception {
        Path tool = Path.of("/usr/bin/llvm-symbolizer-19");
        assumeTrue(Files.isExecutable(tool), "llvm-symbolizer-19 is not installed");
        SymbolSource source = source();
        long base = image().optionalHeader().imageBase();
        Section code = image().sections().get(0);
        var asked = new StringBuilder();
        for (long rva = code.rva(); rva < code.rva() + code.sizeBytes(); rva += 7) {
            asked.append("0x").append(Long.toHexString(base + rva)).append('\n');
        }
        Path questions = directory.resolve("questions");
        Path answers = directory.resolve("answers");
        Files.writeString(questions, asked);
        Process process =
                new ProcessBuilder(
                                tool.toString(),
                                "--no-demangle",
                                "--functions=linkage",
                                "--obj=" + HELLO)
                        .redirectInput(questions.toFile())
                        .redirectOutput(answers.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
        String[] blocks = Files.readString(answers).split("\n\n");
        int compared = 0;
        for (int i = 0; i < blocks.length; i++) {
            long rva = code.rva() + i * 7L;
            if (source.symbolAt(rva).isEmpty()) {
                continue; // Padding, for which the oracle goes on with the line before.
            }
            var expected = new ArrayList<>(List.of(blocks[i].strip().split("\n")));
            // Its name of the function comes from the COFF symbols: .l_startw.
            expected.remove(expected.size() - 2);
            assertThat(frames(source, rva)).as(Long.toHexString(rva)).isEqualTo(expected);
            compared++;
        }
        assertThat(compared).isGreaterThan(3000);
    }

    @Test
    void findsByName() throws IOException {
        assertThat(source().named("main")).hasSize(1);
        assertThat(source().named("absent")).isEmpty();
    }

    private static List<String> frames(SymbolSource source, long rva) {
        var frames = new ArrayList<String>();
        for (InlineFrame frame : source.inlinedAt(rva)) {
            frames.add(frame.name());
            frames.add(place(frame.line()));
        }
        frames.add(place(source.lineAt(rva)));
        return frames;
    }

    private static String place(Optional<SourceLine> line) {
        return line.map(l -> l.file() + ":" + l.line() + ":" + l.column().orElse(0))
                .orElse("??:0:0");
    }
}
