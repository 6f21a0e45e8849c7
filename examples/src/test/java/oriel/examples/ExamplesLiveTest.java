package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

/** Runs every example and looks at what it prints. */
@Timeout(180)
@NeedsWindows
class ExamplesLiveTest {
    private static final String RUN = Debuggee.onDriveC("run", "x64").toString();

    @TempDir Path folder;

    /** A main method. */
    private interface Program {
        void main(String[] args) throws Exception;
    }

    private static String output(Program program, String... args) throws Exception {
        PrintStream before = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.main(args);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void doWhatTheySay() throws Exception {
        assertThat(output(DebugProgram::main, RUN, "exit", "6"))
                .contains("loaded kernel32.dll\n")
                .endsWith("exit code 6\n");
        assertThat(output(HandleEvents::main, RUN, "output"))
                .contains("output: narrow text\noutput: wide text\n");
        assertThat(output(HandleEvents::main, RUN, "crash")).contains("access violation at run");
        assertThat(output(HookApi::main, "run-x64!int run_std(int a, int b)", RUN, "calls"))
                .isEqualTo("-> run_std(a=6, b=7)\n<- 42\n");
        assertThat(output(BreakOnFunction::main, "run-x64!run_half", RUN, "calls"))
                .startsWith("stopped at run-x64!run_half\nrun-x64!run_half\nrun-x64!");
        assertThat(output(WatchVariable::main, "run-x64!run_variable", RUN, "touch", "3"))
                .isEqualTo("now 1\nnow 2\nnow 3\n");
        assertThat(output(WatchBuffer::main, "run-x64!run_buffer", "4096", RUN, "buffer"))
                .contains(" wrote at 10\n")
                .contains(" wrote at 4095\n");
        assertThat(output(TraceFunction::main, "run-x64!run_func", RUN, "hits", "1"))
                .startsWith("run-x64!run_func mov\n")
                .endsWith(" ret\n");
        assertThat(output(StepThrough::main, "run-x64!run_factorial", RUN, "calls"))
                .startsWith("in run-x64!run_factorial+")
                .endsWith("result 120\n");
        Path dump = folder.resolve("crash.dmp");
        assertThat(output(DumpAtCrash::main, dump.toString(), RUN, "crash")).contains("wrote ");
        assertThat(Files.readAllBytes(dump)).startsWith('M', 'D', 'M', 'P');
        assertThat(output(LoopWithTimeout::main, RUN, "wait")).isEqualTo("takes too long\n");
    }
}
