package oriel.engine.demangle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.engine.demangle.Demangler.Level;

class MsvcFuzzTest {
    @FuzzTest
    void neverFails(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String name = text.startsWith("?") ? text : "?" + text;
        for (Level level : Level.values()) {
            assertThat(Demangler.demangle(name, level).length())
                    .isLessThan(17_000 + 65 * name.length());
        }
    }
}
