package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code oriel debug --dump}: the console on dumps. */
class DebugDumpTest {
    private static Outcome look(String dump, String commands, String... more) {
        var args = new ArrayList<>(List.of("debug", "--dump", Outcome.example(dump)));
        args.addAll(List.of(more));
        args.addAll(List.of("--exec", commands));
        return Outcome.of(args.toArray(String[]::new));
    }

    @Test
    void showsWhereADumpStandsAndWhatIsThere() {
        Outcome outcome =
                look(
                        "crash-x64.dmp",
                        "k 2; r rip; lm m crash*; ln @rip; u . L1; ~; |; .lastevent; .ecxr;"
                                + " !analyze; !peb; db @rsp L1; ?? sizeof(int); ? @rip+1; q");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("exception c0000005 at crash-x64!null_write+0x4: write of 0x8\n")
                .contains("crash-x64!null_write+0x4 [crash.c:38]\n")
                .contains("rip=0000000140001164\n")
                .contains("crash-x64.exe")
                .contains("mov     dword ptr [8],2Ah")
                .contains(".   0  Id: 140.144")
                .contains(".   0  id: 140 (320)  C:\\oriel\\crash-x64.exe\n")
                .contains("STATUS_ACCESS_VIOLATION")
                .contains("CommandLine:    'C:\\oriel\\crash-x64.exe null-write'")
                .contains("Evaluate expression: 5368713573 = 00000001`40001165");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g",
                "p",
                "t",
                "gu",
                "gn",
                "bp @rip",
                "ba w4 @rsp",
                "sxe av",
                ".restart",
                ".kill",
                ".detach",
                "wt",
                "~0f",
                "modload a.dll"
            })
    void whatRunsAProgramIsRefused(String command) {
        Outcome outcome = look("crash-x64.dmp", command);
        assertThat(outcome.err())
                .isEqualTo("oriel: this is a dump: nothing in it runs, it can be looked at\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb @rsp 1", "r rax=1"})
    void whatChangesAProgramIsRefused(String command) {
        assertThat(look("crash-x64.dmp", command).err())
                .isEqualTo("oriel: this is a dump: nothing in it can be changed\n");
    }

    @Test
    void aDumpWithoutThreadsCanBeLookedAt(@TempDir Path directory) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(Outcome.example("crash-x64.dmp")));
        // The second entry of the directory is the thread list: type 3 at 0x2c.
        var laid = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(laid.getInt(0x2c)).isEqualTo(3);
        laid.putInt(0x2c, 0x7fff0000);
        Path dump = Files.write(directory.resolve("no-threads.dmp"), bytes);
        Outcome outcome =
                Outcome.of(
                        "debug",
                        "--dump",
                        dump.toString(),
                        "--exec",
                        "lm; db 140001164 L4; s 140001164 L20 c7; u 140001164 L1; !address; ~;"
                                + " k; r rip; .view; ~0s; !analyze; !teb; ? @rip; .echo end");
        assertThat(outcome.out())
                .startsWith("exception c0000005 at ")
                .contains("the dump has no threads\n", "crash-x64.exe")
                .containsPattern("000140001164  c7 04 25 08 +\\.\\.%\\.\n")
                .contains("000140001164  c7 04 25 08 00 00 00 2a-")
                .contains("mov     dword ptr [8],2Ah")
                .endsWith("end\n");
        assertThat(outcome.err())
                .contains("oriel: the dump has no threads\n")
                .doesNotContain("internal error");
        assertThat(outcome.code()).isEqualTo(ExitCode.NOTHING);
    }

    @Test
    void aDumpIsNoProgram() {
        Outcome outcome = look("crash-x64.dmp", "q", "app.exe");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("either a dump, or a program, or --attach PROCESS");
    }
}
