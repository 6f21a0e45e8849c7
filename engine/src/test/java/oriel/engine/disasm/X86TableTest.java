package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables are sorted, which the search for rows relies on, and every row parses. */
class X86TableTest {
    @ParameterizedTest
    @EnumSource
    void everyRowParses(X86Map map) {
        Set<String> parts = new LinkedHashSet<>();
        for (int opcode = 0; opcode < 256; opcode++) {
            parts.add(map.rows(opcode));
        }
        for (String part : parts) {
            assertThat(part).endsWith("\n");
            everyRowParses(map, part);
        }
    }

    private static void everyRowParses(X86Map map, String part) {
        List<String> rows = part.lines().toList();
        assertThat(rows).isNotEmpty();
        String last = "00";
        for (String row : rows) {
            String opcode = row.substring(0, 2);
            assertThat(opcode).isGreaterThanOrEqualTo(last);
            assertThat(map.rows(Integer.parseInt(opcode, 16))).as(row).isEqualTo(part);
            last = opcode;
            for (boolean is64 : new boolean[] {false, true}) {
                var encoding = new X86Encoding(new X86Row(row, is64, map.isExtended()), is64);
                assertThat(encoding.operands).hasSizeLessThanOrEqualTo(Instruction.MAX_OPERANDS);
                assertThat(encoding.match & ~encoding.mask).as(row).isZero();
            }
        }
    }
}
