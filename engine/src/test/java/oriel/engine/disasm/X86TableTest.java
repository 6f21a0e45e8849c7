package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables are sorted, which the search for rows relies on, and every row parses. */
class X86TableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-byte",
                "0f",
                "0f38",
                "0f3a",
                "3dnow",
                "vex-0f",
                "vex-0f38",
                "vex-0f3a",
                "vex-map7",
                "xop8",
                "xop9",
                "xopa",
                "evex-0f",
                "evex-0f38",
                "evex-0f3a",
                "evex-map5",
                "evex-map6"
            })
    void everyRowParses(String map) throws IOException {
        boolean extended = map.startsWith("vex") || map.startsWith("xop") || map.startsWith("evex");
        List<String> rows = rows("x86-" + map + ".txt");
        assertThat(rows).isNotEmpty();
        String last = "00";
        for (String row : rows) {
            String opcode = row.substring(0, 2);
            assertThat(opcode).isGreaterThanOrEqualTo(last);
            last = opcode;
            for (boolean is64 : new boolean[] {false, true}) {
                var encoding = new X86Encoding(new X86Row(row, is64, extended), is64);
                assertThat(encoding.operands).hasSizeLessThanOrEqualTo(Instruction.MAX_OPERANDS);
                assertThat(encoding.match & ~encoding.mask).as(row).isZero();
            }
        }
    }

    private static List<String> rows(String resource) throws IOException {
        try (InputStream in = X86TableTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
    }
}
