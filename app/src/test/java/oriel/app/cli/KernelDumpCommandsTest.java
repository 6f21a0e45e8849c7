package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;
import oriel.testkit.KernelScenario;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.PagedImage.Tables;

/** The commands on a kernel dump. */
class KernelDumpCommandsTest {
    @TempDir static Path folder;
    private static String dump = "";

    @BeforeAll
    static void writeDump() throws IOException {
        Path file = folder.resolve("MEMORY.DMP");
        Files.write(file, new KernelScenario(Tables.X64).dump().bitmap("FDMP", 5));
        dump = file.toString();
    }

    private static String found(String... args) {
        Outcome outcome = Outcome.of(args);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        return outcome.out();
    }

    @Test
    void analyze() {
        assertThat(found("analyze", dump))
                .startsWith(
                        "ntoskrnl.exe: DRIVER_IRQL_NOT_LESS_OR_EQUAL: read of 8 bytes at 0x10 (null"
                                + " page, null+0x10), at IRQL 2 (DISPATCH_LEVEL)\n")
                .contains(
                        "  bug check  DRIVER_IRQL_NOT_LESS_OR_EQUAL (0xd1), processor 0, IRQL 2\n")
                .contains("  driver     mydrv.sys (likely): the faulting instruction is in it\n")
                .contains("  where      mydrv!ReadThing+0x4, thread 60 \"CPU 0, System\"\n")
                .containsPattern("  bug +0xD1:AVR@NULL\\+10 \\w+ mydrv.sys!ReadThing\n")
                .contains("mydrv!ReadThing+0x4\n   1  ")
                .contains("ntoskrnl!IofCallDriver+0x20\n   2  ")
                .contains("  1  000000000010  memory referenced: null page, null+0x10\n")
                .contains("  3  000000000000  0 read, 1 write, 8 execute: read\n")
                .contains("Thread 1532 \"CPU 1, app.exe\"")
                .contains("ntoskrnl!KeWaitForSingleObject+0x20");
    }

    @Test
    void analyzeAsJson() {
        assertThat(found("analyze", "--json", dump))
                .contains("\"bugCheck\"")
                .contains("\"irql\" : 2")
                .contains("\"meaning\" : \"instruction that referenced it\"")
                .contains("\"text\" : \"mydrv!ReadThing+0x4\"");
        String processes = found("processes", "--json", dump);
        assertThat(processes).contains("\"name\" : \"app.exe\"").contains("\"threadCount\" : 2");
    }

    @Test
    void infoAndProcesses() {
        assertThat(found("info", dump))
                .contains("kernel dump, complete memory, bitmap (PAGEDU64, bitmap of ")
                .contains(
                        "bug check  0xd1 DRIVER_IRQL_NOT_LESS_OR_EQUAL (10, 2, 0,"
                                + " fffff80013001004), thread 60")
                .contains("processes  3\n");
        assertThat(found("processes", dump))
                .containsPattern("\n +4 +0 +2  System +2026-03-01 05:00:00 UTC +ffff8a")
                .containsPattern("\n +1528 +420 +1  app.exe ");
        assertThat(found("streams", dump)).contains("physical pages");
    }

    @Test
    void oneProcess() {
        assertThat(found("modules", "--process", "app.exe", dump))
                .contains("C:\\app\\app.exe")
                .contains("mydrv.sys");
        assertThat(found("modules", dump)).doesNotContain("app.exe");
        assertThat(found("threads", "--process", "1528", dump)).contains("app+0x1010");
        assertThat(found("stack", "--process", "0x5f8", "--all", dump)).contains("app+0x1010");
        assertThat(found("read", "--process", "app.exe", dump, "0x20000", "-n", "16"))
                .contains("only in app.exe.");
        assertThat(found("memory", "--process", "app.exe", dump)).contains("000140000000");
        assertThat(found("search", "--process", "app.exe", "--text", "only in", dump))
                .contains("000000020000");
    }

    @Test
    void memoryOfTheKernel() {
        assertThat(found("disassemble", dump, "mydrv!ReadThing"))
                .contains("sub     rsp,28h")
                .contains("mov     rax,qword ptr [rcx+10h]");
        assertThat(found("read", dump, "mydrv", "-n", "2")).contains("4d 5a");
        assertThat(found("threads", dump)).containsPattern("\\* +60  fffff80013001004 mydrv!");
        assertThat(found("stack", dump)).contains("mydrv!ReadThing+0x4");
    }

    @Test
    void pageTables() {
        assertThat(found("memory", "--page", "mydrv!ReadThing", dump))
                .containsPattern("PXE +100f80 +[0-9a-f]{16} +VWUEAD\n")
                .containsPattern("PTE .* VWKEAD\nfffff80013001000: valid, physical address \\w+,")
                .endsWith("page of 4 KB\n");
        assertThat(found("memory", "--process", "app.exe", "--page", "20000", dump))
                .contains("20000: valid");
        Outcome absent = Outcome.of("memory", "--page", "20000", dump);
        assertThat(absent.code()).isEqualTo(ExitCode.NOTHING);
        assertThat(absent.out()).endsWith("20000: not mapped\n");
    }

    @Test
    void mistakes() {
        Outcome none = Outcome.of("modules", "--process", "nobody.exe", dump);
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("no process nobody.exe; 'oriel processes' lists them");
        Outcome user = Outcome.of("processes", Outcome.example("crash-x64.dmp"));
        assertThat(user.code()).isEqualTo(ExitCode.USAGE);
        assertThat(user.err()).contains("a dump of one process, not of a kernel");
        assertThat(Outcome.of("memory", "--page", "0", Outcome.example("crash-x64.dmp")).err())
                .contains("has no page tables");
        assertThat(Outcome.of("info", "--process", "4", Outcome.example("crash-x64.dmp")).err())
                .contains("--process makes no sense");
    }

    @Test
    @NeedsCorpus
    void smallDumpOfArm64() {
        String small = Corpus.file("kdlib/win10_arm64_mem/win10_arm64_mem.dmp").toString();
        assertThat(found("analyze", small))
                .contains("bug check  MANUALLY_INITIATED_CRASH (0xe2), processor 0")
                .contains("ntoskrnl+0x222de8")
                .contains("debugger data block 0xfffff801bce5ef70, plain")
                .contains("PsLoadedModuleList 0xfffff801bce76c30")
                .contains("Thread 4294967288 \"CPU 7, idle\"");
    }
}
