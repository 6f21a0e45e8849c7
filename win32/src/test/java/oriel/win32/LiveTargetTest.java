package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.SystemInfo;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

@Timeout(600)
@NeedsWindows
class LiveTargetTest {
    @Test
    void isReadLikeADump() {
        try (Debuggee live = Debuggee.start("threads", "2")) {
            try (LiveTarget target = LiveTarget.open(live.processId(), false)) {
                assertThat(target.architecture()).isEqualTo(Architecture.X64);
                assertThat(target.exception()).isEmpty();
                assertThat(target.system().platform()).isEqualTo(SystemInfo.Platform.WINDOWS);
                assertThat(target.process().commandLine().orElseThrow()).contains("threads 2");
                TargetThread thread = target.thread(live.told("thread")).orElseThrow();
                assertThat(thread.registers().sp()).isPresent();
                assertThat(thread.stack().sizeBytes()).isPositive();
                assertThat(target.threads()).hasSizeGreaterThanOrEqualTo(3);
                assertThat(target.readableRanges()).isNotEmpty();
                // The same as Windows reads from the file.
                LoadedModule kernel =
                        target.modules().stream()
                                .filter(m -> m.label().equalsIgnoreCase("kernel32"))
                                .findFirst()
                                .orElseThrow();
                assertThat(kernel.version().orElseThrow())
                        .hasToString(FileVersion.of(kernel.path()).orElseThrow().file());
                assertThat(target.modules().get(0).version()).isEmpty();
                assertThat(target.handles()).anyMatch(h -> h.typeName().equals("Thread"));
                assertThat(target.diagnostics()).isEmpty();
            }
            assertThat(live.isAlive()).isTrue();
        }
    }

    @Test
    void remembersWhatWasUnloaded() {
        try (Debuggee live = Debuggee.start("wait")) {
            assertThat(unloadedProbe(live, "x64")).isEqualTo("probe-x64.dll");
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void remembersWhatA32BitProgramUnloaded() {
        try (Debuggee live = Debuggee.start32("wait")) {
            assertThat(unloadedProbe(live, "x86")).isEqualTo("probe-x86.dll");
        }
    }

    /** Has a program load and unload a library; its name among the unloaded modules. */
    private static String unloadedProbe(Debuggee live, String architecture) {
        LoadedModule probe;
        try (WindowsProcess process = WindowsProcess.open(live.processId())) {
            Path library = Debuggee.onDriveC("probe", architecture);
            probe = RemoteCode.inject(process, library, Duration.ofSeconds(240));
            long free = RemoteCode.systemFunction(process, "kernel32", "FreeLibrary");
            RemoteCode.call(process, free, probe.base(), Duration.ofSeconds(240));
        }
        try (LiveTarget target = LiveTarget.open(live.processId(), false)) {
            assertThat(target.modules()).noneMatch(m -> m.base() == probe.base());
            UnloadedModule last = target.unloadedModules().getLast();
            assertThat(last.range()).isEqualTo(probe.range());
            assertThat(last.timestamp()).isEqualTo(probe.timestamp());
            return last.name();
        }
    }

    @Test
    void letsTheProgramGoOn() {
        try (Debuggee live = Debuggee.start("spin")) {
            LiveTarget.open(live.processId(), false).close();
            try (WindowsProcess process = WindowsProcess.open(live.processId())) {
                long before = process.memory().unsigned(live.told("counter"), 4).orElseThrow();
                while (process.memory().unsigned(live.told("counter"), 4).orElseThrow() == before) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void showsBothSidesOfA32BitProgram() {
        try (Debuggee live = Debuggee.start32("wait")) {
            try (LiveTarget target = LiveTarget.open(live.processId(), false)) {
                assertThat(target.architecture()).isEqualTo(Architecture.X86);
                assertThat(target.modules())
                        .anyMatch(m -> m.name().equalsIgnoreCase("live-x86.exe"));
                assertThat(target.threads()).allMatch(t -> t.nativeRegisters().isPresent());
            }
            try (LiveTarget target = LiveTarget.open(live.processId(), true)) {
                assertThat(target.architecture()).isEqualTo(Architecture.X64);
                // Wine 10 has no 64-bit libraries in 32-bit programs, Windows has.
                assertThat(target.threads()).isNotEmpty();
            }
        }
    }
}
