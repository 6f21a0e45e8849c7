package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that all consoles have, on a dump: what they print. */
class CommandsTest {
    @TempDir Path folder;

    private DumpConsole console;

    @BeforeEach
    void open() throws IOException {
        console = new DumpConsole("crash-x64.dmp");
    }

    @AfterEach
    void close() {
        console.close();
    }

    private String type(String... lines) throws IOException {
        return console.type(lines);
    }

    @Test
    void registersAreShownAndChanged() throws IOException {
        assertThat(type("r"))
                .contains("rax=0000000000000000 rbx=000000014000213a rcx=0000000140002010\n")
                .contains("efl=00010202 cs=0033")
                .endsWith("000140001164  c70425080000002a+ mov     dword ptr [8],2Ah\n");
        assertThat(type("r rax=1234; r rax, rbx"))
                .isEqualTo("rax=0000000000001234\nrbx=000000014000213a\n");
        assertThat(type("r al=7f, ah=56; r @rax")).isEqualTo("rax=000000000000567f\n");
        assertThat(type("r zf=1; r zf; r efl")).isEqualTo("zf=1\nefl=00010242\n");
        assertThat(type("r $t0 = 5; ? $t0 * @$t0")).endsWith("25 = 00000000`00000019\n");
        assertThat(type("r $ip=140001170; r rip")).isEqualTo("rip=0000000140001170\n");
        assertThat(type("r nothing")).contains("oriel: '@nothing' at 0: there is no register");
        assertThat(type("rX")).contains("xmm0=");
    }

    @Test
    void memoryIsShownInAllForms() throws IOException {
        String at = "7ffffe1ffe70  ";
        assertThat(type("db @rsp L10"))
                .isEqualTo(
                        at + "a0 fe 1f fe ff 7f 00 00-2d 10 00 40 01 00 00 00  ........-..@....\n");
        assertThat(type("dw @rsp L4")).isEqualTo(at + "fea0 fe1f 7fff 0000\n");
        assertThat(type("dd @rsp @rsp+f")).isEqualTo(at + "fe1ffea0 00007fff 4000102d 00000001\n");
        assertThat(type("dc @rsp L4")).contains("00000001  ........-..@....");
        assertThat(type("dW @rsp L4")).contains("fea0 fe1f 7fff 0000").contains("  ........\n");
        assertThat(type("dq @rsp L2")).isEqualTo(at + "00007ffffe1ffea0 000000014000102d\n");
        assertThat(type("dp @rsp+10 L-2")).isEqualTo(type("dq @rsp L2"));
        assertThat(type("dps @rsp L2")).contains("000000014000102d  crash-x64!level3+0xd\n");
        assertThat(type("dpp @rsp L1"))
                .isEqualTo("00007ffffe1ffe70  00007ffffe1ffea0  00007ffffe1ffed0\n");
        assertThat(type("eD @rsp 2.5; dD @rsp L1")).isEqualTo(at + "2.5\n");
        assertThat(type("ef @rsp 1.5; df @rsp L1")).isEqualTo(at + "1.5\n");
        assertThat(type("dd @rsp L1", "d L1")).contains("7ffffe1ffe74  ");
        assertThat(type("db 0 L4")).isEqualTo("000000000000  ?? ?? ?? ??\n");
        assertThat(type("da 0")).isEqualTo("oriel: there is no memory at 0\n");
    }

    @Test
    void countedTextIsReadThroughItsStructure() throws IOException {
        // A UNICODE_STRING of 8 bytes in 10, and the STRING beside it, made by hand.
        type("ew @rsp 8 a 0 0", "eq @rsp+8 @rsp+20", "eu @rsp+20 \"wide\"");
        assertThat(type("dS @rsp")).isEqualTo("00007ffffe1ffe90  \"wide\"\n");
        type("ew @rsp 3 4", "ea @rsp+20 \"thinner\"");
        assertThat(type("ds @rsp")).isEqualTo("00007ffffe1ffe90  \"thi\"\n");
        // No such structure: then the text itself.
        assertThat(type("eza @rsp \"plain\"", "ds @rsp")).endsWith("\"plain\"\n");
        assertThat(type("du @rsp+20 L2")).contains("\"");
    }

