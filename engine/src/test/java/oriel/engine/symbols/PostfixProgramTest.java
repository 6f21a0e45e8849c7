package oriel.engine.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.model.Architecture;
import oriel.model.Memory;

class PostfixProgramTest {
    /** Every pointer at address a holds a + 0x1000. */
    private static final Memory MEMORY =
            (va, into, offset, length) -> {
                if (va < 0x100 || va >= 0x9000) {
                    return 0;
                }
                for (int i = 0; i < length; i++) {
                    into[offset + i] = (byte) (va + 0x1000 >>> 8 * i);
                }
                return length;
            };

    private static PostfixProgram program() {
        return new PostfixProgram(MEMORY, Architecture.X86);
    }

    @Test
    void assignsAndDereferences() {
        PostfixProgram program = program();
        program.define(".raSearch", 0x200);
        assertThat(program.run("$T0 .raSearch = $eip $T0 ^ = $esp $T0 4 + =")).isTrue();
        assertThat(program.assigned("$eip")).hasValue(0x1200);
        assertThat(program.assigned("$esp")).hasValue(0x204);
        assertThat(program.assigned(".raSearch")).isEmpty();
        assertThat(program.value(".raSearch")).hasValue(0x200);
    }

    @Test
    void computesInTheWidthOfThePointer() {
        assertThat(program().evaluate("4 8 -")).hasValue(0xfffffffcL);
        assertThat(program().evaluate("-4")).hasValue(0xfffffffcL);
        assertThat(program().evaluate("7 3 *")).hasValue(21);
        assertThat(program().evaluate("-1 16 /")).hasValue(0xfffffff);
        assertThat(program().evaluate("17 5 %")).hasValue(2);
        assertThat(program().evaluate("1007 16 @")).hasValue(992);
        assertThat(new PostfixProgram(MEMORY, Architecture.X64).evaluate("4 8 -")).hasValue(-4);
    }

    @Test
    void takesAnAssignmentThatIsGluedToTheNextWord() {
        PostfixProgram program = program();
        program.define("$ebp", 0x200);
        assertThat(program.run("$T0 $ebp 4 + =$eip $T0 ^ =$ebp $T0 =")).isTrue();
        assertThat(program.assigned("$eip")).hasValue(0x1204);
        assertThat(program.assigned("$ebp")).hasValue(0x204);
    }

    @Test
    void failsWithoutThrowing() {
        for (String bad :
                new String[] {
                    "1 0 /",
                    "1 0 %",
                    "1 0 @",
                    "+",
                    "1 +",
                    "nowhere",
                    "16 ^",
                    "= =",
                    "1 2",
                    "",
                    "99999999999999999999",
                    "1 2 ="
                }) {
            assertThat(program().evaluate(bad)).as(bad).isEmpty();
        }
        assertThat(program().run("$eip $eip 0 / =")).isFalse();
        assertThat(program().run("1 2 =")).isFalse();
    }

    @Test
    void keepsWhatCameBeforeAFailure() {
        PostfixProgram program = program();
        assertThat(program.run("$a 5 = $b $a 0 / =")).isFalse();
        assertThat(program.assigned("$a")).hasValue(5);
        assertThat(program.assigned("$b")).isEmpty();
    }

    @Test
    void refusesEndlessPrograms() {
        assertThat(program().run("$a 1 = ".repeat(20_000))).isFalse();
    }
}
