package oriel.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.model.Architecture;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** A slice of scripts/compare-disassembly: 20,000 encodings of each architecture. */
@EnabledIf(
        value = "oriel.bench.oracle.OracleSliceTest#toolsArePresent",
        disabledReason = "needs llvm-objdump-19 and objdump")
class OracleSliceTest {
    private static final int COUNT = 20_000;

    @TempDir Path scratch;

    static boolean toolsArePresent() {
        return Oracle.LLVM.isPresent() && Oracle.GNU.isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"X86", "X64", "ARM64"})
    void randomEncodings(Architecture architecture) throws IOException {
        var comparison = new Comparison(Syntax.INTEL, true, scratch);
        comparison.add(RandomCode.of(architecture, COUNT, 19));
        assertThat(comparison.agreed()).isGreaterThan(COUNT / 10);
        assertThat(comparison.count(Comparison.Difference.LENGTH)).as(comparison.report()).isZero();
        if (architecture == Architecture.ARM64) {
            assertThat(comparison.holds()).as(comparison.report()).isTrue();
        }
    }

    @ParameterizedTest
    @NeedsCorpus
    @EnumSource(names = {"X86", "X64", "ARM64"})
    void realImages(Architecture architecture) throws IOException {
        Path image =
                Corpus.file(
                        switch (architecture) {
                            case X86 -> "sentry/windows/crash.exe";
                            case X64 -> "sentry/windows/CrashWithException.exe";
                            default -> "sentry/windows/arm64/test.exe";
                        });
        var comparison = new Comparison(Syntax.INTEL, true, scratch);
        for (CodeBlock block : ImageCode.read(image)) {
            comparison.add(block);
        }
        assertThat(comparison.agreed()).isGreaterThan(1_000);
        assertThat(comparison.count(Comparison.Difference.LENGTH)).as(comparison.report()).isZero();
    }

    @Test
    @NeedsCorpus
    void attSyntax() throws IOException {
        var comparison = new Comparison(Syntax.ATT, true, scratch);
        for (String image : new String[] {"crash.exe", "CrashWithException.exe"}) {
            for (CodeBlock block : ImageCode.read(Corpus.file("sentry/windows/" + image))) {
                comparison.add(block);
            }
        }
        assertThat(comparison.holds()).as(comparison.report()).isTrue();
    }

    @Test
    void noticesWrongText() {
        assertThat(PlainText.same("mov rax,-1", "mov rax,0xffffffffffffffff")).isTrue();
        assertThat(PlainText.same("mov rax,1", "mov rax,2")).isFalse();
        assertThat(PlainText.same("mov rax,1", "mov rcx,1")).isFalse();
        assertThat(PlainText.same("add al,-1", "add al,0ffh")).isTrue();
        assertThat(PlainText.same("ret", "ret 8")).isFalse();
    }
}
