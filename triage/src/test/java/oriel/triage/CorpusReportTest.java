package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Exploitability;
import oriel.triage.report.Fact;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.ModuleEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;

/** Reports on real dumps, checked against what is known of them from elsewhere. */
@NeedsCorpus
class CorpusReportTest {
    private static final String BREAKPAD = "breakpad/minidumps/";

    /** Breakpad's ratings and ours: HIGH, MEDIUM, LOW, NONE keep their order. */
    @ParameterizedTest
    @CsvSource({
        "ascii_read_av, HIGH, READ, 41414141",
        "ascii_read_av_block_write, HIGH, READ, 41414141",
        "ascii_read_av_clobber_write, HIGH, READ, 41414141",
        "ascii_read_av_conditional, HIGH, READ, 41414141",
        "ascii_read_av_then_jmp, HIGH, READ, 41414141",
        "ascii_read_av_xchg_write, HIGH, READ, 41414141",
        "ascii_write_av, HIGH, WRITE, 41414141",
        "ascii_write_av_arg_to_call, HIGH, WRITE, 41414141",
        "exec_av_on_stack, HIGH, EXECUTE, 3df944",
        "write_av_non_null, MEDIUM, WRITE, 4e3c9",
        "read_av_clobber_write, LOW, READ, 4e3c9",
        "read_av_conditional, LOW, READ, 4e3c9",
        "read_av_non_null, LOW, READ, 4e3c9",
        "null_read_av, NONE, READ, 0",
        "null_write_av, NONE, WRITE, 0",
    })
    void ratesLikeBreakpad(String name, String breakpad, String kind, String va)
            throws IOException {
        CrashReport report = report(BREAKPAD + name + ".dmp");
        Exploitability level = report.rating().orElseThrow().level();
        switch (breakpad) {
            case "HIGH" -> assertThat(level).isEqualTo(Exploitability.EXPLOITABLE);
            case "MEDIUM" -> assertThat(level).isEqualTo(Exploitability.PROBABLE);
            case "LOW" -> assertThat(level).isEqualTo(Exploitability.UNKNOWN);
            default -> assertThat(level).isEqualTo(Exploitability.NOT_LIKELY);
        }
        MemoryAccess access = report.access().orElseThrow();
        assertThat(access.kind()).isEqualTo(MemoryAccess.Kind.valueOf(kind));
        assertThat(access.place().va()).isEqualTo(Long.parseLong(va, 16));
        assertThat(report.reason().orElseThrow().name()).isEqualTo("STATUS_ACCESS_VIOLATION");
    }

    @Test
    void worksOutTheAddressTheProcessorHides() throws IOException {
        MemoryAccess access =
                report(BREAKPAD + "write_av_non_canonical.dmp").access().orElseThrow();
        assertThat(access.place().va()).isEqualTo(0xfefefefefefefefeL);
        assertThat(access.kind()).isEqualTo(MemoryAccess.Kind.WRITE);
        assertThat(access.origin()).isEqualTo(MemoryAccess.Origin.WORKED_OUT);
    }

    @Test
    void keepsAddressesOf32BitProgramsNarrow() throws IOException {
        CrashReport report = report(BREAKPAD + "minidump_32bit_crash_addr.dmp");
        assertThat(report.access().orElseThrow().place().va()).isBetween(0L, 0xffffffffL);
    }

    @Test
    void seesThatTheStackIsUsedUp() throws IOException {
        CrashReport report = report(BREAKPAD + "stack_exhaustion.dmp");
        assertThat(report.reason().orElseThrow().name()).isEqualTo("STATUS_STACK_OVERFLOW");
        assertThat(report.rating().orElseThrow().level()).isEqualTo(Exploitability.NOT_EXPLOITABLE);
        assertThat(report.findings().get(0).kind()).isEqualTo("endless-recursion");
        assertThat(report.stacks().get(0).entries())
                .anyMatch(e -> e instanceof RecursionEntry r && r.times() > 100);
    }

    @Test
    void namesThreadsAndTellsWhichCrashed() throws IOException {
        CrashReport report = report(BREAKPAD + "thread_name_list.dmp");
        assertThat(report.where().orElseThrow().threadId()).isEqualTo(10976);
        assertThat(report.stacks().get(0).crashed()).isTrue();
        assertThat(report.stacks().get(0).threads().get(0).name()).contains("overflow thread");
        List<String> names =
                report.stacks().stream()
                        .flatMap(s -> s.threads().stream())
                        .flatMap(t -> t.name().stream())
                        .toList();
        assertThat(names).contains("main thread", "sleep thread", "overflow thread");
        assertThat(report.modules())
                .filteredOn(m -> m.marks().contains(ModuleEntry.Mark.LIKE_SYSTEM_NAME))
                .extracting(m -> m.module().name())
                .containsExactly("ntd1l.dll", "kern3l32.dll");
    }

    @Test
    void namesTheFastFail() throws IOException {
        CrashReport report = report(BREAKPAD + "tiny-exe-fastfail.dmp");
        assertThat(facts(report)).anyMatch(f -> f.value().startsWith("FAST_FAIL_FATAL_APP_EXIT"));
        assertThat(threads(report)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "breakpad/minidumps/tiny-exe-with-cet-xsave.dmp, 1",
        "breakpad/minidumps/tiny-exe-with-cet-xsave-x86.dmp, 3",
        "llvm/lldb/test/API/functionalities/postmortem/wow64_minidump/fizzbuzz_wow64.dmp, 1",
    })
    void saysThatNothingCrashed(String file, int threads) throws IOException {
        CrashReport report = report(file);
        assertThat(report.crashed()).isFalse();
        assertThat(report.bucket()).isEmpty();
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("NotAnException");
        assertThat(threads(report)).isEqualTo(threads);
    }

