package oriel.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels without a target: the examples of the WinAppDbg guide, "Generating" and "Splitting". */
class LabelTest {
    @Test
    void generates() {
        assertThat(Label.NULL).hasToString("0x0");
        assertThat(Label.of(512)).hasToString("0x200");
        assertThat(Label.of("kernel32", 0)).hasToString("kernel32!");
        assertThat(Label.of("kernel32", "CreateFileA", 0)).hasToString("kernel32!CreateFileA");
        assertThat(Label.ofOrdinal("kernel32", 16, 0)).hasToString("kernel32!#0x10");
        assertThat(Label.of("kernel32", 512)).hasToString("kernel32!0x200");
        assertThat(Label.of("", "CreateFileA", 0)).hasToString("!CreateFileA");
        assertThat(Label.ofOrdinal("", 16, 0)).hasToString("!#0x10");
        assertThat(Label.of("", "CreateFileA", 512)).hasToString("!CreateFileA+0x200");
        assertThat(Label.ofOrdinal("", 16, 512)).hasToString("!#0x10+0x200");
        assertThat(Label.of("kernel32", "CreateFileA", 512))
                .hasToString("kernel32!CreateFileA+0x200");
        assertThat(Label.ofOrdinal("kernel32", 16, 512)).hasToString("kernel32!#0x10+0x200");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '', 0x0
                    0x0, 0x0
                    0x200, 0x200
                    '0x200 ! ', 0x200
                    ' ! 0x200', 0x200
                    'kernel32 ! ', kernel32!
                    kernel32 ! CreateFileA, kernel32!CreateFileA
                    'kernel32 ! # 0x10', kernel32!#0x10
                    kernel32 ! 0x200, kernel32!0x200
                    'kernel32 + 0x200 ! ', kernel32!0x200
                    ' ! CreateFileA', !CreateFileA
                    ' ! # 0x10', !#0x10
                    ' ! CreateFileA + 0x200', !CreateFileA+0x200
                    ' ! # 0x10 + 0x200', !#0x10+0x200
                    kernel32 ! CreateFileA + 0x200, kernel32!CreateFileA+0x200
                    'kernel32 ! # 0x10 + 0x200', kernel32!#0x10+0x200
                    """)
    void splitsTheExamplesOfTheGuide(String text, String strict) {
        assertThat(Label.parse(text)).hasToString(strict);
        assertThat(Label.parse(strict)).isEqualTo(Label.parse(text));
    }

    /** The results of split_label_strict in the guide, part by part; nothing for None. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '', , , , 0
                    0x0, , , , 0
                    0x200, , , , 512
                    '0x200 ! ', , , , 512
                    ' ! 0x200', , , , 512
                    'kernel32 ! ', kernel32, , , 0
                    kernel32 ! CreateFileA, kernel32, CreateFileA, , 0
                    'kernel32 ! # 0x10', kernel32, , 16, 0
                    kernel32 ! 0x200, kernel32, , , 512
                    'kernel32 + 0x200 ! ', kernel32, , , 512
                    ' ! CreateFileA', , CreateFileA, , 0
                    ' ! # 0x10', , , 16, 0
                    ' ! CreateFileA + 0x200', , CreateFileA, , 512
                    ' ! # 0x10 + 0x200', , , 16, 512
                    kernel32 ! CreateFileA + 0x200, kernel32, CreateFileA, , 512
                    'kernel32 ! # 0x10 + 0x200', kernel32, , 16, 512
                    0x7c800000, , , , 2088763392
                    """)
    void splitsIntoThePartsOfTheGuide(
            String text,
            @Nullable String module,
            @Nullable String function,
            @Nullable Long ordinal,
            long offset) {
        assertThat(Label.parse(text)).isEqualTo(parts(module, function, ordinal, offset));
    }

    static Label parts(
            @Nullable String module,
            @Nullable String function,
            @Nullable Long ordinal,
            long offset) {
        return new Label(
                Optional.ofNullable(module),
                Optional.ofNullable(function),
                ordinal == null ? OptionalLong.empty() : OptionalLong.of(ordinal),
                offset);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    app!main.c:42, app!main.c:42
                    `app!C:\\src\\main.c:42`, app!C:\\src\\main.c:42
                    `!main.c:42`, !main.c:42
                    """)
    void namesLinesOfSourceFiles(String text, String strict) {
        assertThat(Label.parse(text)).hasToString(strict);
        assertThat(Label.parse(text).isLine()).isTrue();
        assertThat(Label.parse("app!Shape::area").isLine()).isFalse();
        assertThat(Label.parse("app!a::1").isLine()).isFalse();
        assertThat(Label.parse("app!main.c:99999999").isLine()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    libstdc++-6!foo, libstdc++-6!foo
                    libgcc_s_seh-1!, libgcc_s_seh-1!
                    libgcc_s_seh-1+16!, libgcc_s_seh-1!0x10
                    app!operator+, app!operator+
                    app!operator++ + 8, app!operator+++0x8
                    app!operator!=, app!operator!=
                    app!face, app!face
                    app!0face, app!0xface
                    app!f-4, app!f-0x4
                    16, 0x10
                    0n, 0n
                    1f, 0x1f
                    0b101, 0x5
                    0o17, 0xf
                    7ff6`c0f21033, 0x7ff6c0f21033
                    """)
    void splitsNamesAndNumbersThatLookAlike(String text, String strict) {
        if (strict.equals("0n")) {
            assertThatThrownBy(() -> Label.parse(text)).isInstanceOf(EvalException.class);
        } else {
            assertThat(Label.parse(text)).hasToString(strict);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel32",
                "CreateFileA",
                "kernel32 + 0x200 ! CreateFileA",
                "kernel32!#",
                "#x",
                "kernel32 + 0x200"
            })
    void refusesWhatIsNotStrict(String text) {
        assertThatThrownBy(() -> Label.parse(text))
                .isInstanceOf(EvalException.class)
                .hasMessageContaining("'" + text + "' at ");
    }
}
