package oriel.engine.symbols;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.breakpad.BreakpadFunction;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

class BreakpadWriterTest {
    private static final String SAMPLE =
            """
            MODULE windows x86 AABB1 app.pdb
            INFO CODE_ID 5C8AD05F12000 app.exe
            FILE 0 c:\\a.cc
            FILE 1 c:\\b.h
            INLINE_ORIGIN 0 outer
            INLINE_ORIGIN 1 inner
            FUNC 1000 20 0 main(int, char**)
            INLINE 1 7 1 1 1004 4
            INLINE 0 11 0 0 1004 8
            1000 4 10 0
            1004 4 21 1
            1008 4 22 1
            100c 14 12 0
            PUBLIC 1060 0 _exported
            """;

    private static SymbolSource source(String text) {
        return new BreakpadSource(
                BreakpadSymbols.read(Bytes.of(text.getBytes(UTF_8), "sample.sym")), "sample.sym");
    }

    @Test
    void whatIsWrittenReadsTheSame() throws IOException {
        SymbolSource before = source(SAMPLE);
        var out = new StringBuilder();
        BreakpadWriter.write(
                new BreakpadModule(
                        "windows", "x86", "AABB1", "app.pdb", "5C8AD05F12000", "app.exe"),
                before,
                out);
        assertThat(out.toString().lines().sorted().toList())
                .filteredOn(l -> l.startsWith("FUNC") || l.startsWith("PUBLIC"))
                .containsExactly("FUNC 1000 20 0 main(int, char**)", "PUBLIC 1060 0 _exported");
        SymbolSource after = source(out.toString());
        for (long rva = 0xff0; rva < 0x1070; rva++) {
            assertThat(after.symbolAt(rva)).isEqualTo(before.symbolAt(rva));
            assertThat(after.lineAt(rva)).isEqualTo(before.lineAt(rva));
            assertThat(after.inlinedAt(rva)).isEqualTo(before.inlinedAt(rva));
        }
    }

    /** Lines of a PDB against those that Breakpad's own tool wrote. */
    @Test
    @NeedsCorpus
    void agreesWithDumpSyms() throws IOException {
        var out = new StringBuilder();
        SymbolSource pdb = PdbSymbolSource.open(Corpus.file("breakpad/pdb/dump_syms_regtest.pdb"));
        BreakpadWriter.write(
                new BreakpadModule("windows", "x86", "AABB1", "r.pdb", "", ""), pdb, out);
        SymbolSource written = source(out.toString());
        BreakpadSymbols expected =
                BreakpadSymbols.read(
                        Bytes.of(
                                Files.readAllBytes(
                                        Corpus.file("breakpad/pdb/dump_syms_regtest.sym")),
                                "regtest.sym"));
        var same = new int[2];
        expected.forEach(
                (BreakpadFunction f) -> {
                    if (f.isPublic()) {
                        return;
                    }
                    same[1]++;
                    boolean start =
                            written.symbolAt(f.rva()).filter(s -> s.rva() == f.rva()).isPresent();
                    boolean line =
                            expected.lineAt(f.rva())
                                    .map(
                                            l ->
                                                    written.lineAt(f.rva())
                                                            .filter(w -> w.line() == l.line())
                                                            .isPresent())
                                    .orElse(true);
                    same[0] += start && line ? 1 : 0;
                });
        assertThat(same[1]).isEqualTo(158);
        assertThat(same[0]).isGreaterThanOrEqualTo(155);
    }
}