    @Test
    void agreesWithTheStackWalkOfBreakpad() throws IOException {
        CrashReport report = report(BREAKPAD + "minidump2.dmp", locator(BREAKPAD + "symbols"));
        assertThat(labels(report.stacks().get(0)))
                .containsExactly(
                        "test_app!`anonymous namespace'::CrashFunction+0xe",
                        "test_app!main+0x50",
                        "test_app!__tmainCRTStartup+0x15f",
                        "kernel32!BaseProcessStart+0x23");
        assertThat(report.where().orElseThrow().location().line().orElseThrow().line())
                .isEqualTo(58);
        assertThat(report.access().orElseThrow().place().va()).isEqualTo(0x45);
        assertThat(report.bucket().orElseThrow().humanId())
                .matches("AVW@NULL\\+45 \\w{3}\\.\\w{3} test_app.exe!.*CrashFunction");
        assertThat(report.bucket().orElseThrow().confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void agreesWithTheSnapshotOfSymbolicator() throws IOException {
        CrashReport report = report("sentry/symbolicator/windows.dmp", locator("sentry/windows"));
        assertThat(report.where().orElseThrow().threadId()).isEqualTo(1636);
        assertThat(report.where().orElseThrow().pc()).isEqualTo(0x2a2a3d);
        assertThat(report.access().orElseThrow().place().va()).isEqualTo(0x45);
        FrameEntry first = (FrameEntry) report.stacks().get(0).entries().get(0);
        assertThat(first.location().symbol().orElseThrow().name()).isEqualTo("main");
        assertThat(first.location().line().orElseThrow().line()).isEqualTo(35);
        assertThat(threads(report)).isEqualTo(4);
    }

    @Test
    void readsTheAssertionStream() throws IOException {
        CrashReport report = report("rust-minidump/invalid-parameter.dmp");
        assertThat(report.reason().orElseThrow().name()).isEqualTo("STATUS_INVALID_PARAMETER");
        assertThat(facts(report))
                .anyMatch(f -> f.value().equals("invalid parameter: format != nullptr"));
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("FailedCheck");
    }

    @ParameterizedTest
    @CsvSource({
        "llvm/lldb/test/Shell/Minidump/Windows/Sigsegv/Inputs/sigsegv.dmp, 7ff7a13110d9, 1",
        "llvm/lldb/test/API/functionalities/postmortem/minidump/fizzbuzz_no_heap.dmp, 164d14, 1",
    })
    void findsWhereLldbDoes(String file, String pc, int threads) throws IOException {
        CrashReport report = report(file);
        assertThat(report.where().orElseThrow().pc()).isEqualTo(Long.parseLong(pc, 16));
        assertThat(report.reason().orElseThrow().code()).isEqualTo(0xc0000005);
        assertThat(threads(report)).isEqualTo(threads);
        assertThat(report.code().orElseThrow().lines()).anyMatch(line -> line.current());
    }

    @ParameterizedTest
    @CsvSource({
        "rust-minidump/linux-mini.dmp, SIGSEGV",
        "rust-minidump/pipeline-inlines-macos-segv.dmp, EXC_BAD_ACCESS",
    })
    void showsWhatIsReadableOfOtherSystems(String file, String name) throws IOException {
        CrashReport report = report(file);
        assertThat(report.reason().orElseThrow().name()).isEqualTo(name);
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("NotWindows");
        assertThat(report.diagnostics()).isNotEmpty();
    }

    @Test
    void reportsEverythingOfALargerDump() throws IOException {
        CrashReport report = report("kdlib/targetapp_minidump/target_minidump.dmp");
        assertThat(report.reason().orElseThrow().name()).isEqualTo("STATUS_BREAKPOINT");
        assertThat(report.handles().orElseThrow().total()).isPositive();
        assertThat(report.handles().orElseThrow().types()).isNotEmpty();
        assertThat(report.modules()).anyMatch(m -> m.main());
    }

    @Test
    void tellsTheBuildsOfBreakpadsTestProgramApart() throws IOException {
        List<String> signatures = new ArrayList<>();
        for (String name : List.of("ascii_read_av", "null_read_av", "ascii_read_av_then_jmp")) {
            CrashReport report = report(BREAKPAD + name + ".dmp");
            signatures.add(report.bucket().orElseThrow().signature());
        }
        assertThat(signatures).doesNotHaveDuplicates();
    }

    private static CrashReport report(String file) throws IOException {
        return report(file, SymbolLocator.NONE);
    }

    private static CrashReport report(String file, SymbolLocator symbols) throws IOException {
        DumpTarget target = DumpTarget.open(Corpus.file(file), DumpOptions.DEFAULT);
        return Analyzer.analyze(target, new Symbolizer(target, symbols));
    }

    private static SymbolLocator locator(String folder) {
        return new SymbolPathLocator(
                SymbolPath.EMPTY,
                List.of(Corpus.file(folder)),
                ServerSettings.DEFAULT,
                FetchListener.NONE);
    }

    private static List<String> labels(StackSection stack) {
        return stack.entries().stream().map(CorpusReportTest::label).collect(Collectors.toList());
    }

    private static String label(StackEntry entry) {
        return switch (entry) {
            case FrameEntry frame -> frame.label();
            case RecursionEntry recursion -> recursion.times() + " times";
        };
    }

    private static List<Fact> facts(CrashReport report) {
        return report.reason().orElseThrow().details();
    }

    private static int threads(CrashReport report) {
        return report.stacks().stream().mapToInt(s -> s.threads().size()).sum();
    }
}
