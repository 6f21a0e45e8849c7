package oriel.engine.symbols;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pe.PeImage;
import oriel.model.SourceLine;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Where the code of a source line begins: addresses lead to lines and lines back to addresses. */
class SourceLinesTest {
    private static final String SAMPLE =
            """
            MODULE windows x86_64 AABB1 app.pdb
            FILE 0 c:\\src\\a.cc
            FILE 1 c:\\src\\b.h
            INLINE_ORIGIN 0 inner
            FUNC 1000 20 0 main
            INLINE 0 11 0 0 1004 8
            1000 4 10 0
            1004 8 21 1
            100c 14 12 0
            FUNC 2000 8 0 other
            2000 8 10 0
            PUBLIC 3000 0 exported
            """;

    private static Set<String> lines(SymbolSource source, String file) {
        var found = new TreeSet<String>();
        source.forEachLine(
                path -> NearestLine.isPathOf(path, file),
                (line, rva) -> found.add(line + "@" + Long.toHexString(rva)));
        return found;
    }

    /** Every row leads to an address whose line is that of the row, but for inlined code. */
    private static int agree(SymbolSource source, String file) {
        var wrong = new ArrayList<String>();
        var counted = new int[1];
        source.forEachLine(
                path -> NearestLine.isPathOf(path, file),
                (line, rva) -> {
                    if (source.inlinedAt(rva).isEmpty()) {
                        counted[0]++;
                        int there = source.lineAt(rva).map(SourceLine::line).orElse(0);
                        if (there != line) {
                            wrong.add(Long.toHexString(rva) + " " + line + " is " + there);
                        }
                    }
                });
        assertThat(wrong).isEmpty();
        return counted[0];
    }

    @Test
    void ofBreakpadSymbols() {
        SymbolSource source =
                new BreakpadSource(
                        BreakpadSymbols.read(Bytes.of(SAMPLE.getBytes(UTF_8), "a.sym")), "a.sym");
        assertThat(lines(source, "a.cc")).containsExactly("10@1000", "10@2000", "12@100c");
        assertThat(lines(source, "SRC/B.H")).containsExactly("21@1004");
        assertThat(lines(source, "c")).isEmpty();
    }

    @Test
    void ofPdbs() throws IOException {
        for (String name : List.of("crash-x64", "crash-x86")) {
            SymbolSource source =
                    PdbSymbolSource.open(Corpus.projectRoot().resolve("examples/" + name + ".pdb"));
            assertThat(agree(source, "crash.c")).isGreaterThan(20);
            assertThat(agree(source, "nothing.c")).isZero();
        }
    }

    @Test
    @NeedsCorpus
    void ofDwarf() throws IOException {
        Bytes file = Bytes.open(Corpus.file("sentry/windows/hello-dwarf.exe"));
        SymbolSource source = DwarfSource.of(PeImage.of(file), file, "hello").orElseThrow();
        // Several lines may begin at one address, so it is asked the other way round.
        var functions = new int[1];
        source.forEach(
                symbol -> {
                    SourceLine line = source.lineAt(symbol.rva()).orElseThrow();
                    if (source.inlinedAt(symbol.rva()).isEmpty()) {
                        functions[0]++;
                        assertThat(lines(source, line.file()))
                                .contains(line.line() + "@" + Long.toHexString(symbol.rva()));
                    }
                });
        assertThat(functions[0]).isGreaterThan(10);
    }

    @Test
    void pathsEndWithWhatIsWritten() {
        assertThat(NearestLine.isPathOf("c:\\src\\a.c", "A.C")).isTrue();
        assertThat(NearestLine.isPathOf("c:\\src\\a.c", "src/a.c")).isTrue();
        assertThat(NearestLine.isPathOf("a.c", "a.c")).isTrue();
        assertThat(NearestLine.isPathOf("c:\\src\\ba.c", "a.c")).isFalse();
        assertThat(NearestLine.isPathOf("a.c", "src/a.c")).isFalse();
    }
}
