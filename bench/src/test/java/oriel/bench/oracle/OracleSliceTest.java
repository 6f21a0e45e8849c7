package oriel.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.bench.oracle.Comparison.Subject;
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
        assertThat(comparison.holds()).as(comparison.report()).isTrue();
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
        assertThat(comparison.holds()).as(comparison.report()).isTrue();
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

    /** A canary: the rules do not hold for a decoder of another mode. */
    @Test
    void noticesWrongLengths() throws IOException {
        var comparison =
                new Comparison(
                        Syntax.INTEL,
                        true,
                        scratch,
                        (architecture, syntax) -> Subject.of(Architecture.X86, syntax));
        comparison.add(RandomCode.of(Architecture.X64, 2_000, 19));
        assertThat(comparison.count(Comparison.Difference.LENGTH)).isGreaterThan(10);
        assertThat(comparison.holds()).isFalse();
    }

    /** A canary: the rules do not hold for a formatter that drops the last letter. */
    @Test
    void noticesWrongText() throws IOException {
        var comparison =
                new Comparison(
                        Syntax.INTEL,
                        true,
                        scratch,
                        (architecture, syntax) -> {
                            Subject subject = Subject.of(architecture, syntax);
                            return new Subject(
                                    subject.disassembler(),
                                    (instruction, out) -> {
                                        subject.formatter().format(instruction, out);
                                        out.setLength(out.length() - 1);
                                    });
                        });
        comparison.add(RandomCode.of(Architecture.X64, 2_000, 19));
        assertThat(comparison.count(Comparison.Difference.LENGTH)).isZero();
        assertThat(comparison.count(Comparison.Difference.TEXT)).isGreaterThan(1_000);
        assertThat(comparison.holds()).isFalse();
    }

    @Test
    void tellsTextsApart() {
        assertThat(PlainText.same("mov rax,-1", "mov rax,0xffffffffffffffff")).isTrue();
        assertThat(PlainText.same("mov rax,1", "mov rax,2")).isFalse();
        assertThat(PlainText.same("mov rax,1", "mov rcx,1")).isFalse();
        assertThat(PlainText.same("add al,-1", "add al,0ffh")).isTrue();
        assertThat(PlainText.same("ret", "ret 8")).isFalse();
    }
}
