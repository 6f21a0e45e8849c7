package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static List<String> names(String line) {
        return CommandLine.parse(line).stream().map(c -> c.name() + "|" + c.rest()).toList();
    }

    @Test
    void semicolonsSeparateExceptInQuotesAndBraces() {
        assertThat(names("r rax; k 5 ;; ~*k")).containsExactly("r|rax", "k|5", "~*k|");
        assertThat(names("bp main \"k; g\"; g")).containsExactly("bp|main \"k; g\"", "g|");
        assertThat(names(".if (1) {k; g} .else {p}; q"))
                .containsExactly(".if|(1) {k; g} .else {p}", "q|");
        assertThat(names(".for (r $t0=0; $t0 < 3; r $t0=$t0+1) {p; k}; q"))
                .containsExactly(".for|(r $t0=0; $t0 < 3; r $t0=$t0+1) {p; k}", "q|");
        assertThat(names("bp x \"da \\\"a;b\\\"; g\"; g"))
                .containsExactly("bp|x \"da \\\"a;b\\\"; g\"", "g|");
    }

    @Test
    void commentsAreSkipped() {
        assertThat(names("* all; of it")).isEmpty();
        assertThat(names("$$ this; k; * rest; g")).containsExactly("k|");
        assertThat(names("$$<file.txt; k")).containsExactly("$$<|file.txt", "k|");
    }

    @Test
    void restOfTheLineBelongsToSome() {
        assertThat(names("j (1) 'k; r'; 'g'")).containsExactly("j|(1) 'k; r'; 'g'");
        assertThat(names("~*e r; k")).containsExactly("~*e|r; k");
        assertThat(names("!!echo a; b")).containsExactly("!!|echo a; b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
                    ?1+2=>?=>1+2
                    ??sizeof(int)=>??=>sizeof(int)
                    .if(1){k}=>.if=>(1){k}
                    r@rax=1=>r=>@rax=1
                    bp/1 main=>bp=>/1 main
                    ~1s=>~1s=>''
                    ~~[1a]s=>~~[1a]s=>''
                    """)
    void someNamesNeedNoBlank(String line, String name, String rest) {
        CommandLine command = CommandLine.parse(line).get(0);
        assertThat(command.name()).isEqualTo(name);
        assertThat(command.rest()).isEqualTo(rest);
    }

    @Test
    void caseOfTheNameIsKept() {
        CommandLine command = CommandLine.parse("dS @rsp").get(0);
        assertThat(command.name()).isEqualTo("ds");
        assertThat(command.word()).isEqualTo("dS");
        assertThat(command).hasToString("dS @rsp");
    }
}
