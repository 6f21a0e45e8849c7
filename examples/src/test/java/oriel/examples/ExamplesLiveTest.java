package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.testkit.Corpus;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;
import oriel.win32.SystemSnapshot;

/** Runs every example and looks at what it prints. */
@Timeout(600)
@NeedsWindows
class ExamplesLiveTest {
    private static final String RUN = Debuggee.onDriveC("run", "x64").toString();

    @TempDir Path folder;

    private static String run(String architecture) {
        return Debuggee.onDriveC("run", architecture).toString();
    }

    private static String guide(String architecture) {
        return Debuggee.onDriveC("guide", architecture).toString();
    }

    // --- starting, attaching, events ------------------------------------------------------------

    @Test
    void startAndTellEvents() throws Exception {
        assertThat(Output.of(DebugProgram::main, RUN, "exit", "6"))
                .contains("loaded kernel32.dll\n")
                .endsWith("exit code 6\n");
        assertThat(Output.of(PrintEvents::main, RUN, "output"))
                .containsPattern("ModuleLoaded at \\S+, process \\d+, thread \\d+\n")
                .contains("OutputWritten at ")
                .containsPattern("ProcessExited at \\S+, process \\d+, thread \\d+\n$");
        assertThat(Output.of(HandleEvents::main, RUN, "output"))
                .contains("output: narrow text\noutput: wide text\n");
        assertThat(Output.of(HandleEvents::main, RUN, "crash")).contains("access violation at run");
        assertThat(Output.of(CountEvents::main, RUN, "child"))
                .containsPattern(
                        "^exit code 7 after \\d+ modules\nexit code 0 after \\d+ modules\n$");
    }

    @Test
    void attachByIdAndByName() throws Exception {
        try (Debuggee debuggee = Debuggee.start("attached", "7")) {
            String id = Long.toString(debuggee.processId());
            assertThat(Output.of(AttachToProcess::main, id)).isEqualTo("exit code 7\n");
        }
        try (Debuggee debuggee = Debuggee.start("attached", "7")) {
            // The system may list for a moment what has ended.
            while (SystemSnapshot.take().named("live-x6*").size() > 1) {
                Thread.sleep(10);
            }
            String id = Long.toString(debuggee.processId());
            assertThat(Output.of(AttachByName::main, "live-x6*"))
                    .isEqualTo(id + " live-x64.exe\n" + id + " has ended\n");
        }
    }

    @Test
    void attachKillAndDump() throws Exception {
        Path dump = folder.resolve("full.dmp");
        try (Debuggee debuggee = Debuggee.start()) {
            String id = Long.toString(debuggee.processId());
            assertThat(Output.of(DumpProcess::main, id, dump.toString())).startsWith("wrote ");
            assertThat(Files.size(dump)).isGreaterThan(1 << 20);
            assertThat(debuggee.isAlive()).isTrue();
            Output.of(KillByAttaching::main, id);
            debuggee.exitCode();
        }
        Path crash = folder.resolve("crash.dmp");
        assertThat(Output.of(DumpAtCrash::main, crash.toString(), RUN, "crash")).contains("wrote ");
        assertThat(Files.readAllBytes(crash)).startsWith('M', 'D', 'M', 'P');
    }

    @Test
    void runAndBreakIn() throws Exception {
        assertThat(Output.of(LoopWithTimeout::main, RUN, "wait")).isEqualTo("takes too long\n");
        assertThat(Output.of(GoOn::main, RUN, "break"))
                .isEqualTo("ProgramStopped\nProcessExited\nthe program has ended\n");
        assertThat(Output.of(BreakIn::main, RUN, "wait"))
                .contains("Interrupted\n")
                .containsPattern("\n\\d+ is at ntdll");
    }

