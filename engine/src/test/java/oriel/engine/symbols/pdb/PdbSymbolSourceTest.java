package oriel.engine.symbols.pdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import oriel.bytes.FormatException;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource.Quality;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class PdbSymbolSourceTest {
    @Test
    void namesTheFramesOfTheSmallTrio() throws IOException {
        PdbSymbolSource crash = open("sentry/windows/crash.pdb");
        assertThat(crash.quality()).isEqualTo(Quality.FULL);
        assertThat(crash.pdb().info().guid().compact())
                .isEqualTo("3249D99D0C4049318610F4E4FB0B6936");
        // The image was loaded at 0x2a0000; the pc of the crash is 0x2a2a3d.
        RvaSymbol main = crash.symbolAt(0x2a3d).orElseThrow();
        assertThat(main.name()).isEqualTo("main");
        assertThat(crash.lineAt(0x2a3d).orElseThrow().file()).endsWith("main.cpp");
        assertThat(crash.lineAt(0x2a3d).orElseThrow().line()).isEqualTo(35);
    }

    @Test
    void findsByNameWithoutReadingAll() throws IOException {
        PdbSymbolSource crash = open("sentry/windows/crash.pdb");
        assertThat(crash.named("main"))
                .singleElement()
                .satisfies(
                        s -> {
                            assertThat(s.function()).isTrue();
                            assertThat(crash.symbolAt(s.rva())).contains(s);
                        });
        assertThat(crash.named("_main"))
                .singleElement()
                .satisfies(
                        s -> assertThat(s.rva()).isEqualTo(crash.named("main").getFirst().rva()));
        assertThat(crash.named("no such name")).isEmpty();
        assertThat(crash.named("MAIN")).isEmpty();
    }

    @Test
    void everySymbolAnswersForItsOwnAddress() throws IOException {
        PdbSymbolSource crash = open("sentry/windows/crash.pdb");
        var all = new ArrayList<RvaSymbol>();
        crash.forEach(all::add);
        assertThat(all).hasSizeGreaterThan(400);
        for (RvaSymbol symbol : all) {
            if (symbol.function()) {
                assertThat(crash.symbolAt(symbol.rva()))
                        .as(symbol.name())
                        .hasValueSatisfying(s -> assertThat(s.rva()).isEqualTo(symbol.rva()));
            }
        }
        assertThat(crash.pdb().diagnostics()).isEmpty();
    }

    /** The modules that inlined functions come from are named in another case than in the list. */
    @Test
    void namesFunctionsInlinedAcrossModules() throws IOException {
        PdbSymbolSource crash = open("sentry/windows/crash.pdb");
        var names = new ArrayList<String>();
        crash.forEach(
                s -> {
                    for (long rva = s.rva(); rva < s.rva() + s.sizeBytes(); rva += 3) {
                        crash.inlinedAt(rva).forEach(f -> names.add(f.name()));
                    }
                });
        assertThat(names).hasSizeGreaterThan(1000);
        assertThat(names).noneMatch(name -> name.contains("function id"));
    }

    @Test
    void namesAStrippedPdbByItsPublics() throws IOException {
        PdbSymbolSource stripped = open("llvm/llvm/test/tools/llvm-pdbutil/Inputs/Stripped.pdb");
        assertThat(stripped.pdb().dbi().orElseThrow().header().isStripped()).isTrue();
        var all = new ArrayList<RvaSymbol>();
        stripped.forEach(all::add);
        assertThat(all).isNotEmpty();
        RvaSymbol function = all.stream().filter(RvaSymbol::function).findFirst().orElseThrow();
        assertThat(stripped.symbolAt(function.rva() + 1)).contains(function);
    }

    @Test
    void refusesOtherKindsByName() {
        assertThatThrownBy(() -> open("sentry/windows/portable.pdb"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("portable PDB");
    }

    private static PdbSymbolSource open(String file) throws IOException {
        return PdbSymbolSource.open(Corpus.file(file));
    }
}
