package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables are sorted, which the search for rows relies on, and every row parses. */
class X86TableTest {
    @ParameterizedTest
    @EnumSource
    void everyRowParses(X86Map map) {
        assertThat(map.rows()).endsWith("\n");
        List<String> rows = map.rows().lines().toList();
        assertThat(rows).isNotEmpty();
        String last = "00";
        for (String row : rows) {
            String opcode = row.substring(0, 2);
            assertThat(opcode).isGreaterThanOrEqualTo(last);
            last = opcode;
            for (boolean is64 : new boolean[] {false, true}) {
                var encoding = new X86Encoding(new X86Row(row, is64, map.isExtended()), is64);
                assertThat(encoding.operands).hasSizeLessThanOrEqualTo(Instruction.MAX_OPERANDS);
                assertThat(encoding.match & ~encoding.mask).as(row).isZero();
            }
        }
    }
}