    // --- breakpoints and watches ----------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void stopWhereTheyShould(String architecture) throws Exception {
        String module = "run-" + architecture;
        String run = run(architecture);
        assertThat(Output.of(BreakOnFunction::main, module + "!run_half", run, "calls"))
                .startsWith(
                        "stopped at " + module + "!run_half\n" + module + "!run_half\n" + module);
        assertThat(Output.of(WhoCalls::main, module + "!run_factorial", run, "calls"))
                .hasLineCount(5)
                .contains(" called from " + module + "!run_factorial+");
        assertThat(Output.of(StepThrough::main, module + "!run_factorial", run, "calls"))
                .startsWith("in " + module + "!run_factorial+")
                .endsWith("result 120\n");
        assertThat(Output.of(TraceFunction::main, module + "!run_func", run, "hits", "1"))
                .startsWith(module + "!run_func ")
                .endsWith(" ret\n");
        assertThat(Output.of(TraceProgram::main, "200", run, "exit", "0")).hasLineCount(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void watchMemory(String architecture) throws Exception {
        String module = "run-" + architecture;
        String run = run(architecture);
        assertThat(Output.of(WatchVariable::main, module + "!run_variable", run, "touch", "3"))
                .isEqualTo("now 1\nnow 2\nnow 3\n");
        assertThat(Output.of(WatchBuffer::main, module + "!run_buffer", "4096", run, "buffer"))
                .contains(" wrote at 10\n")
                .contains(" wrote at 4095\n");
        assertThat(Output.of(WatchReturn::main, guide(architecture), "resolve"))
                .containsPattern("GetProcAddress returned [1-9a-f][0-9a-f]+\n")
                .contains("GetProcAddress returned 0\n");
        assertThat(Output.of(WatchArgument::main, guide(architecture), "resolve"))
                .containsPattern(
                        "GetProcAddress\\(module=0x\\w+, name=\"GetTickCount\"\\)\n\\w+ +\\S");
    }

    // --- hooks
    // ------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void hookFunctions(String architecture) throws Exception {
        String module = "run-" + architecture;
        String run = run(architecture);
        assertThat(Output.of(HookApi::main, module + "!int run_std(int a, int b)", run, "calls"))
                .isEqualTo("-> run_std(a=6, b=7)\n<- 42\n");
        assertThat(
                        Output.of(
                                HookApi::main,
                                module + "!int __fastcall run_fast(int a, int b, int c)",
                                run,
                                "calls"))
                .isEqualTo("-> run_fast(a=1, b=2, c=3)\n<- 6\n");
        String opened = Output.of(InterceptCalls::main, guide(architecture), "files");
        assertThat(opened.replaceAll("(?m)^\\d+: ", ""))
                .contains("opens file \"C:\\nowhere\\narrow.txt\"\nfailed\n")
                .contains("opens file \"C:\\nowhere\\wide.txt\"\nfailed\n")
                .contains("guide-" + architecture + ".exe\"\ndone\n")
                .contains("opens key \"Software\\OrielNarrow\"\ndone\n")
                .contains("opens key \"Software\\OrielWide\"\ndone\n");
        assertThat(Output.of(HookFormat::main, guide(architecture), "format"))
                .containsPattern("wsprintfW\\(\"%s of %d, %x and 100%%\", [0-9a-f]+, 7, ab\\)\n")
                .endsWith("\nbox of 7, ab and 100%\n");
        assertThat(Output.of(TraceText::main, guide(architecture), "text"))
                .contains("TextOutA: narrow text\n")
                .contains("TextOutW: wide text\n")
                .contains("ExtTextOutA: narrow and more\n")
                .contains("ExtTextOutW: wide and more\n")
                .contains("PolyTextOutA: poly1\nPolyTextOutA: poly2\n")
                .contains("PolyTextOutW: POLY1\nPolyTextOutW: POLY2\n");
    }

    // --- labels
    // -----------------------------------------------------------------------------------

    @Test
    void turnAddressesIntoLabelsAndBack() throws Exception {
        try (Debuggee debuggee = Debuggee.start()) {
            String id = Long.toString(debuggee.processId());
            String there = Output.of(AddressOfLabel::main, id, " kernel32 ! CreateFileA + 0x10 ");
            assertThat(there).startsWith("kernel32!CreateFileA+0x10 == 0x");
            String va = there.substring(there.lastIndexOf("0x") + 2).strip();
            assertThat(Output.of(LabelOfAddress::main, id, va)).isEqualTo(there);
        }
    }

    @Test
    void everyExampleIsRun() throws IOException {
        Path own = Corpus.projectRoot().resolve("examples");
        var tests = new StringBuilder();
        try (var files = Files.list(own.resolve("src/test/java/oriel/examples"))) {
            for (Path file : files.toList()) {
                tests.append(Files.readString(file));
            }
        }
        try (var files = Files.list(own.resolve("src/main/java/oriel/examples"))) {
            assertThat(files.map(f -> String.valueOf(f.getFileName()).replace(".java", "")))
                    .filteredOn(name -> !name.equals("package-info"))
                    .allMatch(name -> tests.indexOf(name + "::main") >= 0);
        }
    }
}
