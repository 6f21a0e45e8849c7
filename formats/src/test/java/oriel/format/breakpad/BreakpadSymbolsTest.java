package oriel.format.breakpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

class BreakpadSymbolsTest {
    private static final String SAMPLE =
            """
            MODULE windows x86 aaaabbbbccccddddeeeeffff0000111122 app.pdb
            INFO CODE_ID 5C8AD05F12000 app.exe
            FILE 0 c:\\src\\a.cc
            FILE 7 c:\\src\\with space.h
            INLINE_ORIGIN 0 inner(int)
            INLINE_ORIGIN 1 outermost inlined
            FUNC 1000 40 8 main(int, char**)
            INLINE 0 11 0 1 1008 10 1030 4
            INLINE 1 22 7 0 100c 4
            1000 8 10 0
            1008 4 21 7
            100c 4 5 0
            1010 30 12 0
            FUNC m 1040 10 c folded
            1040 10 99 3
            PUBLIC 1060 4 _exported@4
            PUBLIC m 1070 0 many
            STACK WIN 4 1000 40 3 2 8 4 c 0 1 $T0 .raSearch = $eip $T0 ^ = $esp $T0 4 + =
            STACK WIN 4 1003 20 0 0 8 4 c 0 1 $T0 $ebp = $eip $T0 4 + ^ =
            STACK WIN 0 1040 10 0 0 4 8 0 0 0 1
            STACK CFI INIT 2000 30 .cfa: $rsp 8 + .ra: .cfa 8 - ^
            STACK CFI 2001 .cfa: $rsp 16 +
            STACK CFI 2010 $rbx: .cfa 16 - ^
            STACK CFI INIT 2030 10 .cfa: $rsp 8 +
            """;

