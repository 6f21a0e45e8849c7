package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that show parts of a target. */
class InspectionCommandsTest {
    private static final String CRASH = Outcome.example("crash-x64.dmp");
    private static final String IMAGE = Outcome.example("crash-x64.exe");

    @TempDir Path folder;

    private static Outcome found(String... args) {
        Outcome outcome = Outcome.of(args);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        return outcome;
    }

    @Test
    void infoOfADump() {
        assertThat(found("info", CRASH).out())
                .contains("kind       minidump")
                .contains("C:\\oriel\\crash-x64.exe, process 320")
                .contains("0xc0000005 at 0x140001164, thread 324");
    }

    @Test
    void infoOfAnImage() {
        assertThat(found("info", IMAGE).out())
                .contains("PE32+ program, console, amd64")
                .contains("777AFF553077FC924C4C44205044422E1")
                .contains("\n  .text ")
                .contains("\n  export ");
    }

    @Test
    void modules() {
        assertThat(found("modules", CRASH).out())
                .containsPattern("000140000000  crash-x64.exe .*777AFF553077FC924C4C44205044422E1");
        assertThat(found("modules", IMAGE).out()).contains("crash-x64.exe");
    }

    @Test
    void threads() {
        String text = found("threads", Outcome.example("waiters-x64.dmp")).out();
        assertThat(text.lines()).hasSize(10);
        assertThat(text).containsPattern("\\* +\\d+  0001400\\w+  crash-x64!");
        assertThat(found("threads", "--registers", CRASH).out()).contains("rip=0000000140001164");
    }

    @Test
    void stackWithArgumentsAndVariables() {
        String dump = Outcome.example("crash-x86.dmp");
        assertThat(found("stack", dump).out())
                .contains("crash-x86!level3+0x9 (kind=0x402008)  [crash.c:200]\n");
        assertThat(found("stack", "--locals", dump).out())
                .contains(
                        "param const Kind * kind = 0x402008 -> {name=0x4020a2 \"null-write\", crash=")
                .contains("local unsigned int i  (optimised away)\n");
        assertThat(found("analyze", Outcome.example("use-after-free-x64.dmp")).out())
                .contains("\nVariables of frame 0, crash-x64!use_after_free+0x40\n")
                .contains(
                        "   local Animal * dangling = 0x7ffffe222080 -> {speak=0xdddddddddddddddd, legs=");
        assertThat(found("analyze", "--json", dump).out())
                .contains("\"pointee\" : \"{name=0x4020a2");
    }

    @Test
    void stackOfOneThread() {
        Outcome crashed = found("stack", CRASH);
        assertThat(crashed.out()).contains("Thread 324 crashed").contains("level1+");
        assertThat(found("stack", CRASH, "324")).isEqualTo(crashed);
        assertThat(found("stack", CRASH, "0x144")).isEqualTo(crashed);
        assertThat(found("stack", "--frames", "2", CRASH).out()).contains("more frames");
        assertThat(found("stack", "--all", Outcome.example("waiters-x64.dmp")).out())
                .contains("8 threads here");
    }

    @Test
    void memoryMap() {
        assertThat(found("memory", CRASH).out())
                .contains("stack of thread 324")
                .contains("TEB of thread 324")
                .contains("bytes can be read");
        assertThat(found("memory", "--ranges", IMAGE).out()).contains("crash-x64.exe");
    }

    @Test
    void readsMemoryInEveryForm() {
        assertThat(found("read", CRASH, "rip", "-n", "11").out())
                .startsWith("000140001164  c7 04 25 08 00 00 00 2a-00 00 00 ");
        assertThat(found("read", CRASH, "rip", "-n", "8", "--as", "words").out())
                .isEqualTo("000140001164  04c7 0825 0000 2a00\n");
        assertThat(found("read", CRASH, "rip", "-n", "8", "--as", "dwords").out())
                .isEqualTo("000140001164  082504c7 2a000000\n");
        assertThat(found("read", CRASH, "rip", "-n", "8", "--as", "qwords").out())
                .isEqualTo("000140001164  2a000000082504c7\n");
        assertThat(found("read", CRASH, "rsp+8", "-n", "8", "--as", "pointers").out())
                .contains("000000014000102d  crash-x64!level3+0xd");
        assertThat(found("read", CRASH, "rbx", "--as", "ascii").out()).contains("\"null-write\"");
        assertThat(found("read", IMAGE, "crash-x64+213a", "--as", "ascii").out())
                .contains("\"null-write\"");
        assertThat(found("read", IMAGE, "crash-x64.exe!level3", "-n", "4").out()).hasLineCount(1);
    }

