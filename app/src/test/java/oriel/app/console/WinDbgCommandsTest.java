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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people who know WinDbg write in their first hour, on a dump: what it prints. */
class WinDbgCommandsTest {
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
    void linesOfSourceFilesAreAddresses() throws IOException {
        String line = type("ln @rip").replaceFirst("(?s).*crash\\.c:(\\d+).*", "$1");
        assertThat(type("? `crash.c:" + line + "`")).contains("crash-x64!null_write");
        assertThat(type("? `crash-x64!crash.c:" + line + "`")).contains("crash-x64!null_write");
        assertThat(type("u crash-x64!crash.c:" + line + " L1")).contains("null_write");
        assertThat(type("bp `crash.c:" + line + "`"))
                .contains("crash-x64!null_write")
                .startsWith("  0 e 00000001400011");
        assertThat(console.breakpoints().list().get(0).request().place())
                .isEqualTo("crash-x64!crash.c:" + line);
        assertThat(type("bp `nothing.c:3`"))
                .isEqualTo("oriel: '`nothing.c:3`' at 0: no code of line nothing.c:3 is known\n");
    }

    @Test
    void breakpointsHaveTheNumbersThatAreChosen() throws IOException {
        assertThat(type("bp5 null_write")).startsWith("  5 e ");
        assertThat(type("bu2 level1 3 \"k\"; bl")).contains("  2 e ", "  5 e ", "(0003)", "\"k\"");
        assertThat(type("bp5 level2; bl 5")).contains("level2").doesNotContain("null_write");
        assertThat(type("br 2 7; bl")).contains("  7 e ").doesNotContain("  2 e ");
        assertThat(type(".bpcmds")).contains("\"k\";");
        assertThat(type("br 7")).isEqualTo("oriel: br NUMBER NEW-NUMBER\n");
    }

