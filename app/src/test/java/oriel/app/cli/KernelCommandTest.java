package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.app.console.GuideOfCommands;
import oriel.app.kernel.SceneServer;
import oriel.app.render.ConsoleSchema;
import oriel.testkit.ByteWriter;
import oriel.testkit.kd.KernelScene;
import oriel.testkit.kd.ScriptedKernel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code oriel kernel} against a scripted kernel with drivers, processes and page tables. */
class KernelCommandTest {
    @TempDir Path folder;

    private static SceneServer server(boolean is64, String... prints) {
        return new SceneServer(KernelScene.of(is64, 2), 0, t -> t.printing(prints));
    }

    private static Outcome kernel(SceneServer server, String... more) {
        var args =
                new java.util.ArrayList<String>(
                        List.of("kernel", "--tcp", server.address(), "--timeout", "120"));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(String[]::new));
    }

    @Test
    void saysWhatTheTargetIsAndLetsItRunOn() {
        try (var server = server(true)) {
            Outcome outcome = kernel(server, "--info");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .contains(
                            "Connected to Windows 10 19041 x64 target, ptr64 TRUE, kernel base ="
                                    + " 0xfffff80080000000, PsLoadedModuleList ="
                                    + " 0xfffff80080008000");
            assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
            // It runs, so that it can be stopped once more.
            assertThat(kernel(server, "--info").code()).isEqualTo(ExitCode.FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsDriversProcessesThreadsAndReadsAProgramsMemory(boolean is64) {
        try (var server = server(is64, "a line of a driver\n")) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "lm; r; k; !process 0 2; !drivers; .process 1234; da 401000; !pte"
                                    + " 401000; !pcr; !msr c0000082; !dbgprint; x nt!*Break*; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .contains("a line of a driver")
                    .contains("ntoskrnl.exe")
                    .contains("hal.dll")
                    .contains("Image: System")
                    .contains("Cid: 1234")
                    .contains("Image: program.exe")
                    .contains("Cid 1234.1300")
                    .contains("2 drivers")
                    .contains("\"" + KernelScene.PROGRAM_TEXT + "\"")
                    .contains("valid, pa 300000")
                    .contains(is64 ? "cr3=00000000001aa000" : "cr3=00039000")
                    .contains("msr[c0000082] = fffff80000003000")
                    .contains("driver: second line")
                    .contains("ntoskrnl!DbgBreakPointWithStatus");
            assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        }
    }

    @Test
    void changesMemoryAndRegistersSetsBreakpointsAndSteps() {
        try (var server = server(true)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "r rax=1234; r rax; eb nt+6000 61 62 63 0; da nt+6000; bp nt+1004; g;"
                                    + " bl; t; r rip; bc *; bl; ? rax+1; ea nt+6000 \"x;y\"; da"
                                    + " nt+6000; ~1 r rip; ~; !thread; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .contains("rax=0000000000001234")
                    .contains("\"abc\"")
                    .contains("Breakpoint 0 hit")
                    .contains("rip=fffff80080001009")
                    .contains("Evaluate expression: 4661 = 00000000`00001235")
                    .contains("\"x;yb\"".substring(0, 4))
                    .contains(".   0  processor 0  ntoskrnl")
                    .contains("THREAD ffffe00089345080  Cid 0004.0020");
        }
    }

    @Test
    void keepsBreakpointsForDriversToComeAndWhenTheMachineStartsAnew() {
        long driver = 0xfffff80081000000L;
        ScriptedKernel kernel =
                KernelScene.of(true, 1)
                        .mapping("\\SystemRoot\\ntoskrnl.exe", ScriptedKernel.BASE, 0x9000)
                        .mapping("\\SystemRoot\\late.sys", driver, 0x2000);
        KernelScene.driver(kernel, driver, "late.sys", "Start", 0x1000);
        kernel.path(ScriptedKernel.BASE + 0x1000, driver + 0x1000);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome =
                    kernel(server, "--exec", "bu late!Start; bp nt+1004; bl; g; bl; g; bl; r rip");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .containsPattern("0 e \\(waits\\) .*late!Start .*\n  1 e fffff80080001004 ")
                    .contains("Loads \\SystemRoot\\ntoskrnl.exe")
                    .contains("Breakpoint 0 hit")
                    .containsPattern("0 e fffff80081001000 .*late!Start  hits 1")
                    .contains("rip=fffff80081001000");
        }
    }

    @Test
    void writesALineOfJsonForEachCommand() throws IOException {
        try (var server = server(true)) {
            Outcome outcome =
                    kernel(server, "--json", "--exec", "lm; !process 0 0; r; k; nothing; q");
            List<String> lines = outcome.out().lines().toList();
            assertThat(lines).hasSize(7);
            ConsoleSchema.check(outcome.out());
            JsonMapper mapper = new JsonMapper();
            JsonNode banner = mapper.readTree(lines.get(0));
            assertThat(banner.get("kernelBase").asString()).isEqualTo("0xfffff80080000000");
            assertThat(banner.get("build").asInt()).isEqualTo(19041);
            JsonNode modules = mapper.readTree(lines.get(1));
            assertThat(modules.get("modules")).hasSize(2);
            JsonNode processes = mapper.readTree(lines.get(2));
            assertThat(processes.get("processes").get(1).get("name").asString())
                    .isEqualTo("program.exe");
            assertThat(processes.get("processes").get(1).get("processId").asInt())
                    .isEqualTo(0x1234);
            assertThat(mapper.readTree(lines.get(3)).get("registers").get("rip").asString())
                    .isEqualTo("0xfffff80080005000");
            assertThat(mapper.readTree(lines.get(4)).get("frames")).isNotEmpty();
            assertThat(mapper.readTree(lines.get(5)).get("ok").asBoolean()).isFalse();
            assertThat(outcome.code()).isEqualTo(ExitCode.NOTHING);
        }
    }

    @Test
    void replaysWhatItRecorded() throws IOException {
        Path file = folder.resolve("session.kd");
        String first;
        try (var server = server(true, "printed\n")) {
            first =
                    kernel(server, "--record", file.toString(), "--exec", "lm; r; !process 0 0; q")
                            .out();
        }
        Outcome replayed =
                Outcome.of(
                        "kernel", "--replay", file.toString(), "--exec", "lm; r; !process 0 0; q");
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.out()).isEqualTo(first);
    }

    @Test
    void theGuideHasEachCommand() throws IOException {
        try (var server = server(true)) {
            GuideOfCommands.check(kernel(server, "--exec", "help *; q").out());
        }
    }

    @Test
    void breakpointsHaveConditionsPassesAndCommands() {
        try (var server = server(true)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--view",
                            "all",
                            "--exec",
                            "bp /w \"@rip == nt+1004\" nt+1004 1 \".echo here; r rip\"; bu"
                                    + " nowhere!f; bl; g; ~*kc 1; ~1 r rip; ub . L1; ?? (int)7/2;"
                                    + " .formats 10; .if (@rip == nt+1004) {.echo yes}; bc 0; bl;"
                                    + " bm nt 1000; .lastevent; q");
            assertThat(outcome.out())
                    .contains("when @rip == nt+1004 \".echo here; r rip\"\n")
                    .contains("(waits) 0001 (0001) nowhere!f")
                    .contains("Breakpoint 0 hit\n")
                    .contains("efl=")
                    .contains("here\nrip=fffff80080001004\n")
                    .contains("int 0n3\n")
                    .contains("yes\n");
            assertThat(outcome.err()).contains("pages of a kernel cannot be guarded: ba");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void watchesInstructionsAndDataWithDebugRegisters(boolean is64) {
        long base = is64 ? ScriptedKernel.BASE : (int) ScriptedKernel.BASE;
        ScriptedKernel kernel = KernelScene.of(is64, 2).writing(base + 0x1004, base + 0x6002);
        String pc = is64 ? "rip" : "eip";
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "ba e1 nt+1004; ba w4 nt+6000; bl; g; r "
                                    + pc
                                    + "; g; r "
                                    + pc
                                    + "; bd 0; g; r "
                                    + pc
                                    + "; bc *; bp nt+1004; ba r1 nt; ba r1 nt+1; ba r1 nt+2; ba r1"
                                    + " nt+3; ba r1 nt+4; q");
            String va = is64 ? "fffff8008000" : "8000";
            assertThat(outcome.out())
                    .contains("0 e e 1 " + va + "1004")
                    .contains("1 e w 4 " + va + "6000")
                    .containsPattern(
                            "(?s)Breakpoint 0 hit.*"
                                    + pc
                                    + "=0*"
                                    + va
                                    + "1004.*Breakpoint 1 hit.*"
                                    + pc
                                    + "=0*"
                                    + va
                                    + "1009.*Breakpoint 1 hit.*"
                                    + pc
                                    + "=0*"
                                    + va
                                    + "1009");
            assertThat(outcome.err())
                    .isEqualTo("oriel: all four debug registers are in use: bc or bd one\n");
        }
    }

    @Test
    void stopsWhenADriverLoads() {
        ScriptedKernel kernel =
                KernelScene.of(true, 1)
                        .mapping("\\SystemRoot\\early.sys", 0xfffff80081000000L, 0x2000)
                        .mapping("\\SystemRoot\\late.sys", 0xfffff80082000000L, 0x2000);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "sxe -c \".echo done\" ld:late*; sx; g; .echo held; sxd ld; sxr; sx; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .containsPattern("ld - Load module +- break  only late\\*  \"\\.echo done\"")
                    .containsPattern("(?s)late\\.sys.*done\nheld")
                    .containsPattern("(?s)held.*ld - Load module +- output\n");
        }
    }

    private static final int ACCESS_VIOLATION = 0xc0000005;

    @Test
    void stopsAtExceptionsAsFiltersSay() {
        ScriptedKernel kernel =
                KernelScene.of(true, 1)
                        .raising(ACCESS_VIOLATION, true)
                        .raising(0xc0000094, true)
                        .raising(ACCESS_VIOLATION, false)
                        .raising(0xc000001d, true)
                        .raising(0xc0001234, true)
                        .raising(0xc0001235, true);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "sxn *; sxi -h *; sxd av; sxi dz; sxe ii; sxe -h ii; sxe c0001235; sx; g; .echo"
                                    + " second; g; .echo illegal; g; .echo last; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .containsPattern("av - Access violation +- second-chance break - not handled")
                    .containsPattern("ii - Illegal instruction +- break - handled")
                    .containsPattern("c0001235 - .* - break - not handled")
                    .containsPattern("vs - Verifier stop +- output - not handled")
                    .containsPattern("\\* - Other exceptions +- output - not handled")
                    .containsPattern(
                            "(?s)code c0000005 \\(first chance\\)[^\n]*\n[^\n]*code c0000005"
                                    + " \\(second chance\\).*second\n"
                                    + ".*code c000001d.*illegal\n"
                                    + ".*code c0001234.*code c0001235.*last\n")
                    .doesNotContain("code c0000094");
        }
        assertThat(kernel.log().stream().filter(s -> s.startsWith("goes on with ")))
                .containsExactly(
                        "goes on with 10002",
                        "goes on with 80010001",
                        "goes on with 80010001",
                        "goes on with 80010001",
                        "goes on with 10002",
                        "goes on with 80010001",
                        "goes on with 10002");
    }

    private static final long CALL = ScriptedKernel.BASE + 0x1000;
    private static final long FUNCTION = ScriptedKernel.BASE + 0x2000;
    private static final long RETURNED = ScriptedKernel.BASE + 0x1005;

    /** A program that calls a function. */
    private static ScriptedKernel calling() {
        byte[] call = {(byte) 0xe8, (byte) 0xfb, 0x0f, 0, 0, (byte) 0x90};
        return KernelScene.of(true, 1).memory(CALL, call).path(CALL, FUNCTION, RETURNED);
    }

    @Test
    void aCallIsRunThroughPastWhatNobodyWantsToSee() {
        ScriptedKernel kernel = calling().raisingAt(FUNCTION, 0xc0000094);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome = kernel(server, "--exec", "sxi dz; bp nt+1000; g; bc *; p; r rip; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .contains("rip=fffff80080001005")
                    .doesNotContain("code c0000094");
            assertThat(kernel.log()).contains("goes on with 80010001");
        }
    }

    @Test
    void aCallIsRunThroughPastBreakpointsThatDoNotCount() {
        try (var server = new SceneServer(calling(), 0, t -> t)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "bp nt+1000; g; bc *; bp /w \"@rax == 77\" nt+2000; bp /w \"@rax =="
                                    + " 77\" nt+1005; p; r rip; p; r rip; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .containsPattern("(?s)rip=fffff80080001005.*rip=fffff80080001000")
                    .doesNotContain("Breakpoint 1 hit", "Breakpoint 2 hit");
        }
    }

    @Test
    void breakpointsOf32BitProgramsAreLeftBehind() {
        byte[] trap = {(byte) 0xcc};
        ScriptedKernel kernel =
                KernelScene.of(true, 1)
                        .memory(ScriptedKernel.BASE + 0x1004, trap)
                        .raisingAt(ScriptedKernel.BASE + 0x1004, 0x4000001f)
                        .raisingAt(ScriptedKernel.BASE + 0x1009, 0xc000001d);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome = kernel(server, "--exec", "sx; g; .echo wow; g; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .containsPattern("wob - WOW64 breakpoint +- break - handled")
                    .containsPattern("wos - WOW64 single step +- break - handled")
                    .containsPattern("(?s)code 4000001f.*wow\n(?!.*80000003).*code c000001d");
            assertThat(kernel.log()).doesNotContain("goes on with 80010001");
        }
    }

    @Test
    void commandsOfFiltersAreDone() {
        ScriptedKernel kernel =
                KernelScene.of(true, 1)
                        .raisingAt(ScriptedKernel.BASE + 0x1004, 0x80000003)
                        .raisingAt(ScriptedKernel.BASE + 0x1009, 0xc0001234);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "sxe -c \".echo any\" *; sxe -c \".echo own\" bpe; g; .echo one; g;"
                                    + " .echo two; sxn sse; t; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .containsPattern("(?s)own\none.*code c0001234.*any\ntwo")
                    .doesNotContain("code 80000004");
        }
    }

    @Test
    void codeGoesOnBehindWhatWasShownAndRegistersDoNotMoveIt() {
        try (var server = server(true)) {
            Outcome outcome =
                    kernel(server, "--exec", "u L1; r; u L1; r; u L1; bp nt+1004; g; u L1; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().lines().filter(l -> l.startsWith("fffff8008000")).toList())
                    .extracting(l -> l.substring(0, 16))
                    .containsExactly(
                            "fffff80080005000",
                            "fffff80080005000",
                            "fffff80080005000",
                            "fffff80080005001",
                            "fffff80080005000",
                            "fffff80080005003",
                            "fffff80080001004",
                            "fffff80080001004");
        }
    }

    @Test
    void translatesAddressesAndShowsTrapFrames() {
        ScriptedKernel kernel = KernelScene.of(true, 1);
        // KTRAP_FRAME: rax at 30, rip, cs, flags, rsp, ss from 168 on.
        var frame = new byte[0x190];
        ByteWriter.put64(frame, 0x30, 0x1122334455667788L);
        ByteWriter.put64(frame, 0x168, ScriptedKernel.BASE + 0x1004);
        ByteWriter.put64(frame, 0x170, 0x10);
        ByteWriter.put64(frame, 0x178, 0x246);
        ByteWriter.put64(frame, 0x180, ScriptedKernel.BASE + 0x7e00);
        ByteWriter.put64(frame, 0x188, 0x18);
        kernel.memory(ScriptedKernel.BASE + 0x6800, frame);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "!vtop 2aa000 401000; .trap nt+6800; .cxr; !irql; !cpuinfo; .trap nt;"
                                    + " !devnode 1; q");
            assertThat(outcome.out())
                    .contains("valid, pa 300000")
                    .contains("rax=1122334455667788")
                    .contains("rip=fffff80080001004")
                    .contains("IRQL of processor 0: 0 by cr8")
                    .contains("processor 0: KPRCB");
            assertThat(outcome.err())
                    .contains("there is no trap frame at fffff80080000000")
                    .contains("!devnode is not offered: dt shows structures");
        }
    }

    /** An IRP at a device of a driver, as wdm.h lays them out. */
    private static void objects(ScriptedKernel kernel, boolean is64, long base) {
        long driver = base + 0x6000;
        long device = base + 0x6200;
        long irp = base + 0x6300;
        int width = is64 ? 8 : 4;
        var bytes = new byte[0x800];
        ByteWriter.put32(bytes, 0, 4);
        pointer(bytes, width, is64 ? 8 : 4, device);
        pointer(bytes, width, is64 ? 0x18 : 0xc, base);
        ByteWriter.put32(bytes, is64 ? 0x38 : 0x1c, 24 | 24 << 16);
        pointer(bytes, width, is64 ? 0x40 : 0x20, driver + 0x180);
        byte[] name = "\\Driver\\one\0".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, bytes, 0x180, 22);
        ByteWriter.put32(bytes, is64 ? 0x38 : 0x1c, 22 | 22 << 16);
        pointer(bytes, width, (is64 ? 0x70 : 0x38) + 3 * width, base + 0x5000);
        ByteWriter.put32(bytes, 0x200, 3);
        pointer(bytes, width, 0x208, driver);
        ByteWriter.put32(bytes, 0x200 + (is64 ? 0x48 : 0x2c), 0x22);
        ByteWriter.put32(bytes, 0x300, 6);
        bytes[0x300 + (is64 ? 0x42 : 0x22)] = 1;
        bytes[0x300 + (is64 ? 0x43 : 0x23)] = 1;
        int place = 0x300 + (is64 ? 0xd0 : 0x70);
        bytes[place] = 3;
        pointer(bytes, width, place + (is64 ? 0x28 : 0x14), device);
        pointer(bytes, width, place + (is64 ? 0x38 : 0x1c), base + 0x5000);
        kernel.memory(driver, bytes);
        assertThat(irp - driver).isEqualTo(0x300);
    }

    private static void pointer(byte[] into, int width, int at, long value) {
        if (width == 8) {
            ByteWriter.put64(into, at, value);
        } else {
            ByteWriter.put32(into, at, value);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsObjectsOfTheIoManagerWithoutSymbols(boolean is64) {
        long base = is64 ? ScriptedKernel.BASE : (int) ScriptedKernel.BASE;
        ScriptedKernel kernel = KernelScene.of(is64, 1);
        objects(kernel, is64, base);
        try (var server = new SceneServer(kernel, 0, t -> t)) {
            Outcome outcome =
                    kernel(
                            server,
                            "--exec",
                            "!irp nt+6300; !devobj nt+6200; !drvobj nt+6000; !irp nt+6200; !object"
                                    + " nt+6200; q");
            assertThat(outcome.out())
                    .containsPattern(">\\[3, 0\\] 0 0  .*6200 .*DbgBreakPointWithStatus")
                    .contains("IRP_MJ_READ  \\Driver\\one")
                    .containsPattern("DEVICE .*6200  of driver .*6000 \\\\Driver\\\\one")
                    .contains("Type 22")
                    .containsPattern("DRIVER .*6000  \\\\Driver\\\\one")
                    .containsPattern("Devices: .*6200")
                    .containsPattern("\\[03\\] IRP_MJ_READ +ntoskrnl!DbgBreakPointWithStatus");
            assertThat(outcome.err())
                    .contains("there is no IRP at")
                    .contains("the types of the kernel are not known");
        }
    }

    @Test
    void doesScriptsWithComments() throws IOException {
        Path script = folder.resolve("commands.txt");
        Files.writeString(script, "* what is there; really\n.echo hello; .echo there\n\nq\n");
        try (var server = server(true)) {
            Outcome outcome = kernel(server, "--script", script.toString());
            assertThat(outcome.out()).endsWith("hello\nthere\n");
        }
    }

    @Test
    void saysThatSomethingElseIsAtTheOtherEnd() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread stranger = new Thread(() -> greet(server));
            stranger.setDaemon(true);
            stranger.start();
            Outcome outcome =
                    Outcome.of("kernel", "--tcp", "127.0.0.1:" + server.getLocalPort(), "--info");
            assertThat(outcome.code()).isEqualTo(ExitCode.UNREADABLE);
            assertThat(outcome.err())
                    .contains("this is no kernel debugger target")
                    .contains("SSH-2.0-OpenSSH_9.2");
        }
    }

    private static void greet(ServerSocket server) {
        try {
            Socket socket = server.accept();
            socket.getOutputStream()
                    .write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(Outcome.of("kernel").err()).contains("no line is given");
        assertThat(Outcome.of("kernel", "--net", "port:1").err()).contains("has no key");
        assertThat(Outcome.of("kernel", "--tcp", "a:1", "--pty", "/dev/pts/0").err())
                .contains("one line only");
        assertThat(Outcome.of("relay", "tcp:a:1").err()).contains("two lines are needed");
        assertThat(Outcome.of("relay", "--xen", "x", "net:key=1.2.3.4").code())
                .isNotEqualTo(ExitCode.FOUND);
        assertThat(ScriptedKernel.BASE).isNegative();
    }
}
