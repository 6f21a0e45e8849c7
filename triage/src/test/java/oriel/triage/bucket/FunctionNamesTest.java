package oriel.triage.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "level3|level3",
                "void ns::f<int>(char) const|ns::f<int>",
                "ns::C::operator()(int)|ns::C::operator()",
                "bool operator<(A const &,B const &)|operator<",
                "`anonymous namespace'::CrashFunction|`anonymous namespace'::CrashFunction",
                "(anonymous namespace)::f(int)|(anonymous namespace)::f",
                "std::map<int (*)(char),int>::find(int)|std::map<int (*)(char),int>::find",
                "f.cold|f",
                "app::main::h0123456789abcdef|app::main",
                "main.main|main.main",
                "(|(",
            })
    void leavesTheName(String name, String plain) {
        assertThat(FunctionNames.plain(name)).isEqualTo(plain);
    }
}