    @Test
    void memoryIsChangedFilledCopiedComparedAndKept() throws IOException {
        assertThat(type("eb @rsp 41 42 43 0; da @rsp")).endsWith("\"ABC\"\n");
        assertThat(type("eb @rsp 'x' \"yz\" 0; da @rsp")).endsWith("\"xyz\"\n");
        assertThat(type("ezu @rsp \"hi;x\"; du @rsp")).endsWith("\"hi;x\"\n");
        assertThat(type("ed @rsp 1 2; dd @rsp L2")).endsWith("00000001 00000002\n");
        assertThat(type("f @rsp L6 11 22; db @rsp L6"))
                .contains("Filled 0x6 bytes\n")
                .contains("11 22 11 22 11 22");
        assertThat(type("eb @rsp 1 2 3 4; m @rsp L4 @rsp+8; dd @rsp+8 L1")).endsWith("04030201\n");
        assertThat(type("eb @rsp+9 ff; c @rsp L4 @rsp+8"))
                .isEqualTo("00007ffffe1ffe71  02 - 00007ffffe1ffe79  ff\n");
        Path file = folder.resolve("part");
        assertThat(type(".writemem " + file + " @rsp L8")).isEqualTo("Wrote 0x8 bytes\n");
        assertThat(Files.readAllBytes(file)).startsWith(1, 2, 3, 4);
        assertThat(type("eq @rsp 0; .readmem " + file + " @rsp L4; dd @rsp L1"))
                .endsWith("04030201\n");
        assertThat(type("eb")).isEqualTo("oriel: eb ADDRESS VALUE...\n");
    }

    @Test
    void memoryIsSearched() throws IOException {
        type("eb @rsp 11 22 33 44 55 66 77 88", "eu @rsp+10 \"Wide\"");
        assertThat(type("s @rsp L20 33 44")).startsWith("7ffffe1ffe72  33 44 55").hasLineCount(1);
        assertThat(type("s -b @rsp @rsp+20 33 44")).startsWith("7ffffe1ffe72");
        assertThat(type("s -w @rsp L10 4433")).startsWith("7ffffe1ffe72  4433 6655");
        assertThat(type("s -d @rsp L8 88776655")).startsWith("7ffffe1ffe74  88776655");
        assertThat(type("s -q @rsp L8 8877665544332211")).startsWith("7ffffe1ffe70");
        assertThat(type("s -u @rsp L20 \"Wide\"")).startsWith("7ffffe1ffe80");
        assertThat(type("s -[1]b @rsp L20 33")).isEqualTo("00007ffffe1ffe72\n");
        assertThat(type("s @rsp L8 99")).isEqualTo("not found\n");
        assertThat(type("s -a crash-x64 L100 \"DOS mode\"")).contains("DOS mode");
        assertThat(type("s -sa crash-x64 L200")).contains("\".text\"\n");
        assertThat(type("search \"Wide\"")).startsWith("7ffffe1ffe80  0057 0069");
        assertThat(type("sh @rsp L20 33 ?? 55")).startsWith("7ffffe1ffe72");
    }

    @Test
    void codeIsShownForwardsBackwardsAndByFunctions() throws IOException {
        assertThat(type("u . L2"))
                .isEqualTo(
                        """
                        crash-x64!null_write+0x4:
                        000140001164  c70425080000002a+ mov     dword ptr [8],2Ah
                        00014000116f  5d                pop     rbp
                        """);
        assertThat(type("u L1")).startsWith("crash-x64!null_write+0x10:\n000140001170");
        assertThat(type("r", "u L1")).contains("null_write+0x4:\n").contains("\n000140001171  ");
        assertThat(type("u 140001164 140001170")).hasLineCount(4);
        assertThat(type("ub . L2"))
                .isEqualTo(
                        """
                        crash-x64!null_write:
                        000140001160  55                push    rbp
                        000140001161  4889e5            mov     rbp,rsp
                        """);
        assertThat(type("uf level3"))
                .startsWith("crash-x64!level3:\n000140001020")
                .contains("ret\n");
        assertThat(type("u 10")).isEqualTo("10  ??\n");
        assertThat(type("lsa .")).contains("crash.c:38").contains(".srcpath");
        Files.writeString(folder.resolve("crash.c"), "int line;\n".repeat(60));
        assertThat(type(".srcpath " + folder, "lsa .")).contains(">    38  int line;\n");
    }

