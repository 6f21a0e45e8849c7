package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.bytes.Bytes;

class ForeignFormatTest {
    private static String refusal(byte[] file) {
        return ForeignFormat.refusal(Bytes.of(file, "x")).getMessage();
    }

    private static byte[] starting(String start) {
        return Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 64);
    }

    @ParameterizedTest
    @CsvSource({
        "MZ, PE image",
        "MSCF, CAB archive: unpack it first",
        "BZh91, bzip2",
        "Rar!, RAR archive",
        "PMDM, big-endian minidump",
        "MDMP, cut short",
        "USERDU64, cut short",
        "JAVA PROFILE 1.0.2, Java heap dump",
        "Microsoft C/C++ MSF 7.00, PDB",
        "hibr, hibernation",
    })
    void bySignature(String start, String words) {
        assertThat(refusal(starting(start))).startsWith("x+0x0: ").contains(words);
    }

    @Test
    void binarySignatures() {
        assertThat(refusal(starting("PK\u0003\u0004"))).contains("ZIP archive");
        assertThat(refusal(starting("7z\u00bc\u00af\u0027\u001c"))).contains("7-Zip");
        assertThat(refusal(starting("\u001f\u008b\u0008"))).contains("gzip");
        assertThat(refusal(starting("\u00fd7zXZ"))).contains("xz");
        assertThat(refusal(starting("(\u00b5/\u00fd"))).contains("zstd");
        byte[] elf = starting("\u007fELF");
        assertThat(refusal(elf)).contains("an ELF file");
        elf[16] = 4;
        assertThat(refusal(elf)).contains("an ELF core file");
        byte[] mach = starting("\u00cf\u00fa\u00ed\u00fe");
        mach[12] = 4;
        assertThat(refusal(mach)).contains("Mach-O core");
    }

    @Test
    void byContents() {
        assertThat(refusal(new byte[0])).contains("empty");
        assertThat(refusal(new byte[9000])).contains("zeros");
        assertThat(refusal("hello\n".getBytes(StandardCharsets.UTF_8))).contains("text file");
        for (int size : new int[] {300, 5000}) {
            var random = new byte[size];
            new Random(42).nextBytes(random);
            assertThat(refusal(random)).contains("encrypted or compressed");
        }
        assertThat(refusal(new byte[] {1, 2, 3})).contains("neither a minidump nor");
    }

    @Test
    void aDirectoryIsNoFile(@TempDir Path folder) {
        assertThatThrownBy(() -> DumpTarget.open(folder, DumpOptions.DEFAULT))
                .hasMessageContaining("is a directory");
    }
}
