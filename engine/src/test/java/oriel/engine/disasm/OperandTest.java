package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.engine.disasm.Operand.Access;
import oriel.engine.disasm.Operand.Kind;

class OperandTest {
    @Test
    void numbersOfKindsAndAccessesAreTheOrdinals() {
        int[] kinds = {
            Operand.REGISTER,
            Operand.IMMEDIATE,
            Operand.MEMORY,
            Operand.TARGET,
            Operand.FAR_POINTER,
            Operand.CONSTANT,
            Operand.NAME
        };
        Kind[] named = {
            Kind.REGISTER,
            Kind.IMMEDIATE,
            Kind.MEMORY,
            Kind.TARGET,
            Kind.FAR_POINTER,
            Kind.CONSTANT,
            Kind.NAME
        };
        for (int i = 0; i < named.length; i++) {
            assertThat(kinds[i]).isEqualTo(named[i].ordinal());
        }
        assertThat(named).containsExactly(Kind.values());
        assertThat(Operand.READ).isEqualTo(Access.READ.ordinal());
        assertThat(Operand.WRITE).isEqualTo(Access.WRITE.ordinal());
        assertThat(Operand.READ_WRITE).isEqualTo(Access.READ_WRITE.ordinal());
        assertThat(Operand.NO_ACCESS).isEqualTo(Access.NONE.ordinal());
    }
}
