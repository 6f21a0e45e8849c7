package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The commands x and ln on a dump whose PDB has mangled names. */
class SymbolCommandsTest {
    private static String typed(String line) throws IOException {
        try (var console = new DumpConsole("throw-x64.dmp")) {
            return console.type(line);
        }
    }

    @Test
    void namesAreReadableAndTellOnce() throws IOException {
        assertThat(typed("x throw-x64!*vftable*"))
                .contains("throw-x64!type_info::`vftable'\n")
                .doesNotContain("??_7");
        assertThat(typed("x throw-x64!sink")).hasLineCount(1).endsWith("throw-x64!sink\n");
        assertThat(typed("x throw-x64!LEVEL?")).hasLineCount(3).contains("!level2\n");
    }

    @Test
    void mangledNamesCanBeAskedForToo() throws IOException {
        assertThat(typed("x throw-x64!??_7*")).endsWith("throw-x64!type_info::`vftable'\n");
        assertThat(typed("x throw-x64!nothing"))
                .isEqualTo("oriel: no symbol matches 'throw-x64!nothing'\n");
    }

    @Test
    void nearest() throws IOException {
        assertThat(typed("ln 140001084"))
                .contains("throw-x64!level2+0x4")
                .contains("throw.cpp:43")
                .contains("   |   ");
        assertThat(typed("ln throw-x64!level2")).contains("Exact matches:\n    throw-x64!level2");
    }
}
