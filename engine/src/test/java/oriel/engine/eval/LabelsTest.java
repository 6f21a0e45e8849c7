package oriel.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels of a process: the examples of the WinAppDbg guide, fuzzy syntax and resolving. */
class LabelsTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    kernel32, kernel32!
                    kernel32.dll, kernel32!
                    CreateFileA, !CreateFileA
                    0x7c800000, kernel32!
                    0x7c800000 + 6696, kernel32!0x1a28
                    0x7c801a28, kernel32!0x1a28
                    0x200, 0x200
                    KERNEL32.DLL ! CreateFileA, kernel32!CreateFileA
                    0x7c800000 ! CreateFileA, kernel32!CreateFileA
                    user32.dll!MessageBoxA, user32!MessageBoxA
                    '', 0x0
                    """)
    void sanitizes(String text, String strict) {
        assertThat(Kernel32.exportsOnly().sanitize(text)).isEqualTo(strict);
    }

    /** The results of split_label_fuzzy in the guide, part by part; nothing for None. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    kernel32, kernel32, , 0
                    kernel32.dll, kernel32, , 0
                    CreateFileA, , CreateFileA, 0
                    0x7c800000, kernel32, , 0
                    0x7c800000 + 6696, kernel32, , 6696
                    0x7c801a28, kernel32, , 6696
                    0x200, , , 512
                    """)
    void splitsIntoThePartsOfTheGuide(
            String text, @Nullable String module, @Nullable String function, long offset) {
        assertThat(Kernel32.exportsOnly().split(text))
                .isEqualTo(LabelTest.parts(module, function, null, offset));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    kernel32!base.c:10, 3000
                    kernel32!base.c:11, 3004
                    BASE.C:12, 4000
                    `src/base.c:11`, 3004
                    `kernel32!win\\src\\base.c:13`, 4000
                    base.c:10+0x10, 3010
                    """)
    void linesOfSourceFilesAreWhereTheirCodeBegins(String text, String rva) {
        Labels labels = Kernel32.withSymbols();
        assertThat(labels.resolve(text)).isEqualTo(Kernel32.BASE + Long.parseLong(rva, 16));
    }

    @Test
    void saysThatALineHasNoCode() {
        Labels labels = Kernel32.withSymbols();
        assertThatThrownBy(() -> labels.resolve("kernel32!base.c:14"))
                .hasMessageContaining("symbols of kernel32 tell no code of line base.c:14");
        assertThatThrownBy(() -> labels.resolve("ase.c:10"))
                .hasMessageContaining("no code of line ase.c:10 is known");
        assertThat(labels.find(Label.of("kernel32", "other.c:99", 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    kernel32, 2088763392
                    KERNEL32, 2088763392
                    kernel32.dll, 2088763392
                    kernel32 + 0x200, 2088763904
                    kernel32 ! CreateFileA, 2088770088
                    CreateFileA, 2088770088
                    ' # 16', 2090010350
                    ' # 0x10', 2090010350
                    kernel32 ! CreateFileA + 0x200, 2088770600
                    CreateFileA + 0x200, 2088770600
                    0x7c800000, 2088763392
                    0x7c800000 ! CreateFileA, 2088770088
                    """)
    void resolvesTheExamplesOfTheGuide(String text, long va) {
        assertThat(Kernel32.exportsOnly().resolve(text)).isEqualTo(va);
    }

    @Test
    void anAddressWithoutNamesIsCountedFromItsModule() {
        Labels labels = Kernel32.exportsOnly();
        assertThat(labels.at(0x7c801a28).display()).isEqualTo("kernel32+0x1a28!");
        assertThat(labels.at(0x7c801a28)).hasToString("kernel32!0x1a28");
        assertThat(labels.resolve(labels.at(0x7c801a28).display())).isEqualTo(0x7c801a28);
        assertThat(labels.at(0x200)).hasToString("0x200");
    }

    @Test
    void symbolsComeBeforeExports() {
        Labels labels = Kernel32.withSymbols();
        assertThat(labels.resolve("CreateFileA")).isEqualTo(Kernel32.BASE + 0x2000);
        assertThat(labels.resolve("kernel32!BasepInit+2")).isEqualTo(Kernel32.BASE + 0x3002);
        assertThat(labels.at(Kernel32.BASE + 0x3002)).hasToString("kernel32!BasepInit+0x2");
        assertThat(labels.resolve("ntdll!RtlAllocateHeap")).isEqualTo(Kernel32.NTDLL + 0x9000);
    }

    @Test
    void forwardersLeadToTheOtherModule() {
        assertThat(Kernel32.exportsOnly().resolve("kernel32!HeapAlloc"))
                .isEqualTo(Kernel32.NTDLL + 0x9000);
    }

    @Test
    void startIsTheEntryPoint() {
        Labels labels = Kernel32.exportsOnly();
        assertThat(labels.resolve("kernel32!start")).isEqualTo(Kernel32.BASE + 0xb64e);
        assertThatThrownBy(() -> labels.resolve("ntdll!start"))
                .hasMessage("'ntdll!start' at 0: ntdll has no start");
    }

    @Test
    void saysWhatIsMissing() {
        Labels labels = Kernel32.exportsOnly();
        assertThatThrownBy(() -> labels.resolve("user32!MessageBoxA"))
                .isInstanceOf(EvalException.class)
                .hasMessage("'user32!MessageBoxA' at 0: no module user32 is loaded");
        assertThatThrownBy(() -> labels.resolve("Nowhere"))
                .hasMessageContaining("no module has Nowhere");
        assertThatThrownBy(() -> labels.resolve("kernel32!#99"))
                .hasMessageContaining("kernel32 has no export #99");
        assertThat(labels.find(Label.of("user32", 0))).isEmpty();
    }
}