    @Test
    void stacksAndFrames() throws IOException {
        assertThat(type("k 2"))
                .contains(
                        "  0 00007ffffe1ffe70 0000000140001164  crash-x64!null_write+0x4 [crash.c:38]\n")
                .contains("... 5 more\n");
        assertThat(type("k L1")).contains("oriel:");
        assertThat(type("kn 2")).isEqualTo(type("k 2"));
        assertThat(type("kL 1")).doesNotContain("crash.c");
        assertThat(type("kc 3"))
                .isEqualTo(
                        """
                          0 crash-x64!null_write+0x4
                          1 crash-x64!level3+0xd
                          2 crash-x64!level2+0xf
                        """);
        assertThat(type("kb 1")).contains(" : 000000014000213a 00007ffffe2244d0 ");
        assertThat(type("kp 2")).contains("kind = ");
        assertThat(type("k = @rbp @rsp @rip 1")).contains("null_write");
        assertThat(type(".frame 1")).startsWith("  1 00007ffffe1ffe80").contains("level3+0xd");
        assertThat(type("dv /t")).contains("const Kind * kind");
        assertThat(type("? $scopeip")).contains("4000102d  crash-x64!level3+0xd");
        assertThat(type(".frame /c 1; r rip")).endsWith("rip=000000014000102d\n");
        assertThat(type("r rip=0")).contains("registers of another time");
        assertThat(type(".cxr; r rip")).endsWith("rip=0000000140001164\n");
        assertThat(type(".frame 99")).contains("there is no frame 99");
    }

    @Test
    void exceptionsAndBlocks() throws IOException {
        assertThat(type(".exr -1"))
                .contains("ExceptionAddress: 0000000140001164 (crash-x64!null_write+0x4)")
                .contains("ExceptionCode: c0000005 (STATUS_ACCESS_VIOLATION)")
                .contains("Attempt to write to address 0000000000000008");
        assertThat(type("? $exr_code; ? $exr_param1"))
                .contains("c0000005")
                .contains("00000000`00000008");
        assertThat(type(".ecxr")).contains("rip=0000000140001164");
        assertThat(type(".lastevent")).isEqualTo("Last event: a dump was opened\n");
        assertThat(type("!peb"))
                .contains("BeingDebugged:              01\n")
                .contains("null-write'");
        assertThat(type("!teb")).contains("StackBase:                  00007ffffe200000\n");
        assertThat(type("!gle")).contains("(Win32) 0x0 (0) - ERROR_SUCCESS");
        assertThat(type("!error 5"))
                .isEqualTo("Error code: (Win32) 0x5 (5) - ERROR_ACCESS_DENIED\n");
        assertThat(type("!error c0000005"))
                .isEqualTo(
                        "Error code: (NTSTATUS) 0xc0000005 (3221225477) -"
                                + " STATUS_ACCESS_VIOLATION\n");
        assertThat(type("!error 80070005")).contains("(HRESULT)").contains("E_ACCESSDENIED");
        assertThat(type("!analyze")).contains("write of 4 bytes at 0x8");
        assertThat(type("!exploitable")).contains("Rule: WriteAVNearNull");
        assertThat(type("!exchain")).contains("only 32-bit programs");
        try (var narrow = new DumpConsole("crash-x86.dmp")) {
            assertThat(narrow.type("!exchain")).contains(": ");
            assertThat(narrow.type("? 0-1")).isEqualTo("Evaluate expression: -1 = ffffffff\n");
        }
    }

