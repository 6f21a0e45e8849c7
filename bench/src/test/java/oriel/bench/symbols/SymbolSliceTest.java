package oriel.bench.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.pdb.Pdb;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** A slice of scripts/compare-symbols, with canaries that must be found to differ. */
@EnabledIf(
        value = "oriel.bench.symbols.SymbolSliceTest#toolsArePresent",
        disabledReason = "needs llvm-pdbutil-19 and llvm-symbolizer-19")
class SymbolSliceTest {
    private static final int ADDRESSES = 400;

    @TempDir Path scratch;

    static boolean toolsArePresent() {
        return Files.exists(Path.of("/usr/bin", SymbolizerRun.TOOL))
                && Files.exists(Path.of("/usr/bin/llvm-pdbutil-19"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crash-x64.pdb", "crash-x86.pdb", "throw-x64.pdb"})
    void samples(String file) throws Exception {
        Tally tally = compare(Corpus.projectRoot().resolve("examples").resolve(file));
        assertThat(CompareSymbols.holds(tally)).as(tally.report()).isTrue();
        assertThat(tally.agreements("addresses")).isGreaterThan(10);
        assertThat(tally.agreements("lines")).isGreaterThan(10);
    }

    @ParameterizedTest
    @NeedsCorpus
    @ValueSource(
            strings = {
                "sentry/windows/crash.pdb",
                "sentry/windows/CrashWithException.pdb",
                "breakpad/pdb/dump_syms_regtest64.pdb",
                "breakpad/pdb/omap_reorder_bbs.pdb",
                "binskim/Native_x64_VS2019_CPlusPlus_DEBUG_FULL.pdb",
                "llvm/llvm/test/tools/llvm-pdbutil/Inputs/FPOTest.pdb",
                "llvm/llvm/test/tools/llvm-symbolizer/pdb/Inputs/test-columns.pdb",
            })
    void realPdbs(String file) throws Exception {
        Tally tally = compare(Corpus.file(file));
        assertThat(CompareSymbols.holds(tally)).as(tally.report()).isTrue();
        assertThat(tally.agreements()).isPositive();
    }

    @Test
    void dwarf() throws Exception {
        Path gcc = Path.of("/usr/bin/x86_64-w64-mingw32-g++");
        Assumptions.assumeTrue(Files.exists(gcc), gcc + " is not installed");
        Path program = scratch.resolve("inlined.exe");
        Path source = Corpus.projectRoot().resolve("debuggees/inlined.cpp");
        Process build =
                new ProcessBuilder(
                                gcc.toString(),
                                "-g",
                                "-O2",
                                "-o",
                                program.toString(),
                                source.toString())
                        .inheritIO()
                        .start();
        assertThat(build.waitFor(10, TimeUnit.MINUTES)).isTrue();
        var tally = new Tally();
        new CompareSymbols(ADDRESSES, OptionalLong.empty(), scratch).dwarf(program, tally);
        assertThat(CompareSymbols.holds(tally)).as(tally.report()).isTrue();
        assertThat(tally.agreements("addresses with inlined functions")).isGreaterThan(20);
    }

    /** One letter of one name is not what the other tool reads. */
    @Test
    void canaryOfNames() throws Exception {
        Path file = Corpus.projectRoot().resolve("examples/crash-x64.pdb");
        byte[] bytes = Files.readAllBytes(file);
        byte[] name = "null_write".getBytes(StandardCharsets.US_ASCII);
        int changed = 0;
        for (int i = 0; i + name.length < bytes.length; i++) {
            if (new String(bytes, i, name.length, StandardCharsets.US_ASCII).equals("null_write")) {
                bytes[i] = 'N';
                changed++;
            }
        }
        assertThat(changed).isPositive();
        var tally = new Tally();
        new RecordComparison(file, Pdb.open(Bytes.of(bytes, "changed")), tally).run();
        assertThat(tally.differences()).isPositive();
    }

    /** The image of another program has the same addresses and other functions there. */
    @Test
    void canaryOfAddresses() throws Exception {
        Path samples = Corpus.projectRoot().resolve("examples");
        var tally = new Tally();
        new AddressComparison(
                        samples.resolve("throw-x64.exe"),
                        PdbSymbolSource.open(samples.resolve("crash-x64.pdb")),
                        tally)
                .run(ADDRESSES, OptionalLong.empty(), scratch);
        assertThat(CompareSymbols.holds(tally)).isFalse();
    }

    private Tally compare(Path pdb) throws IOException, InterruptedException {
        var tally = new Tally();
        new CompareSymbols(ADDRESSES, OptionalLong.empty(), scratch).pdb(pdb, tally);
        return tally;
    }
}
