package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

@Timeout(600)
@NeedsWindows
class WindowsProcessTest {
    private static final String LIVE = "C:\\oriel\\live-x64.exe";
    private static final Duration SOON = Duration.ofSeconds(240);

    @Test
    void tellsWhoAProcessIs() {
        try (Debuggee live = Debuggee.start("wait", "and see");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            assertThat(process.architecture()).isEqualTo(Architecture.X64);
            assertThat(process.imagePath()).isEqualToIgnoringCase("C:\\oriel\\live-x64.exe");
            assertThat(process.parentId()).isEqualTo(ProcessHandle.current().pid());
            assertThat(process.isAlive()).isTrue();
            assertThat(process.isDebugged()).isFalse();
            assertThat(process.exitCode()).isEmpty();
            assertThat(process.times().created()).isPresent();
            assertThat(process.times().exited()).isEmpty();
            // Wine answers 0.
            assertThat(process.handleCount()).isNotNegative();
            ProcessBlock block = process.block();
            assertThat(block.commandLine().orElseThrow()).endsWith("wait \"and see\"");
            assertThat(block.environment())
                    .anyMatch(v -> v.toUpperCase(java.util.Locale.ROOT).startsWith("PATH="));
            assertThat(block.folder()).isNotEmpty();
            assertThat(process.modules().get(0).base()).isEqualTo(block.imageBase().orElseThrow());
        }
    }

