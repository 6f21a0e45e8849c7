package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.app.kernel.SceneServer;
import oriel.testkit.kd.KernelKind;
import oriel.testkit.kd.KernelScene;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedStreamTarget.Habit;

/** The console on kernels that are different from each other, at the wire and behind it. */
class KernelPeersTest {
    private static final String COMMANDS =
            "k; lm; !process 0 0; u nt+5000 L1; db nt L2; !pcr; r; bp nt+1004; g; t; ~; !thread; q";

    private static void debug(SceneServer server, boolean is64, String counter) {
        Outcome info =
                Outcome.of("kernel", "--tcp", server.address(), "--info", "--timeout", "120");
        assertThat(info.err()).isEmpty();
        assertThat(info.out()).contains("kernel base = 0x").contains(is64 ? "TRUE" : "FALSE");
        Outcome outcome =
                Outcome.of(
                        "kernel",
                        "--tcp",
                        server.address(),
                        "--offline",
                        "--timeout",
                        "120",
                        "--exec",
                        COMMANDS);
        String base = is64 ? "fffff80080000000" : "80000000";
        assertThat(outcome.out())
                .contains("Break instruction exception")
                .contains("ntoskrnl")
                .contains("hal")
                .contains("program.exe")
                .contains("4d 5a")
                .contains("Breakpoint 0 hit")
                .contains(base.substring(0, base.length() - 4) + "1004")
                .contains("THREAD");
        assertThat(outcome.out().toLowerCase(Locale.ROOT)).contains(counter);
    }

    @ParameterizedTest
    @EnumSource
    void debugsKernelsOfEveryKind(KernelKind kind) {
        ScriptedKernel kernel = KernelScene.of(kind, 2);
        boolean is64 = !kind.name().endsWith("X86");
        String counter = kind.name().endsWith("ARM64") ? "pc=" : is64 ? "rip=" : "eip=";
        try (var server = new SceneServer(kernel, 0, target -> target)) {
            debug(server, is64, counter);
        }
        assertThat(kernel.isGone()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void debugsTargetsOfEveryHabit(Habit habit) {
        ScriptedKernel kernel = KernelScene.of(KernelKind.REACTOS_X86, 1);
        try (var server = new SceneServer(kernel, 0, target -> target.being(habit))) {
            debug(server, false, "eip=");
        }
    }

    private static Outcome look(ScriptedKernel kernel, String commands) {
        try (var server = new SceneServer(kernel, 0, target -> target)) {
            return Outcome.of(
                    "kernel", "--tcp", server.address(), "--timeout", "120", "--exec", commands);
        }
    }

    @Test
    void showsWhatThereIsOfATargetThatTellsOfNoDebuggerData() {
        Outcome outcome =
                look(
                        KernelScene.of(KernelKind.WINDOWS_10_X64, 1).telling(1),
                        "lm; k; r rip; !kdbg; q");
        assertThat(outcome.out())
                .contains("hal.dll")
                .contains("ntoskrnl!DbgBreakPointWithStatus")
                .contains("debugger data block: not found in the kernel image");
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOWS_10_X64", "REACTOS_X86", "WINDOWS_11_ARM64"})
    void findsTheKernelOfATargetThatTellsNothing(KernelKind kind) {
        Outcome outcome =
                look(
                        KernelScene.of(kind, 1).telling(0),
                        "lm; u nt+5000 L1; bp nt+1004; g; !kdbg; q");
        assertThat(outcome.out())
                .contains("ntoskrnl")
                .doesNotContain("hal.dll")
                .contains("DbgBreakPointWithStatus")
                .contains("Breakpoint 0 hit")
                .contains("drivers: no list of them is known");
    }
}
