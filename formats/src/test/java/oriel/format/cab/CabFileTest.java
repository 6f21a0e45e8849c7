package oriel.format.cab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

class CabFileTest {
    @Test
    void readsStoredFiles() throws IOException {
        byte[] content = text(100_000);
        byte[] cab =
                CabBuilder.stored(content)
                        .file("one.txt", 0, 40_000)
                        .file("dir\\two.txt", 40_000, 60_000)
                        .build();
        CabFile read = CabFile.read(Bytes.of(cab, "x.cab"));
        assertThat(read.entries())
                .containsExactly(
                        new CabEntry("one.txt", 40_000, 0, 0),
                        new CabEntry("dir\\two.txt", 60_000, 0, 40_000));
        assertThat(extract(cab, 0)).isEqualTo(Arrays.copyOf(content, 40_000));
        assertThat(extract(cab, 1)).isEqualTo(Arrays.copyOfRange(content, 40_000, 100_000));
    }

    @Test
    void readsMsZipWithHistoryAcrossBlocks() throws IOException {
        byte[] content = text(200_000);
        byte[] cab = CabBuilder.mszip(content).file("a.pdb", 0, content.length).build();
        assertThat(cab.length).isLessThan(content.length / 2);
        assertThat(extract(cab, 0)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18, 19, 20, 21})
    void readsLzxOfEveryWindow(int windowBits) throws IOException {
        byte[] content = text(400_001);
        byte[] cab =
                CabBuilder.lzx(content, windowBits, 0).file("a.pdb", 0, content.length).build();
        assertThat(extract(cab, 0)).isEqualTo(content);
    }

    @Test
    void readsLzxWithLopsidedCodes() throws IOException {
        var random = new Random(5);
        var content = new byte[70_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ('a' + random.nextInt(1 << random.nextInt(5)));
        }
        byte[] cab = CabBuilder.lzx(content, 15, 0).file("a", 0, content.length).build();
        assertThat(extract(cab, 0)).isEqualTo(content);
        byte[] zeros = new byte[50_000];
        byte[] small = CabBuilder.lzx(zeros, 15, 0).file("a", 0, zeros.length).build();
        assertThat(extract(small, 0)).isEqualTo(zeros);
    }

    @Test
    void undoesTheTranslationOfCalls() throws IOException {
        byte[] content = code(150_000);
        byte[] cab = CabBuilder.lzx(content, 17, 120_000).file("a.exe", 0, content.length).build();
        assertThat(extract(cab, 0)).isEqualTo(content);
    }

    @Test
    void agreesWithCabextract(@TempDir Path directory) throws Exception {
        assumeTrue(hasCabextract(), "cabextract is not installed");
        byte[] text = text(400_001);
        byte[] code = code(150_000);
        byte[][] contents = {text, text, code, text};
        byte[][] cabinets = {
            CabBuilder.mszip(text).file("a", 0, text.length).build(),
            CabBuilder.lzx(text, 21, 0).file("a", 0, text.length).build(),
            CabBuilder.lzx(code, 16, 120_000).file("a", 0, code.length).build(),
            CabBuilder.stored(text).file("a", 0, text.length).build()
        };
        for (int i = 0; i < cabinets.length; i++) {
            Path cab = directory.resolve(i + ".cab");
            Path out = directory.resolve(i + ".out");
            Files.write(cab, cabinets[i]);
            Process process =
                    new ProcessBuilder("cabextract", "-p", "-q", cab.toString())
                            .redirectOutput(out.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            assertThat(process.waitFor()).as("cabinet %d", i).isZero();
            assertThat(Files.readAllBytes(out)).as("cabinet %d", i).isEqualTo(contents[i]);
        }
    }

    @Test
    @NeedsCorpus
    void expandsTheCabinetOfASymbolServer() throws IOException {
        Path folder =
                Corpus.file("sentry/symbol-server/crash.pdb/3249D99D0C4049318610F4E4FB0B69361");
        byte[] cab = Files.readAllBytes(folder.resolve("crash.pdb"));
        assertThat(extract(cab, 0))
                .isEqualTo(Files.readAllBytes(folder.resolve("crash.pdb.original")));
    }

    @Test
    void refusesDamagedBlocks() {
        byte[] content = text(60_000);
        byte[] cab = CabBuilder.mszip(content).file("a", 0, content.length).build();
        cab[cab.length - 100] ^= 1;
        assertThatThrownBy(() -> extract(cab, 0))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void refusesFilesThatAreNotWhole() {
        byte[] content = text(1000);
        byte[] cab = CabBuilder.stored(content).file("a", 0, 5000).build();
        assertThatThrownBy(() -> extract(cab, 0))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a ends after 1000 of 5000 bytes");
        byte[] spanning = CabBuilder.stored(content).file("a", 0, 1000).build();
        spanning[36 + 8 + 8] = (byte) 0xfe;
        spanning[36 + 8 + 9] = (byte) 0xff;
        assertThatThrownBy(() -> extract(spanning, 0))
                .hasMessageContaining("continues in another cabinet");
    }

    @Test
    void refusesOtherCompressionAndOtherFiles() {
        byte[] cab = CabBuilder.stored(text(10)).file("a", 0, 10).build();
        cab[36 + 6] = 2;
        assertThatThrownBy(() -> extract(cab, 0)).hasMessageContaining("Quantum");
        cab[36 + 6] = 3;
        cab[36 + 7] = 30;
        assertThatThrownBy(() -> extract(cab, 0)).hasMessageContaining("window of 30 bits");
        assertThatThrownBy(() -> CabFile.read(Bytes.of(new byte[100], "x")))
                .hasMessage("x+0x0: not a cabinet: does not begin with MSCF");
    }

    @Test
    void refusesCountsThatDoNotFit() {
        byte[] cab = CabBuilder.stored(text(10)).file("a", 0, 10).build();
        cab[28] = (byte) 0xff;
        cab[29] = (byte) 0xff;
        assertThatThrownBy(() -> CabFile.read(Bytes.of(cab, "x")))
                .hasMessageContaining("count 65535 of 17-byte records does not fit");
    }

    private static byte[] extract(byte[] cab, int entry) throws IOException {
        CabFile file = CabFile.read(Bytes.of(cab, "x.cab"));
        var out = new ByteArrayOutputStream();
        file.extract(file.entries().get(entry), out);
        return out.toByteArray();
    }

    private static byte[] text(int size) {
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.length() < size) {
            text.append("word")
                    .append(random.nextInt(500))
                    .append(random.nextInt(3) == 0 ? "\n" : " ");
            if (random.nextInt(50) == 0) {
                text.append((char) (' ' + random.nextInt(90)));
            }
        }
        return text.substring(0, size).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Noise with many calls in it. */
    private static byte[] code(int size) {
        var random = new Random(2);
        var code = new byte[size];
        random.nextBytes(code);
        for (int at = 0; at + 5 < size; at += 7 + random.nextInt(30)) {
            code[at] = (byte) 0xe8;
            int relative = random.nextInt(300_000) - 150_000;
            for (int i = 0; i < 4; i++) {
                code[at + 1 + i] = (byte) (relative >>> 8 * i);
            }
        }
        return code;
    }

    private static boolean hasCabextract() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(directory, "cabextract"))) {
                return true;
            }
        }
        return false;
    }
}
