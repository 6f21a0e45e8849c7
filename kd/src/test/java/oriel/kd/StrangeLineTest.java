package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What comes over a line before a kernel does, and what comes from something else. */
class StrangeLineTest {
    private static boolean isText(String words) {
        return StrangeLine.isText(words.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void takesLinesAndTerminalCodesForAMachineThatStarts() {
        assertThat(isText("SeaBIOS (version 1.16)\r\nMachine UUID 0f3a\r\n\r\n")).isTrue();
        assertThat(isText("\u001b[2J\u001b[1;1HLoading...")).isTrue();
        assertThat(isText("(freeldr.c:105) starts\n\n\u0007 and goes on as loaders do\n")).isTrue();
    }

    @Test
    void takesOtherThingsForOtherThings() {
        assertThat(isText("SSH-2.0-OpenSSH_9.2\r\n")).isFalse();
        assertThat(isText("bbbiiii\u0006\0\0\0\0\0\0\n\n")).isFalse();
        assertThat(isText("")).isFalse();
    }
}