    @Test
    void modulesAndTypes() throws IOException {
        assertThat(type("lm m crash*")).contains("crash-x64.exe").doesNotContain("ntdll");
        assertThat(type("lmvm ntdll")).contains("Image path:").contains("File version:");
        assertThat(type("lm1m")).isEqualTo("crash-x64\nntdll\nkernel32\nkernelbase\n");
        assertThat(type("lm a .")).contains("crash-x64.exe").doesNotContain("ntdll");
        assertThat(type("dt crash-x64!_LIST_ENTRY")).contains("+0x008 _LIST_ENTRY *Blink");
        assertThat(type("dt _LIST_ENTRY @rsp")).contains("Flink : _LIST_ENTRY * = 0x7ffffe1ffea0");
        assertThat(type("dt _LIST_ENTRY @rsp Blink")).hasLineCount(1).contains("0x14000102d");
        assertThat(type("dt crash-x64!_LIST*")).contains("    crash-x64!_LIST_ENTRY\n");
        assertThat(type("dt nothing")).contains("no symbols tell the type 'nothing': ntdll.dll");
        assertThat(type(".sympath C:\\symbols", ".sympath+ D:\\more"))
                .endsWith("Symbol search path is: C:\\symbols;D:\\more\n");
        assertThat(type(".symfix S")).contains("srv*S*https://msdl.microsoft.com");
        assertThat(type(".reload; ln .")).contains("null_write+0x4");
        assertThat(type("x /d crash-x64!level*")).contains("no symbol matches");
    }

    @Test
    void expressions() throws IOException {
        assertThat(type("? @rsp + poi(@rsp) * 0"))
                .isEqualTo("Evaluate expression: 140737456897648 = 00007fff`fe1ffe70\n");
        assertThat(type("? level1")).endsWith("00000001`40001060  crash-x64!level1\n");
        assertThat(type("? 5; ? $exp + 1")).endsWith("6 = 00000000`00000006\n");
        assertThat(type("?? 7/2; ?? 7.0/2; ?? sizeof(_LIST_ENTRY); ?? 1 < 2"))
                .isEqualTo("int 0n3\ndouble 3.5\nunsigned __int64 0x10\nbool true\n");
        assertThat(type("?? ((_LIST_ENTRY*)@rsp)->Blink"))
                .startsWith("struct _LIST_ENTRY * 0x00000001`4000102d\n");
        assertThat(type("?? *(crash-x64!_LIST_ENTRY*)@rsp")).contains("Flink").contains("Blink");
        assertThat(type("? @@(((_LIST_ENTRY*)@rsp)->Flink) == poi(@rsp)")).contains("1 = ");
        assertThat(type(".formats 41424344"))
                .contains("Hex:     00000000`41424344\n")
                .contains("Decimal: 1094861636\n")
                .contains("Chars:   ....ABCD\n")
                .contains("Time:    2004-09-11T00:13:56Z\n");
        assertThat(type("n 10; ? 10+0x10; n 16")).contains("26 = ");
        assertThat(type(".printf \"%d %x %08X %p|%-4d|%c %y\\n\", 0n12, ff, abc, 1, 5, 41, @rip"))
                .isEqualTo("12 ff 00000ABC 0000000000000001|5   |A crash-x64!null_write+0x4\n");
        assertThat(type("eza @rsp \"text\"; .printf \"%ma\\n\", @rsp")).isEqualTo("text\n");
        assertThat(type(".echo \"a b\"; .echo c")).isEqualTo("a b\nc\n");
    }

