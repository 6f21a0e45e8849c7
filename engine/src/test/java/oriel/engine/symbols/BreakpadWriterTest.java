package oriel.engine.symbols;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.breakpad.BreakpadFunction;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pe.PeImage;
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
                Optional.empty(),
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
                new BreakpadModule("windows", "x86", "AABB1", "r.pdb", "", ""),
                pdb,
                Optional.empty(),
                out);
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

    private static String written(String pdb, String image) throws IOException {
        var out = new StringBuilder();
        Optional<PeImage> opened =
                image.isEmpty()
                        ? Optional.empty()
                        : Optional.of(PeImage.of(Bytes.open(Corpus.file(image))));
        SymbolSource symbols =
                pdb.isEmpty() ? source("MODULE a b c d\n") : PdbSymbolSource.open(Corpus.file(pdb));
        BreakpadWriter.write(
                new BreakpadModule("windows", "x86", "AABB1", "r.pdb", "", ""),
                symbols,
                opened,
                out);
        return out.toString();
    }

    private static Set<String> lines(String text, String kind) {
        return text.lines()
                .map(String::strip)
                .filter(l -> l.startsWith(kind))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of a file that Breakpad's tool wrote that are not among ours, and the other way. */
    private static int differing(String pdb, String sym) throws IOException {
        Set<String> expected = lines(Files.readString(Corpus.file(sym)), "STACK WIN");
        Set<String> actual = lines(written(pdb, ""), "STACK WIN");
        assertThat(expected).isNotEmpty();
        return (int)
                (expected.stream().filter(l -> !actual.contains(l)).count()
                        + actual.stream().filter(l -> !expected.contains(l)).count());
    }

    @Test
    @NeedsCorpus
    void writesTheFrameDataThatDumpSymsWrites() throws IOException {
        String breakpad = "breakpad/pdb/";
        assertThat(
                        differing(
                                breakpad + "dump_syms_regtest.pdb",
                                breakpad + "dump_syms_regtest.sym"))
                .isZero();
        assertThat(
                        differing(
                                breakpad + "omap_reorder_funcs.pdb",
                                breakpad + "omap_reorder_funcs.sym"))
                .isZero();
        assertThat(differing(breakpad + "omap_reorder_bbs.pdb", breakpad + "omap_reorder_bbs.sym"))
                .isLessThanOrEqualTo(16);
        assertThat(differing("sentry/windows/crash.pdb", "sentry/windows/crash.sym"))
                .as("records of functions that the linker folded, which DIA leaves out")
                .isLessThanOrEqualTo(13);
    }

    /** Function by function the frame at the end of the prologue is that of Breakpad's tool. */
    @Test
    @NeedsCorpus
    void writesTheUnwindDataThatDumpSymsWrites() throws IOException {
        assertThat(
                        agreeingFrames(
                                "breakpad/pdb/dump_syms_regtest64.exe",
                                "breakpad/pdb/dump_syms_regtest64.sym"))
                .isEqualTo(195);
        assertThat(
                        agreeingFrames(
                                "breakpad/pdb/pe_only_symbol_test.dll",
                                "breakpad/pdb/pe_only_symbol_test.sym"))
                .as("one of 106 has unwind codes behind its end")
                .isEqualTo(105);
        assertThat(
                        agreeingFrames(
                                "sentry/windows/CrashWithException.exe",
                                "sentry/windows/CrashWithException.pdb.sym"))
                .isEqualTo(41);
    }

    private static int agreeingFrames(String image, String sym) throws IOException {
        Map<String, List<String>> expected = frames(Files.readString(Corpus.file(sym)));
        Map<String, List<String>> actual = frames(written("", image));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        int agreeing = 0;
        for (Map.Entry<String, List<String>> function : expected.entrySet()) {
            String last = function.getValue().getLast();
            String frame = last.substring(last.indexOf(".cfa: "));
            boolean found =
                    actual.getOrDefault(function.getKey(), List.of()).stream()
                            .anyMatch(l -> l.contains(frame));
            agreeing += found ? 1 : 0;
        }
        return agreeing;
    }

    private static Map<String, List<String>> frames(String text) {
        Map<String, List<String>> found = new TreeMap<>();
        List<String> current = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("STACK CFI INIT ")) {
                String[] words = line.split(" ", 6);
                current = new ArrayList<>(List.of(words[5]));
                found.put(words[3] + " " + words[4], current);
            } else if (line.startsWith("STACK CFI ")) {
                current.add(line);
            }
        }
        return found;
    }
}