    @Test
    void tellsWhoseAProcessIs() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            ProcessOwner owner = process.owner();
            assertThat(owner.user())
                    .endsWithIgnoringCase("\\" + System.getProperty("user.name", ""));
            assertThat(owner.integrity()).isGreaterThanOrEqualTo(ProcessOwner.Integrity.MEDIUM);
            assertThat(owner.elevated()).isEqualTo(Privileges.isElevated());
            assertThat(owner.sandboxed()).isFalse();
            assertThat(process.protection()).isEmpty();
            assertThat(process.packageName()).isEmpty();
            ProcessEntry entry = SystemSnapshot.take().process(live.processId()).orElseThrow();
            List<TerminalSession> sessions = TerminalSession.list();
            assertThat(sessions).extracting(TerminalSession::id).contains(entry.sessionId());
            assertThat(sessions).anyMatch(s -> owner.user().endsWith(s.user()));
            // Wine lists the processes, but not whose they are.
            assertThat(TerminalSession.usersOfProcesses())
                    .matches(
                            u ->
                                    owner.user()
                                            .equals(
                                                    u.getOrDefault(
                                                            live.processId(), owner.user())));
        }
    }

    @Test
    void findsProcessesByPath() {
        try (Debuggee live = Debuggee.start("wait")) {
            SystemSnapshot snapshot = SystemSnapshot.take();
            assertThat(snapshot.process(live.processId()).orElseThrow().imagePath())
                    .hasValueSatisfying(p -> assertThat(p).isEqualToIgnoringCase(LIVE));
            assertThat(snapshot.named("c:/ORIEL/*x64"))
                    .extracting(ProcessEntry::processId)
                    .contains(live.processId());
            assertThat(snapshot.named(LIVE)).isNotEmpty();
            assertThat(snapshot.named("C:\\elsewhere\\live-x64.exe")).isEmpty();
        }
        // The idle process has no program.
        assertThat(ImagePaths.of(0)).isEmpty();
    }

    @Test
    void protectionIsTakenApart() {
        assertThat(ProcessProtection.of(0)).isEmpty();
        // lsass with RunAsPPL, csrss, the system process, and a signer of the future
        assertThat(ProcessProtection.of(0x41).orElseThrow().words()).isEqualTo("light, lsa");
        assertThat(ProcessProtection.of(0x61).orElseThrow().words()).isEqualTo("light, win tcb");
        assertThat(ProcessProtection.of(0x72))
                .hasValue(new ProcessProtection(false, ProcessProtection.Signer.WIN_SYSTEM));
        assertThat(ProcessProtection.of(0xf1).orElseThrow().signer())
                .isEqualTo(ProcessProtection.Signer.OTHER);
        assertThat(ProcessOwner.Integrity.of(0x2100)).isEqualTo(ProcessOwner.Integrity.MEDIUM);
        assertThat(ProcessOwner.Integrity.of(0)).isEqualTo(ProcessOwner.Integrity.UNTRUSTED);
    }

    @Test
    void listsModulesAndTheirExports() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            assertThat(process.modules())
                    .extracting(m -> m.name().toLowerCase(java.util.Locale.ROOT))
                    .contains("live-x64.exe", "ntdll.dll", "kernel32.dll");
            LoadedModule program = process.modules().get(0);
            ModuleExports exports = process.exports(program);
            assertThat(exports.address("live_text")).hasValue(live.told("text"));
            assertThat(exports.address("live_number")).hasValue(live.told("number"));
            assertThat(exports.address("nothing")).isEmpty();
            long entry = process.entryVa(program).orElseThrow();
            assertThat(program.range().contains(entry)).isTrue();
            assertThat(process.memory().isExecutable(new AddressRange(entry, 1))).isTrue();
            LoadedModule kernel = process.module("KERNEL32").orElseThrow();
            assertThat(process.exports(kernel).forwards()).isNotEmpty();
            assertThat(RemoteCode.systemFunction(process, "kernel32", "HeapAlloc"))
                    .satisfies(
                            va ->
                                    assertThat(
                                                    process.module("ntdll")
                                                            .orElseThrow()
                                                            .range()
                                                            .contains(va))
                                            .isTrue());
        }
    }

    @Test
    void countsLoads() {
        try (Debuggee live = Debuggee.start("wait")) {
            countsLoads(live, "x64");
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void countsLoadsIn32BitPrograms() {
        try (Debuggee live = Debuggee.start32("wait")) {
            countsLoads(live, "x86");
        }
    }

    private static void countsLoads(Debuggee live, String architecture) {
        Path library = Debuggee.onDriveC("probe", architecture);
        try (WindowsProcess process = WindowsProcess.open(live.processId())) {
            LoadedModule probe = RemoteCode.inject(process, library, SOON);
            assertThat(process.loads(probe)).hasValue(new ModuleLoads(1, false));
            RemoteCode.inject(process, library, SOON);
            assertThat(process.loads(probe)).hasValue(new ModuleLoads(2, false));
            long free = RemoteCode.systemFunction(process, "kernel32", "FreeLibrary");
            RemoteCode.call(process, free, probe.base(), SOON);
            assertThat(process.loads(probe)).hasValue(new ModuleLoads(1, false));
            RemoteCode.call(process, free, probe.base(), SOON);
            assertThat(process.loads(probe)).isEmpty();
            LoadedModule program = process.modules().get(0);
            assertThat(process.loads(program).orElseThrow().pinned()).isTrue();
        }
    }

    @Test
    void countersOfOtherLoadersAreRead() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            ProcessMemory memory = process.memory();
            long at = memory.allocate(0, 0x1000, Protection.READ_WRITE);
            // Windows 7: the entry has the counter itself, at 0x6c, or 0x38 for 32-bit programs.
            memory.writeNumber(at + 0x6c, 0xffff, 2);
            memory.writeNumber(at + 0x38, 3, 2);
            assertThat(ModuleLoads.read(memory, Architecture.X64, at, false))
                    .hasValue(new ModuleLoads(0xffff, true));
            assertThat(ModuleLoads.read(memory, Architecture.X86, at, false))
                    .hasValue(new ModuleLoads(3, false));
            assertThat(ModuleLoads.read(memory, Architecture.X64, at, true)).isEmpty();
            // Windows 8 and later: it points to a node, which has the counter.
            memory.writeNumber(at + 0x98, at + 0x200, 8);
            memory.writeNumber(at + 0x218, 0xffffffffL, 4);
            assertThat(ModuleLoads.read(memory, Architecture.X64, at, true))
                    .hasValue(new ModuleLoads(0xffffffffL, true));
            memory.writeNumber(at + 0x218, 2, 4);
            assertThat(ModuleLoads.read(memory, Architecture.X64, at, true))
                    .hasValue(new ModuleLoads(2, false));
            long low = memory.allocate(0x1000_0000, 0x1000, Protection.READ_WRITE);
            memory.writeNumber(low + 0x50, low + 0x200, 4);
            memory.writeNumber(low + 0x20c, 7, 4);
            assertThat(ModuleLoads.read(memory, Architecture.X86, low, true))
                    .hasValue(new ModuleLoads(7, false));
            assertThat(ModuleLoads.read(memory, Architecture.X64, 0x10, false)).isEmpty();
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void knows32BitPrograms() {
        try (Debuggee live = Debuggee.start32("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            assertThat(process.architecture()).isEqualTo(Architecture.X86);
            assertThat(process.isWow64()).isTrue();
            assertThat(process.block().commandLine().orElseThrow()).endsWith("wait");
            LoadedModule program = process.modules().get(0);
            assertThat(program.name()).isEqualToIgnoringCase("live-x86.exe");
            assertThat(process.exports(program).address("live_text")).hasValue(live.told("text"));
            assertThat(process.memory().text(live.told("text"), false, 64))
                    .hasValue("ORIEL-LIVE-TEXT");
        }
    }

    @Test
    void killsAndKeepsTheExitCode() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            process.kill(0x1234);
            assertThat(process.await(SOON)).isTrue();
            assertThat(process.exitCode()).isEqualTo(OptionalInt.of(0x1234));
            assertThat(process.times().exited()).isPresent();
        }
    }

    @Test
    void endsAProcessFromWithin() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            assertThat(process.exitCleanly(7, SOON)).isTrue();
            assertThat(process.exitCode()).isEqualTo(OptionalInt.of(7));
        }
    }

    @Test
    void holdsAllThreadsAndLetsThemGo() throws InterruptedException {
        try (Debuggee live = Debuggee.start("spin");
                WindowsProcess process = WindowsProcess.open(live.processId());
                WindowsThread thread = WindowsThread.open(process, live.told("thread"))) {
            long counter = live.told("counter");
            try (Suspension held = process.suspend()) {
                // Answered only after the thread has come to rest.
                assertThat(thread.registers().pc()).isPresent();
                long before = process.memory().unsigned(counter, 4).orElseThrow();
                Thread.sleep(30);
                assertThat(process.memory().unsigned(counter, 4)).hasValue(before);
                held.close();
            }
            long then = process.memory().unsigned(counter, 4).orElseThrow();
            while (process.memory().unsigned(counter, 4).orElseThrow() == then) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAProcess() {
        assertThatThrownBy(() -> WindowsProcess.open(0x7ffffff0))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("There is no such process");
    }

    @Test
    void startsWithFolderEnvironmentAndOutput() throws IOException {
        Path program = Debuggee.onDriveC("live", "x64");
        Path output = Files.createTempFile("oriel", ".txt");
        var variables = new java.util.HashMap<>(System.getenv());
        variables.put("ORIEL_LIVE", "value with blanks");
        try (var started =
                ProcessStart.of(List.of(program.toString(), "print", "a b", "", "c\\\"d\\", "ö"))
                        .folder(Path.of("C:\\windows"))
                        .environment(Map.copyOf(variables))
                        .output(output)
                        .console(ProcessStart.Console.HIDDEN)
                        .start()) {
            assertThat(started.process().await(SOON)).isTrue();
            assertThat(started.process().exitCode()).hasValue(0);
        }
        assertThat(Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1).lines())
                .contains(
                        "argument=[a b]",
                        "argument=[]",
                        "argument=[c\\\"d\\]",
                        "variable=value with blanks")
                .anyMatch(l -> l.equalsIgnoreCase("folder=C:\\windows"));
        // Wine may close the files of a program a moment after its end.
        output.toFile().deleteOnExit();
    }

    @Test
    void startsSuspendedWithAnotherParent() {
        try (Debuggee other = Debuggee.start("wait");
                var started =
                        ProcessStart.of(
                                        List.of(
                                                Debuggee.onDriveC("live", "x64").toString(),
                                                "exit",
                                                "9"))
                                .suspended()
                                .parent(other.processId())
                                .start();
                WindowsThread thread =
                        WindowsThread.open(started.process(), started.mainThreadId())) {
            assertThat(started.process().parentId()).isEqualTo(other.processId());
            assertThat(started.process().isAlive()).isTrue();
            assertThat(thread.resume()).isEqualTo(1);
            assertThat(started.process().await(SOON)).isTrue();
            assertThat(started.process().exitCode()).hasValue(9);
        }
    }

    @Test
    void saysWhenAProgramCannotBeStarted() {
        assertThatThrownBy(() -> ProcessStart.of(List.of("C:\\no such.exe")).start())
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("no such.exe")
                .satisfies(e -> assertThat(((DriverException) e).code()).isEqualTo(2));
    }
}