    @Test
    void addressesAreExpressions() {
        assertThat(found("read", CRASH, "@rsp+8", "-n", "8", "--as", "pointers").out())
                .isEqualTo(found("read", CRASH, "rsp+8", "-n", "8", "--as", "pointers").out())
                .contains("level3+0xd");
        assertThat(found("disassemble", CRASH, "poi(@rsp+8)", "-n", "1").out())
                .startsWith("crash-x64!level3+0xd:")
                .isEqualTo(found("disassemble", CRASH, "$ra", "-n", "1").out());
        assertThat(found("symbols", "lookup", CRASH, "@rip", "poi(@rsp+8)").out())
                .contains("crash-x64!null_write+0x4")
                .contains("crash-x64!level3+0xd");
        assertThat(found("search", CRASH, "--pointers-to", "crash-x64", "--in", "@rsp:0n16").out())
                .hasLineCount(1);
        Outcome wrong = Outcome.of("read", CRASH, "crash-x64!nothing");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("'crash-x64!nothing' at 0: crash-x64 has no nothing");
    }

    @Test
    void memoryThatIsNotThereIsSaid() {
        Outcome outcome = Outcome.of("read", CRASH, "1`00000000", "-n", "16");
        assertThat(outcome.code()).isEqualTo(ExitCode.NOTHING);
        assertThat(outcome.out()).contains("?? ??");
        assertThat(outcome.err()).contains("memory at 0x100000000 is not in");
    }

    @Test
    void disassembles() {
        assertThat(found("disassemble", CRASH, "-n", "2").out())
                .contains("crash-x64!null_write+0x4:")
                .containsPattern("000140001164  c70425080000002a\\+ +mov +dword ptr");
        assertThat(found("disassemble", IMAGE, "--no-bytes", "-n", "3").out()).contains("push");
        assertThat(found("disassemble", IMAGE, "crash-x64!level3", "--function").out())
                .contains("call")
                .containsPattern("ret\\s*$");
        assertThat(found("disassemble", CRASH, "-n", "1", "--syntax", "intel").out())
                .contains("mov dword [");
    }

    @Test
    void disassemblesPlainBytes() throws IOException {
        Path code =
                Files.write(
                        folder.resolve("code.bin"),
                        new byte[] {0x55, (byte) 0x8b, (byte) 0xec, (byte) 0xc3});
        Outcome outcome = found("disassemble", "--raw", "x86", "--base", "1000", code.toString());
        assertThat(outcome.out().lines())
                .satisfiesExactly(
                        l ->
                                assertThat(l)
                                        .startsWith("00001000  55")
                                        .contains("push")
                                        .endsWith("ebp"),
                        l -> assertThat(l).startsWith("00001001  8bec").endsWith("ebp,esp"),
                        l -> assertThat(l).startsWith("00001003  c3").endsWith("ret"));
    }

    @Test
    void searches() {
        assertThat(found("search", CRASH, "--text", "NULL-write", "-i").out())
                .contains("6e 00 75 00");
        assertThat(found("search", CRASH, "--text", "NULL-write", "-i", "--in", "crash-x64").out())
                .contains("6e 75 6c 6c 2d");
        assertThat(found("search", CRASH, "--text", "null-write", "--utf16").out())
                .doesNotContain("6e 75 6c 6c 2d");
        assertThat(Outcome.of("search", CRASH, "--text", "NULL-write").code())
                .isEqualTo(ExitCode.NOTHING);
        assertThat(found("search", IMAGE, "--bytes", "c7 04 25 ?8 00 00 00 2a").out())
                .startsWith("000140001164 ");
        assertThat(found("search", CRASH, "--regex", "null-[a-z]{5}", "--in", "crash-x64").out())
                .contains("/null-");
        assertThat(found("search", CRASH, "--pointers-to", "crash-x64", "--in", "rsp:100").out())
                .contains("pointer to 140000000+7000");
        assertThat(found("search", CRASH, "--strings", "--min", "8", "--limit", "3").out())
                .hasLineCount(3);
    }

    @Test
    void streams() {
        assertThat(found("streams", CRASH).out()).contains("module list").contains("exception");
    }
}
