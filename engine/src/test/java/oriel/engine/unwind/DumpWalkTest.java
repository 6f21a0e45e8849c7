package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.model.FrameTrust;
import oriel.model.StackEnd;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.TargetException;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Stacks of real dumps, without symbols, against what is known of them. */
class DumpWalkTest {
    @Test
    @NeedsCorpus
    void followsFramePointersAsBreakpadDoes() throws IOException {
        StackTrace trace = crashed("breakpad/minidumps/minidump2.dmp");
        // minidump2.stackwalk.out
        assertThat(pcs(trace)).containsExactly(0x40429eL, 0x404200L, 0x4053ecL, 0x7c816fd7L);
        assertThat(trace.frames().stream().map(StackFrame::sp))
                .containsExactly(0x12fe84L, 0x12fe90L, 0x12ff78L, 0x12ffc8L);
        assertThat(trace.end()).isEqualTo(StackEnd.COMPLETE);
    }

    @Test
    @NeedsCorpus
    void findsTheFramesThatTheDumpsOwnerSaw() throws IOException {
        StackTrace trace =
                crashed("kdlib/targetapp_test_cv_allreg_i386/targetapp_test_cv_allreg_i386.dmp");
        assertThat(pcs(trace)).hasSize(6).endsWith(0x75c06359L, 0x775b7b74L, 0x775b7b44L);
        assertThat(trace.end()).isEqualTo(StackEnd.COMPLETE);
    }

    @Test
    @NeedsCorpus
    void seesTheCallersOfSystemCallsThatFramePointersSkip() throws IOException {
        DumpTarget target = open("sentry/symbolicator/windows.dmp");
        StackTrace trace =
                new StackWalker(target, List.of()).walk(target.thread(3580).orElseThrow());
        // the snapshot of another walker has all of these but the second
        assertThat(pcs(trace))
                .containsExactly(0x771e016cL, 0x771a6a11L, 0x750662c4L, 0x771d0f79L, 0x771d0f44L);
        assertThat(trace.frames().get(1).trust()).isEqualTo(FrameTrust.LEAF);
    }

    @Test
    @NeedsCorpus
    void believesOnlyReturnAddressesBehindCallsWhereTheCodeIsKnown() throws IOException {
        DumpTarget target =
                DumpTarget.open(
                        Corpus.file("sentry/symbolicator/windows.dmp"),
                        DumpOptions.DEFAULT.withImagePath(List.of(Corpus.file("sentry/windows"))));
        StackTrace trace =
                new StackWalker(target, List.of()).walk(target.thread(1636).orElseThrow());
        // main keeps no frame pointer: only the image tells that 2a28d0 follows no call
        assertThat(pcs(trace))
                .startsWith(0x2a2a3dL)
                .endsWith(0x2a2d97L, 0x750662c4L, 0x771d0f79L, 0x771d0f44L)
                .doesNotContain(0x2a28d0L);
    }

    @Test
    @NeedsCorpus
    void walksThe32BitSideOfAWow64Process() throws IOException {
        DumpTarget target =
                open(
                        "llvm/lldb/test/API/functionalities/postmortem/wow64_minidump/"
                                + "fizzbuzz_wow64.dmp");
        StackTrace trace = new StackWalker(target, List.of()).walk(target.threads().get(0));
        assertThat(trace.frames().get(0).pc()).isEqualTo(0x77ce01fdL);
        assertThat(trace.frames().get(0).sp()).isEqualTo(0x37f5b8L);
        assertThat(trace.frames().size()).isGreaterThan(3);
        assertThat(trace.end()).isEqualTo(StackEnd.COMPLETE);
    }

    @Test
    void unwindsOurOwnDumpsByTheFunctionTable() throws IOException {
        StackTrace trace = crashed(ours("crash-x64.dmp"));
        assertThat(trace.frames().subList(1, 5)).allMatch(f -> f.trust() == FrameTrust.UNWIND_INFO);
        assertThat(pcs(trace))
                .startsWith(0x140001164L, 0x14000102dL, 0x14000104fL, 0x14000106fL, 0x140001131L);
    }

    @Test
    void takesTheCallerOfACallIntoAnUnloadedModuleFromTheStack() throws IOException {
        StackTrace trace = crashed(ours("unloaded-call-x64.dmp"));
        assertThat(trace.frames().get(1).trust()).isEqualTo(FrameTrust.LEAF);
        assertThat(pcs(trace).subList(1, 4))
                .containsExactly(0x14000102dL, 0x14000104fL, 0x14000106fL);
    }

    @Test
    void walksAndFoldsAStackOverflow() throws IOException {
        StackTrace trace = crashed(ours("stack-overflow-x64.dmp"));
        assertThat(trace.frames().size()).isGreaterThan(10_000);
        List<FrameFolding.Run> runs = FrameFolding.fold(pcs(trace), 16);
        assertThat(runs.size()).isLessThan(10);
        assertThat(runs.stream().mapToInt(FrameFolding.Run::repetitions).max().orElse(0))
                .isGreaterThan(10_000);
    }

    private static StackTrace crashed(String corpusFile) throws IOException {
        return crashed(Corpus.file(corpusFile));
    }

    private static StackTrace crashed(Path file) throws IOException {
        DumpTarget target = DumpTarget.open(file, DumpOptions.DEFAULT);
        TargetException exception = target.exception().orElseThrow();
        return new StackWalker(target, List.of())
                .walk(target.thread(exception.thread().threadId()).orElseThrow());
    }

    private static DumpTarget open(String corpusFile) throws IOException {
        return DumpTarget.open(Corpus.file(corpusFile), DumpOptions.DEFAULT);
    }

    private static Path ours(String name) {
        return Corpus.projectRoot().resolve("examples").resolve(name);
    }

    private static List<Long> pcs(StackTrace trace) {
        return trace.frames().stream().map(StackFrame::pc).toList();
    }
}
