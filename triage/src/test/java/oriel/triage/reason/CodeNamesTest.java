package oriel.triage.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeNamesTest {
    @ParameterizedTest
    @CsvSource({
        "c0000005, STATUS_ACCESS_VIOLATION, AV",
        "c00000fd, STATUS_STACK_OVERFLOW, StackExhaustion",
        "80000003, STATUS_BREAKPOINT, Breakpoint",
        "4000001f, STATUS_WX86_BREAKPOINT, Breakpoint",
        "e06d7363, C++ exception, C++",
        "0eedfade, Delphi exception, Delphi",
        "406d1388, MS_VC_EXCEPTION, ThreadName",
        "c0000022, STATUS_ACCESS_DENIED, 0xc0000022",
        "80004005, E_FAIL, 0x80004005",
        "80070005, E_ACCESSDENIED, 0x80070005",
        "8007007e, ERROR_MOD_NOT_FOUND, 0x8007007e",
        "d0000005, STATUS_ACCESS_VIOLATION, 0xd0000005",
        "c007000e, ERROR_OUTOFMEMORY, Win32",
        "e1234567, 0xe1234567, 0xe1234567",
    })
    void namesCodes(String code, String name, String shortName) {
        CodeNames.Named named = CodeNames.exception(Integer.parseUnsignedInt(code, 16));
        assertThat(named.name()).isEqualTo(name);
        assertThat(named.shortName()).isEqualTo(shortName);
    }

    @Test
    void namesFastFails() {
        assertThat(CodeNames.fastFail(10).orElseThrow().name())
                .isEqualTo("FAST_FAIL_GUARD_ICALL_CHECK_FAILURE");
        assertThat(CodeNames.fastFail(3).orElseThrow().shortName()).isEqualTo("CorruptListEntry");
        assertThat(CodeNames.fastFail(0xffffffffL)).isPresent();
        assertThat(CodeNames.fastFail(15)).isEmpty();
        assertThat(CodeNames.fastFail(-1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exceptions.tsv",
                "ntstatus.tsv",
                "hresult.tsv",
                "win32.tsv",
                "fastfail.tsv"
            })
    void everyRowIsFound(String resource) throws IOException {
        CodeTable table = CodeTable.load(resource);
        List<String> rows;
        try (var in = CodeNames.class.getResourceAsStream(resource)) {
            rows =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .toList();
        }
        assertThat(rows).isNotEmpty();
        long last = -1;
        for (String row : rows) {
            String[] fields = row.split("\t");
            long code = Long.parseLong(fields[0], 16);
            assertThat(code).as(row).isGreaterThan(last);
            assertThat(table.row((int) code).orElseThrow()[0]).isEqualTo(fields[1]);
            last = code;
        }
    }

    @ParameterizedTest
    @CsvSource({
        ".?AVruntime_error@std@@, std::runtime_error",
        ".?AUCageOpen@zoo@@, zoo::CageOpen",
        ".?AW4Colour@@, Colour",
        ".H, int",
        ".PEAD, char *",
        ".?AV?$vector@H@std@@, std::vector<int>",
        "rust_panic, rust_panic",
    })
    void readsTypeNames(String decorated, String readable) {
        assertThat(TypeNames.readable(decorated)).isEqualTo(readable);
    }
}
