package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/**
 * The stack of the thread that crashed is the one that lldb shows. Where lldb has no unwind data it
 * stops, and so does the comparison. Calls to where no code is are left out: lldb takes it for a
 * function that has pushed rbp, and loses the caller.
 */
class LldbOracleTest {
    private static final Path LLDB = Path.of("/usr/bin/lldb-19");
    private static final int MOST_FRAMES = 40;
    private static final Pattern FRAME = Pattern.compile("frame #\\d+: 0x([0-9a-f]+)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crash-x64",
                "deadlock-x64",
                "stack-overflow-x64",
                "throw-x64",
                "use-after-free-x64",
                "waiters-x64",
                "crash-x86"
            })
    void agreesOnSamples(String name) throws Exception {
        compare(Corpus.projectRoot().resolve("examples/" + name + ".dmp"), 4);
    }

    @ParameterizedTest
    @NeedsCorpus
    @ValueSource(
            strings = {
                "kdlib/targetapp_test_cv_allreg_i386/targetapp_test_cv_allreg_i386.dmp",
                "llvm/lldb/test/API/functionalities/postmortem/minidump/fizzbuzz_no_heap.dmp",
                "breakpad/minidumps/thread_name_list.dmp",
                "breakpad/minidumps/ascii_read_av.dmp",
                "breakpad/minidumps/stack_exhaustion.dmp"
            })
    void agreesOnRealDumps(String name) throws Exception {
        compare(Corpus.file(name), 3);
    }

    private static void compare(Path dump, int atLeast) throws Exception {
        assumeTrue(Files.isExecutable(LLDB), "lldb-19 is not installed");
        List<String> theirs = lldb(dump);
        DumpTarget target = DumpTarget.open(dump, DumpOptions.DEFAULT);
        long thread = target.exception().orElseThrow().thread().threadId();
        StackTrace trace =
                new StackWalker(target, List.of()).walk(target.thread(thread).orElseThrow());
        var ours = new ArrayList<String>();
        for (StackFrame frame : trace.frames()) {
            ours.add(Long.toHexString(frame.pc()));
        }
        assertThat(theirs).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(ours.subList(0, Math.min(ours.size(), theirs.size()))).isEqualTo(theirs);
    }

    private static List<String> lldb(Path dump) throws IOException, InterruptedException {
        Path folder = Optional.ofNullable(dump.getParent()).orElse(Path.of("."));
        Process lldb =
                new ProcessBuilder(
                                LLDB.toString(),
                                "--batch",
                                "--no-lldbinit",
                                "-o",
                                "settings set target.exec-search-paths " + folder,
                                "-c",
                                dump.toString(),
                                "-o",
                                "bt " + MOST_FRAMES)
                        .redirectErrorStream(true)
                        .start();
        lldb.getOutputStream().close();
        String text = new String(lldb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(lldb.waitFor(5, TimeUnit.MINUTES)).isTrue();
        var found = new ArrayList<String>();
        Matcher frame = FRAME.matcher(text);
        while (frame.find()) {
            found.add(frame.group(1).replaceFirst("^0+(?=.)", ""));
        }
        return found;
    }
}
