package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.model.LoadedModule;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

@Timeout(600)
@NeedsWindows
class InjectionTest {
    private static final Duration SOON = Duration.ofSeconds(240);

    @Test
    void loadsALibrary() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            LoadedModule probe =
                    RemoteCode.inject(process, Debuggee.onDriveC("probe", "x64"), SOON);
            ModuleExports exports = process.exports(probe);
            assertThat(process.memory().unsigned(exports.address("probe_loads").orElseThrow(), 4))
                    .hasValue(1);
            long answer = exports.address("probe_answer").orElseThrow();
            assertThat(RemoteCode.call(process, answer, 2, SOON).result()).isEqualTo(42);
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void loadsALibraryIntoA32BitProgram() {
        try (Debuggee live = Debuggee.start32("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            LoadedModule probe =
                    RemoteCode.inject(process, Debuggee.onDriveC("probe", "x86"), SOON);
            assertThat(
                            process.memory()
                                    .unsigned(
                                            process.exports(probe)
                                                    .address("probe_loads")
                                                    .orElseThrow(),
                                            4))
                    .hasValue(1);
        }
    }

    @Test
    void saysWhenALibraryDoesNotLoad() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            assertThatThrownBy(() -> RemoteCode.inject(process, Path.of("C:\\no such.dll"), SOON))
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("no such.dll");
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void givesUpOnCodeThatDoesNotReturn() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            // jmp $
            byte[] code = {(byte) 0xeb, (byte) 0xfe};
            assertThatThrownBy(() -> RemoteCode.run(process, code, 0, Duration.ofMillis(50)))
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("did not return");
        }
    }
}