    @Test
    void threadsAreFrozenAndSuspended() throws IOException {
        assertThat(type("~0f; ~0u; ~0n; ~0m")).contains("suspend count 1\n", "suspend count 0\n");
        assertThat(console.motions).containsExactly("hold 0f", "hold 0u", "hold 0n", "hold 0m");
        assertThat(type("~*k 1; ~*r rip")).contains("null_write", "rip=0000000140001164");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    .for (r $t0=0; @$t0 < 9; r $t0=@$t0+1) {.if (@$t0 == 1) {.continue}; .printf "%d ", @$t0; .if (@$t0 == 3) {.break}}|0 2 3
                    r $t0=0; .do {r $t0=@$t0+1; .printf "%d ", @$t0} (@$t0 < 3)|1 2 3
                    .foreach (m {lm1m}) {.printf "<${m}> "}|<crash-x64> <ntdll> <kernel32>
                    .foreach /s (x "a b c") {.echo -x- ${x}1 x}|-x- a1 a -x- b1 b -x- c1 c
                    .foreach /pS 1 /ps 1 /s (x "a b c d") {.echo x}|b d
                    .catch {? nothing!x; .echo no}; .echo after|'nothing!x' at 0: no module nothing is loaded after
                    as greet .echo hello; .echo done|done
                    .if (1 == 2) {.echo a} .elsif (1 == 1) {.echo b} .else {.echo c}|b
                    j (@rip == 0) '.echo a'; '.echo b'|b
                    """)
    void scriptsHaveFlow(String line, String printed) throws IOException {
        String text = type(line).replaceAll("\\s+", " ").strip();
        assertThat(text).startsWith(printed);
    }

    @Test
    void aLineIsDoneAgain() throws IOException {
        type("r $t0=0");
        assertThat(type("r $t0=@$t0+1; .printf \"%d\\n\", @$t0; z (@$t0 < 3)"))
                .isEqualTo("1\n2\n3\n");
        assertThat(type(".break")).isEqualTo("oriel: .break stands outside of a loop\n");
    }

    @Test
    void aliasesStandForTextAndNumbers() throws IOException {
        assertThat(type("as greet .echo hello", "greet you")).isEqualTo("hello you\n");
        assertThat(type("as /x here @rip", "? here")).contains("= 00000001`40001164");
        assertThat(type("al")).contains("greet", ".echo hello", "here", "0x140001164");
        assertThat(type("ad greet", "greet you")).contains("'greet' is not a command");
        assertThat(type("ad *", "al")).isEqualTo("No aliases\n");
        assertThat(type("ad nothing")).isEqualTo("oriel: there is no alias 'nothing'\n");
    }

    @Test
    void scriptsHaveBlocksOverLinesAndArguments() throws IOException {
        Path script = folder.resolve("blocks.txt");
        Files.writeString(
                script,
                """
                $$ a comment
                .if (${$arg1} == 5)
                {
                    .echo five
                    .echo again
                }
                .else
                {
                    .echo other
                }
                .echo ${$arg2}
                """);
        assertThat(type("$$>a<" + script + " 5 end")).isEqualTo("five\nagain\nend\n");
        assertThat(type("$$>a<" + script + " 6 end")).isEqualTo("other\nend\n");
    }

    @Test
    void instructionsAreSearched() throws IOException {
        assertThat(type("#call level1 L40")).contains("call").contains("level");
        assertThat(type("#c70425 null_write L20")).contains("mov     dword ptr [8],2Ah");
        assertThat(type("#mov*2ah null_write L20")).contains("mov     dword ptr [8],2Ah");
        assertThat(type("#nonsense null_write L20"))
                .isEqualTo("oriel: no instruction has 'nonsense' in 0x20 bytes from 140001160\n");
        assertThat(type("uf /c level3"))
                .startsWith("crash-x64!level3 (")
                .contains("    call    qword ptr [rcx+8]\n");
        assertThat(type("uf /c level1")).contains("    call to crash-x64!level2 (");
    }

    @Test
    void memoryRegistersAndStacks() throws IOException {
        assertThat(type("dyb @rsp L2")).isEqualTo("00007ffffe1ffe70  10100000 a0 11111110 fe\n");
        assertThat(type("dyd @rsp+8 L1")).contains("01000000000000000001000000101101 4000102d");
        assertThat(type("kd 2")).contains("crash-x64!level3+0xd");
        assertThat(type("kM 1")).isEqualTo(type("k 1"));
        assertThat(type("rM 2")).startsWith("rax=");
        assertThat(type("rm 40", "r")).contains("000040 - Vector registers".substring(2), "xmm0=");
    }

    @Test
    void systemTimesHeapsAndLocks() throws IOException {
        assertThat(type("version")).startsWith("unknown system, x64\n  Debug session time:  20");
        assertThat(type(".effmach")).isEqualTo("Effective machine: x64\n");
        assertThat(type(".effmach x86")).startsWith("oriel: the target is shown as x64");
        assertThat(type(".echotime")).startsWith("Time: 20").endsWith(" UTC\n");
        type(
                "eq @rsp 0; ed @rsp+8 fffffffe; ed @rsp+c 1; eq @rsp+10 144; eq @rsp+18 0; eq @rsp+20 7d0");
        assertThat(type("!cs @rsp"))
                .contains("LockCount:           0xfffffffe\n")
                .contains("OwningThread:        0x144\n")
                .contains("SpinCount:           0x7d0\n")
                .endsWith("  LOCKED\n");
    }

    @Test
    void stacksOfAllThreads() throws IOException {
        try (var many = new DumpConsole("deadlock-x64.dmp")) {
            assertThat(many.type("!uniqstack")).contains("different stacks: ");
            assertThat(many.type("!findstack deadlock")).contains("Thread").contains("frame");
            assertThat(many.type("!findstack nothing_has_it"))
                    .isEqualTo("oriel: no stack has 'nothing_has_it'\n");
        }
    }

    @Test
    void theHeapsOfTheProcessAreListed() throws IOException {
        assertThat(type("!heap -s")).contains("Heap", "Committed");
        assertThat(type("!heap -p")).startsWith("oriel: !heap and !heap -s list the heaps");
    }

    /** The list of WinAppDbg's own console, with its aliases. */
    @Test
    void everyCommandOfWinAppDbgIsKnown() throws IOException {
        assertThat(type("python print(1)")).contains("examples/python/oriel.py");
        assertThat(type("regis rip; regis rip"))
                .isEqualTo("rip=0000000140001164\nrip=0000000140001164\n");
        assertThat(type("db @rsp 10")).isEqualTo(type("db @rsp L10"));
        assertThat(type("ba a 4 @rsp", "ba w 8 @rsp")).contains(" r 4 ", " w 8 ");
        assertThat(type("bm 140001000-140001010")).contains("pages 16");
        for (String each :
                "help,?,shell,continue,g,go,gh,gn,threadlist,tl,stack,k,step,p,next,trace,t,bp,ba,bm,bl,bo,be,bd,bc,disassemble,u,search,s,searchhex,sh,d,db,dw,dd,dq,ds,du,register,r,eb,find,f,.exchain,.exploitable,.symfix,quit,q"
                        .split(",")) {
            assertThat(type(each)).doesNotContain("is not a command");
        }
    }

    @Test
    void valuesAreChangedAsInC() throws IOException {
        assertThat(type("?? *(int*)@rsp = 41")).isEqualTo("int 0n41\n");
        assertThat(type("?? *(int*)@rsp += 1; dd @rsp L1")).contains("int 0n42\n", "0000002a");
        assertThat(type("?? @rcx = 0x123; r rcx")).contains("rcx=0000000000000123\n");
        assertThat(type("?? @$t3 = 7; ? $t3")).contains("= 00000000`00000007");
    }

    @Test
    void whatIsNotHereSaysWhatToUse() throws IOException {
        for (String each : List.of("a", ".load x", "dx @rip", "!dh x", "ls", ".process")) {
            assertThat(type(each)).contains(" is not offered: ");
        }
        assertThat(type("!irp 1000")).contains("'oriel kernel' has it");
        assertThat(type("!nonsense"))
                .isEqualTo("oriel: '!nonsense' is not a command; 'help' lists them\n");
    }

    @Test
    void aCallIsWatched() throws IOException {
        // The dump stands still: the first step leads nowhere, and that ends it.
        console.next = Halt.of(Halt.Kind.STOPPED);
        assertThat(type("wt"))
                .contains("    1     0 [ 0] crash-x64!null_write\n")
                .contains("1 instructions were executed");
        assertThat(type("wt -x")).isEqualTo("oriel: wt [-l DEPTH] [-m MODULE]\n");
    }
}