    @Test
    void flow() throws IOException {
        assertThat(type(".if (@rax == 0) {.echo zero; .echo really} .else {.echo other}"))
                .isEqualTo("zero\nreally\n");
        assertThat(type(".if (1 == 2) {.echo a} .elsif (2 == 2) {.echo b} .else {.echo c}"))
                .isEqualTo("b\n");
        assertThat(type("j (@rax) '.echo yes' ; '.echo no; .echo more'")).isEqualTo("no\nmore\n");
        assertThat(type(".for (r $t1=0; $t1 < 3; r $t1=$t1+1) {.printf \"%d\\n\", $t1}"))
                .isEqualTo("0\n1\n2\n");
        assertThat(type("r $t1=2; .while ($t1) {.echo x; r $t1=$t1-1}")).isEqualTo("x\nx\n");
        assertThat(type(".if (1) {.echo a")).contains("'}' is missing");
    }

    @Test
    void breakpoints() throws IOException {
        assertThat(type("bp null_write"))
                .isEqualTo("  0 e 0000000140001160 0001 (0001) crash-x64!null_write  hits 0\n");
        type("bp crash-x64!level1+10 5 \"k 2; g\"");
        type("bp /1 /w \"@rcx == 5\" /c 10 crash-x64!level2");
        type("ba w4 @rsp 2 \"r\"");
        assertThat(type("bm crash-x64!level?")).hasLineCount(3);
        assertThat(type("~0 bp level3")).contains(" ~324 crash-x64!level3");
        assertThat(type("bl"))
                .contains(
                        "  1 e 0000000140001070 0005 (0005) crash-x64!level1+0x10  hits 0 \"k 2; g\"\n")
                .contains("crash-x64!level2  hits 0  when @rcx == 5  once\n")
                .contains("  3 e w 4 00007ffffe1ffe70 0002 (0002) ");
        assertThat(type("bd 0-1; bl 0")).startsWith("  0 d ");
        assertThat(type("be *; bl 1")).startsWith("  1 e ");
        assertThat(type(".bpcmds"))
                .contains("bp crash-x64!level1+10 0x5 \"k 2; g\";\n")
                .contains("ba w4 @rsp 0x2 \"r\";\n")
                .contains("bp /1 /w \"@rcx == 5\" crash-x64!level2;\n");
        assertThat(type("bc 140001160; bl")).doesNotContain("  0 e");
        assertThat(type("bc 140001020-140001050; bl")).doesNotContain("level3");
        assertThat(type("bc 99")).isEqualTo("oriel: there is no breakpoint '99'\n");
        assertThat(type("bc *; bl")).isEmpty();
        assertThat(type("ba w4 @rsp+1")).contains("is no multiple of 4");
        assertThat(type("ba x4 @rsp")).contains("ba e1|w1");
        assertThat(type("bm 1000-2000; bl")).contains("pages 4096");
        assertThat(type("? @$bp" + last())).contains("1000");
    }

    private int last() {
        List<BreakpointView> all = console.breakpoints().list();
        return all.get(all.size() - 1).id();
    }

    @Test
    void motions() throws IOException {
        type("g; g 1234; g =1234; gh; gn; gu; p; t 2; pa .");
        assertThat(console.motions)
                .containsExactly(
                        "GO",
                        "GO 1234",
                        "GO 1234",
                        "GO_HANDLED",
                        "GO_NOT_HANDLED",
                        "OUT",
                        "OVER",
                        "INTO",
                        "INTO",
                        "OVER");
        console.motions.clear();
        type("t; gc; g; gc; go; cont; step; next; tra");
        assertThat(console.motions)
                .containsExactly("INTO", "INTO", "GO", "GO", "GO", "GO", "OVER", "OVER", "INTO");
        assertThat(type("p")).contains("crash-x64!null_write+0x4  thread 324\n").contains("2Ah\n");
    }

    @Test
    void commandsOfABreakpointAreDoneWhenItIsHit() throws IOException {
        type("bp null_write \".echo hit; gc; .echo never\"");
        console.next = new Halt(Halt.Kind.STOPPED, List.of(0), List.of());
        String shown = type("g; .echo after");
        assertThat(shown).contains("hit\n").doesNotContain("never").endsWith("after\n");
        assertThat(console.motions).containsExactly("GO", "GO");
        // Another one was hit at the same time, and stops.
        type("bp level1");
        console.motions.clear();
        console.next = new Halt(Halt.Kind.STOPPED, List.of(0, 1), List.of());
        assertThat(type("g")).endsWith("hit\n");
        assertThat(console.motions).containsExactly("GO");
        console.next = new Halt(Halt.Kind.STOPPED, List.of(), List.of(".echo event"));
        assertThat(type("g")).endsWith("event\n");
    }

