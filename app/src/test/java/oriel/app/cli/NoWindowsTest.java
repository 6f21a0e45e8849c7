package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;

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

    /** Else they would say that they need Windows where the launcher could have found one. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theLauncherTakesAllOfThemToWindows() throws IOException {
        String launcher = Files.readString(Corpus.projectRoot().resolve("oriel"));
        int start = launcher.indexOf("needs_windows() {");
        String cases = launcher.substring(start, launcher.indexOf("symbols)", start));
        var taken = List.of(cases.split("[^a-z]+"));
        for (String name : CommandTable.NAMES) {
            boolean refused =
                    Stream.of(new String[] {name}, new String[] {name, "1"})
                            .map(Outcome::of)
                            .anyMatch(outcome -> outcome.err().contains("a matter of Windows"));
            assertThat(refused && !taken.contains(name)).as(name).isFalse();
        }
        assertThat(taken).contains("ps", "resume", "debug");
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
