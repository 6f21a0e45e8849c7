package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.app.render.ConsoleSchema;
import oriel.testkit.Corpus;
import tools.jackson.databind.JsonNode;

/** The console of {@code oriel debug} on real programs, in a Windows JVM under Wine. */
@Timeout(600)
class LiveConsoleTest {
    private static final String RUN = "C:\\oriel\\run-x64.exe";

    private static WindowsTool tool;

    @BeforeAll
    static void start() throws IOException {
        tool = WindowsTool.start();
        Files.copy(
                Corpus.projectRoot().resolve("target/windows/debuggees/run-x64.exe"),
                WindowsTool.driveC().resolve("run-x64.exe"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterAll
    static void stop() throws IOException {
        if (tool != null) {
            tool.close();
        }
    }

    private static Outcome debug(String commands, String... target) throws IOException {
        var args =
                new java.util.ArrayList<>(
                        List.of(
                                "debug",
                                "--program-output",
                                "C:\\oriel\\out.txt",
                                "--exec",
                                commands));
        args.addAll(List.of(target));
        return tool.run(args.toArray(String[]::new));
    }

    @Test
    void breaksStepsShowsAndChanges() throws IOException {
        Outcome outcome =
                debug(
                        "bp run-x64!run_factorial 2 \"r rcx; .echo hit; gc\"; bl;"
                                + " bp /1 /w \"@ecx == 3\" run-x64!run_factorial; g; kc 3; ub . L1;"
                                + " bc *; r ecx=2; p; t; gu; ~; |; !teb; !peb; !gle; .lastevent; bl;"
                                + " ba w4 run-x64!run_sink; !address .; !handle; lm m run*;"
                                + " x run-x64!run_fact*; .tlist run*; ? run-x64!run_factorial; q",
                        RUN,
                        "calls");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("process ")
                .contains(" is ready\n")
                .contains("0002 (0002) run-x64!run_factorial  hits 0 \"r rcx; .echo hit; gc\"\n")
                .contains("rcx=0000000000000004\nhit\n")
                .containsSubsequence(
                        "breakpoint 0 hit\nbreakpoint 1 hit\n", "rcx=0000000000000003\nhit\n")
                .contains("  0 run-x64!run_factorial\n  1 run-x64!run_factorial+")
                .contains("BeingDebugged:")
                .contains("breakpoint 1 hit\n")
                .contains("w 4 0000000140")
                .contains("Usage:                  run-x64.exe\n")
                .containsPattern("\\d+ handles?\n")
                .containsPattern("0000000140[0-9a-f]{6}  run-x64!run_factorial\n")
                .contains("run-x64.exe");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
    }

    @Test
    void endsRestartsAndDumps() throws IOException {
        Path dump = WindowsTool.driveC().resolve("console.dmp");
        Outcome outcome =
                debug(
                        "bp run-x64!run_factorial; g; .dump /ma C:\\oriel\\console.dmp; .restart; g;"
                                + " .echo again; r rcx; .childdbg 1; .kill; g; g",
                        RUN,
                        "calls");
        assertThat(outcome.out())
                .contains("wrote C:\\oriel\\console.dmp")
                .containsSubsequence("breakpoint 0 hit", "is ready", "breakpoint 0 hit", "again")
                .contains("rcx=0000000000000005")
                .contains("will be debugged")
                .contains("nothing is debugged any more\n");
        assertThat(Outcome.of("stack", dump.toString()).out()).contains("run-x64!run_factorial");
    }

    @Test
    void attachesDetachesAndSaysWhatIsWrong() throws IOException {
        String id = tool.spawnAndWait("live-x64", "wait");
        Outcome outcome = debug("~*kc 2; nonsense; .detach; q", "--attach", id);
        assertThat(outcome.out())
                .contains("kernelbase!Sleep")
                .contains("detached from process " + id);
        assertThat(outcome.err())
                .isEqualTo("oriel: 'nonsense' is not a command; 'help' lists them\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.NOTHING);
        assertThat(tool.run("ps", id).out()).contains("live-x64.exe");
        tool.run("kill", id, "--yes");
    }

    @Test
    void exceptionsStopAsTheRulesSay() throws IOException {
        Outcome errors = debug("sxe gle:0n1234; sx; g; !gle; gu; !gle; q", RUN, "error", "1234");
        assertThat(errors.out())
                .contains("gle - Last error", "breakpoint 0 hit", "(0) - ERROR_SUCCESS")
                .contains("LastErrorValue: (Win32) 0x4d2 (1234)");
        Outcome outcome = debug("sxd av; sxe epr; g; sx; .echo end; q", RUN, "calls");
        assertThat(outcome.out())
                .contains("av - Access violation")
                .contains("second-chance break")
                .endsWith("end\n");
    }

    private static int lineOf(String text) throws IOException {
        List<String> source =
                Files.readAllLines(Corpus.projectRoot().resolve("debuggees/live/run.c"));
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new IOException("run.c has no " + text);
    }

    @Test
    void whatUsersOfWinDbgWriteInTheFirstHour() throws IOException {
        int line = lineOf("SHOWN int run_factorial");
        Outcome outcome =
                debug(
                        "bp3 `run.c:"
                                + line
                                + "`; g; ~0f; ~0u; ~0n; ~0m; !heap -s; version;"
                                + " uf /c run-x64!main; #imul @rip L60; .restart; g; r $t0=@$tid;"
                                + " bl; bd 3; wt; ~*k 1; q",
                        RUN,
                        "calls");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("  3 e 0000000140")
                .containsSubsequence("breakpoint 3 hit", "is ready", "breakpoint 3 hit")
                .contains("suspend count 1", "of the process", "Windows", "imul")
                .contains("    call to run-x64!run_factorial (")
                .containsPattern(" +\\d+ +\\d+ \\[ 4\\]         run-x64!run_factorial\n")
                .containsPattern("run-x64!run_factorial +5 +\\d+")
                .contains("run-x64!main+");
    }

    @Test
    void functionsThatMatchAreMonitored() throws IOException {
        Outcome outcome =
                tool.run(
                        "hook",
                        "run-x64!run_fac*",
                        "kernelbase!GetCommandLineA",
                        "run-x64!run_sum",
                        "--stack",
                        "1",
                        "--when",
                        "@ecx != 4",
                        "--program-output",
                        "C:\\oriel\\out.txt",
                        RUN,
                        "calls");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("run_sum(0x1, \"abc\", \"wide\", 0x100000002) = 0x14\n")
                .contains("        from run-x64!main+")
                .contains("        from run-x64!run_factorial+")
                .contains(" = \"C:\\oriel\\run-x64.exe calls\"\n")
                .containsPattern("run_factorial\\(0x5, .*\\) = 0x78\n")
                .doesNotContainPattern("run_factorial\\(0x4");
        Outcome nothing = tool.run("hook", "nothing!x*", "--limit", "1", RUN, "exit", "0");
        assertThat(nothing.err()).contains("no function matches nothing!x*");
        assertThat(nothing.code()).isEqualTo(ExitCode.NOTHING);
    }

    @Test
    void aPythonIsLookedInto() throws IOException {
        Path python = Corpus.projectRoot().resolve("target/windows/python/python.exe");
        assumeTrue(Files.exists(python), "no Python for Windows: scripts/windows-env prepare");
        Path script =
                Corpus.projectRoot()
                        .resolve("examples/src/test/resources/oriel/examples/objects.py");
        Outcome outcome =
                debug(
                        "g; !pystack; !pystack -all; !pyobj python313!_Py_TrueStruct; q",
                        "Z:" + python,
                        "Z:" + script);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("objects.py\", line 55, in wanted\n")
                .contains("        key = 'the key'\n")
                .contains("Python Thread ")
                .contains("    Type: bool\n    Repr: True\n");
    }

    @Test
    void eventsAreLinesOfJson() throws IOException {
        Outcome outcome =
                tool.run(
                        "debug",
                        "--json-events",
                        "--program-output",
                        "C:\\oriel\\out.txt",
                        "--exec",
                        "bp run-x64!run_factorial; g; r; k; bc *; g",
                        RUN,
                        "calls");
        List<JsonNode> lines = ConsoleSchema.check(outcome.out());
        assertThat(lines.stream().map(l -> l.path("event").asString("")).distinct())
                .contains(
                        "ProcessStarted",
                        "ModuleLoaded",
                        "LoaderStopped",
                        "BreakpointHit",
                        "ProcessExited");
        assertThat(lines.stream().anyMatch(l -> l.path("registers").has("rip"))).isTrue();
    }
}
