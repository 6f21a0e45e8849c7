package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands on running processes where there is no Windows, and one that needs none. */
class NoWindowsTest {
    @TempDir Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theReasonIsSaid() {
        for (String[] args :
                new String[][] {
                    {"ps"}, {"windows"}, {"kill", "1"}, {"stack", "--pid", "1"}, {"info", "pid:app"}
                }) {
            Outcome outcome = Outcome.of(args);
            assertThat(outcome.code()).isEqualTo(ExitCode.UNREADABLE);
            assertThat(outcome.err()).contains("a matter of Windows").contains("launcher");
        }
    }

    @Test
    void hexdumpNeedsNoWindows() throws IOException {
        byte[] bytes = "0123456789abcdefXYZ".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(folder.resolve("bytes"), bytes);
        assertThat(Outcome.of("hexdump", file.toString()).out())
                .isEqualTo(
                        "00000000  30 31 32 33 34 35 36 37-38 39 61 62 63 64 65 66  0123456789abcdef\n"
                                + "00000010  58 59 5a                                         XYZ\n");
        assertThat(
                        Outcome.of("hexdump", file.toString(), "--offset", "2", "-n", "2", "--json")
                                .out())
                .isEqualTo("{\"address\":\"0x2\",\"bytes\":\"3233\"}\n");
        assertThat(Outcome.of("hexdump", file.toString(), "--offset", "12", "-n", "1").out())
                .startsWith("00000012  5a  ");
    }
}