    private static BreakpadSymbols of(String text) {
        return BreakpadSymbols.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8), "sample.sym"));
    }

    @Test
    void readsWhichImageItDescribes() {
        assertThat(of(SAMPLE).module())
                .isEqualTo(
                        new BreakpadModule(
                                "windows",
                                "x86",
                                "AAAABBBBCCCCDDDDEEEEFFFF0000111122",
                                "app.pdb",
                                "5C8AD05F12000",
                                "app.exe"));
    }

    @Test
    void findsFunctionsAndPublics() {
        BreakpadSymbols symbols = of(SAMPLE);
        assertThat(symbols.symbolAt(0xfff)).isEmpty();
        assertThat(symbols.symbolAt(0x103f))
                .contains(new BreakpadFunction(0x1000, 0x40, 8, "main(int, char**)", false, false));
        assertThat(symbols.symbolAt(0x1040))
                .contains(new BreakpadFunction(0x1040, 0x10, 12, "folded", true, false));
        // Between a function and the next public nothing is known.
        assertThat(symbols.symbolAt(0x1058)).isEmpty();
        assertThat(symbols.symbolAt(0x106f))
                .contains(new BreakpadFunction(0x1060, 0, 4, "_exported@4", false, true));
        assertThat(symbols.symbolAt(0x99999).orElseThrow().name()).isEqualTo("many");
        assertThat(symbols.symbolAt(-1)).isEmpty();
    }

    @Test
    void findsByName() {
        BreakpadSymbols symbols = of(SAMPLE);
        assertThat(symbols.named("main(int, char**)")).hasSize(1);
        assertThat(symbols.named("many").get(0).rva()).isEqualTo(0x1070);
        assertThat(symbols.named("folded").get(0).rva()).isEqualTo(0x1040);
        assertThat(symbols.named("absent")).isEmpty();
    }

    @Test
    void readsLinesAndInlines() {
        BreakpadSymbols symbols = of(SAMPLE);
        assertThat(symbols.lineAt(0x100f))
                .contains(new BreakpadLine(0x100c, 4, 5, "c:\\src\\a.cc"));
        assertThat(symbols.lineAt(0x1008).orElseThrow().file()).isEqualTo("c:\\src\\with space.h");
        assertThat(symbols.lineAt(0x1041).orElseThrow().file()).isEmpty();
        assertThat(symbols.lineAt(0x1070)).isEmpty();
        assertThat(symbols.inlinedAt(0x1000)).isEmpty();
        assertThat(symbols.inlinedAt(0x100c))
                .containsExactly(
                        new BreakpadInline(1, "inner(int)", 22, "c:\\src\\with space.h"),
                        new BreakpadInline(0, "outermost inlined", 11, "c:\\src\\a.cc"));
        assertThat(symbols.inlinedAt(0x1033)).hasSize(1);
    }

    @Test
    void readsInlinesWithoutFileOfTheCall() {
        BreakpadSymbols symbols =
                of("MODULE a b c d\nINLINE_ORIGIN 4 f\nFUNC 10 10 0 g\nINLINE 0 7 4 12 2\n");
        assertThat(symbols.inlinedAt(0x13)).containsExactly(new BreakpadInline(0, "f", 7, ""));
    }

    @Test
    void findsInnermostFrameData() {
        BreakpadSymbols symbols = of(SAMPLE);
        assertThat(symbols.windowsFrameAt(0x1002).orElseThrow().program())
                .startsWith("$T0 .raSearch");
        assertThat(symbols.windowsFrameAt(0x1010).orElseThrow())
                .isEqualTo(
                        new WindowsFrame(
                                true,
                                0x1003,
                                0x20,
                                0,
                                8,
                                4,
                                12,
                                "$T0 $ebp = $eip $T0 4 + ^ =",
                                false));
        // Behind the inner record the outer one counts again.
        assertThat(symbols.windowsFrameAt(0x1030).orElseThrow().rva()).isEqualTo(0x1000);
        assertThat(symbols.windowsFrameAt(0x1045).orElseThrow())
                .isEqualTo(new WindowsFrame(false, 0x1040, 0x10, 0, 4, 8, 0, "", true));
        assertThat(symbols.windowsFrameAt(0x1050)).isEmpty();
    }

    @Test
    void collectsFrameRulesUpToTheAddress() {
        BreakpadSymbols symbols = of(SAMPLE);
        assertThat(symbols.cfiRulesAt(0x2000)).containsExactly(".cfa: $rsp 8 + .ra: .cfa 8 - ^");
        assertThat(symbols.cfiRulesAt(0x2010))
                .containsExactly(
                        ".cfa: $rsp 8 + .ra: .cfa 8 - ^", ".cfa: $rsp 16 +", "$rbx: .cfa 16 - ^");
        assertThat(symbols.cfiRulesAt(0x2030)).containsExactly(".cfa: $rsp 8 +");
        assertThat(symbols.cfiRulesAt(0x2040)).isEmpty();
    }

    @Test
    void readsUnsortedAndWindowsLineEnds() {
        BreakpadSymbols symbols =
                of(
                        "MODULE a b c d\r\nFUNC 30 8 0 third\r\n30 8 3 0\r\nFUNC 10 8 0 first\r\n"
                                + "10 8 1 0\r\nFUNC 20 8 0 second\r\nFILE 0 x.c\r\n");
        assertThat(symbols.symbolAt(0x14).orElseThrow().name()).isEqualTo("first");
        assertThat(symbols.symbolAt(0x24).orElseThrow().name()).isEqualTo("second");
        assertThat(symbols.lineAt(0x34)).contains(new BreakpadLine(0x30, 8, 3, "x.c"));
    }

    @Test
    void leavesOutBrokenRecords() {
        BreakpadSymbols symbols =
                of(
                        "MODULE a b c d\nFUNC zz 10 0 x\nFUNC ffffffffffffffff 1 0 y\nFUNC 10\n"
                                + "PUBLIC\nFILE q\nFUNC 10 10 0\nSTACK WIN 4 10 10\nSTACK CFI INIT 1\n"
                                + "10 10 1 1\nSTACK\nINLINE\n");
        assertThat(symbols.functionCount()).isEqualTo(1);
        assertThat(symbols.symbolAt(0x10).orElseThrow().name()).isEmpty();
        assertThat(symbols.windowsFrameAt(0x10)).isEmpty();
        assertThat(symbols.diagnostics()).hasSize(6);
        assertThat(symbols.diagnostics().get(0))
                .hasToString("sample.sym: +0xf: address and size expected");
    }

    @Test
    void passesOverEndlessLines() {
        String endless = "x".repeat(3 << 20);
        BreakpadSymbols symbols =
                of("MODULE a b c d\nFUNC 10 10 0 " + endless + "\nFUNC 20 10 0 short\n");
        assertThat(symbols.functionCount()).isEqualTo(1);
        assertThat(symbols.diagnostics()).hasSize(1);
        assertThat(symbols.symbolAt(0x20).orElseThrow().name()).isEqualTo("short");
    }

    @Test
    void keepsLongNamesWhole() {
        String name = "n".repeat(200_000);
        BreakpadSymbols symbols = of("MODULE a b c d\nFUNC 10 10 0 " + name + "\n10 10 4 0\n");
        assertThat(symbols.named(name)).hasSize(1);
        assertThat(symbols.lineAt(0x12).orElseThrow().line()).isEqualTo(4);
    }

    @Test
    void refusesOtherFiles() {
        assertThatThrownBy(() -> of("Microsoft C/C++ MSF 7.00\r\n"))
                .isInstanceOf(FormatException.class)
                .hasMessage("sample.sym+0x0: no MODULE record: not a Breakpad symbol file");
        assertThatThrownBy(() -> of("")).isInstanceOf(FormatException.class);
    }

    @Test
    @NeedsCorpus
    void readsAllRecordsOfRealFiles() throws IOException {
        for (String path :
                List.of(
                        "breakpad/minidumps/symbols/test_app.pdb/5A9832E5287241C1838ED98914E9B7FF1/test_app.sym",
                        "breakpad/minidumps/symbols/kernel32.pdb/BCE8785C57B44245A669896B6A19B9542/kernel32.sym",
                        "breakpad/pdb/omap_reorder_bbs.sym",
                        "breakpad/pdb/dump_syms_regtest64.sym",
                        "sentry/windows/crash.sym")) {
            BreakpadSymbols symbols = BreakpadSymbols.read(Bytes.open(Corpus.file(path)));
            assertThat(symbols.diagnostics()).as(path).isEmpty();
            symbols.forEach(
                    f -> {
                        // A PUBLIC within a FUNC is answered by the FUNC.
                        BreakpadFunction found = symbols.symbolAt(f.rva()).orElseThrow();
                        assertThat(found.rva() == f.rva() || f.isPublic() && !found.isPublic())
                                .isTrue();
                    });
        }
    }

    @Test
    @NeedsCorpus
    void answersFromTheSymbolsOfTestApp() throws IOException {
        BreakpadSymbols symbols =
                BreakpadSymbols.read(
                        Bytes.open(
                                Corpus.file(
                                        "breakpad/minidumps/symbols/test_app.pdb/5A9832E5287241C1838ED98914E9B7FF1/test_app.sym")));
        assertThat(symbols.functionCount()).isEqualTo(1065);
        assertThat(symbols.publicCount()).isEqualTo(5);
        assertThat(symbols.frameCount()).isEqualTo(1815);
        assertThat(symbols.symbolAt(0x429e).orElseThrow().name())
                .isEqualTo("`anonymous namespace'::CrashFunction");
        assertThat(symbols.lineAt(0x429e).orElseThrow().line()).isEqualTo(58);
        assertThat(symbols.lineAt(0x429e).orElseThrow().file()).endsWith("test_app.cc");
    }
}