    @Test
    void theViewAtStopsHasPartsAndMarksChanges() throws IOException {
        assertThat(type(".view all", "p"))
                .contains(" efl=00010202   nv up ei pl nz na po nc\n")
                .contains("> 000140001164  c70425080000002a+ mov     dword ptr [8],2Ah\n")
                .contains("  000140001161  4889e5          mov     rbp,rsp\n")
                .contains("rsp+08  00007ffffe1ffe78  000000014000102d  crash-x64!level3+0xd\n");
        assertThat(type("r rcx=1, zf=1", "p"))
                .contains("*rcx=0000000000000001")
                .contains(" rbx=")
                .contains("*efl=00010242   nv up ei pl*zr");
        assertThat(type(".view -registers -stack", "r rdx=7", "p"))
                .contains("rdx=7\n")
                .doesNotContain("rsp+00");
        assertThat(type(".view brief", "p")).hasLineCount(4);
        assertThat(type(".view off", "p")).isEmpty();
        assertThat(type(".view wrong")).contains(".view takes");
        Files.writeString(folder.resolve("crash.c"), "int line;\n".repeat(60));
        assertThat(type(".srcpath " + folder, ".view source", "p")).contains(">    38  int line;");
    }

    @Test
    void threads() throws IOException {
        assertThat(type("~")).isEqualTo(".   0  Id: 144  crash-x64!null_write+0x4\n");
        assertThat(type("~.; ~#; ~0; ~~[144]; tl")).hasLineCount(5);
        assertThat(type("~*kc 1"))
                .contains("\n.   0  Id: 144")
                .endsWith("  0 crash-x64!null_write+0x4\n");
        assertThat(type("~0 r rip")).isEqualTo("rip=0000000140001164\n");
        assertThat(type("~*e .echo a; .echo b")).endsWith("a\nb\n");
        assertThat(type("~0s")).contains("mov     dword ptr [8],2Ah");
        assertThat(type("~7s")).isEqualTo("oriel: there is no thread 7\n");
        try (var many = new DumpConsole("deadlock-x64.dmp")) {
            assertThat(many.type("~1s; ~.")).contains(".   1  ");
            assertThat(many.type("~*kc 1")).contains("    0  ").contains(".   1  ");
        }
    }

    @Test
    void scriptsJournalsAndTheSystem() throws IOException {
        Path script = folder.resolve("script.txt");
        Files.writeString(script, "* comment\n.echo one; .echo two\n? 1\n");
        assertThat(type("$<" + script)).startsWith("one\ntwo\nEvaluate");
        assertThat(type("$$>a<" + folder.resolve("missing"))).contains("missing");
        Path journal = folder.resolve("journal.txt");
        type(".logopen " + journal, ".echo kept", ".logclose", ".echo not");
        assertThat(Files.readString(journal))
                .contains("0:000> .echo kept\nkept\n")
                .doesNotContain("not");
        type(".logappend " + journal, ".echo more", ".logclose");
        assertThat(Files.readString(journal)).contains("kept\n").contains("more\n");
        assertThat(type(".shell echo from the system")).isEqualTo("from the system\n");
        assertThat(type(".cls")).isEmpty();
        assertThat(type("help bp")).contains("break at an address").doesNotContain("the stack");
        assertThat(type("nonsense"))
                .isEqualTo("oriel: 'nonsense' is not a command; 'help' lists them\n");
        assertThat(type("")).isEqualTo("oriel: 'nonsense' is not a command; 'help' lists them\n");
        type("qd");
        assertThat(console.motions).containsExactly("qd");
    }
}
