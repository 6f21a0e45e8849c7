package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** {@code oriel analyze}. */
class AnalyzeCommandTest {
    @TempDir Path folder;

    private Path copy(String example, String name) throws IOException {
        return Files.copy(
                Path.of(Outcome.example(example)),
                folder.resolve(name),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void saysWhatHappenedOnOneScreenFirst() {
        Outcome outcome = Outcome.of("analyze", "--brief", Outcome.example("crash-x64.dmp"));
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().count()).isLessThan(40);
        assertThat(outcome.out())
                .startsWith("crash-x64.exe: ")
                .contains("0xc0000005")
                .contains("crash-x64!null_write")
                .contains("not likely exploitable")
                .contains("level3")
                .contains("crash.c:");
    }

    @Test
    void theFullReportHasTheEvidence() {
        String text = Outcome.of("analyze", Outcome.example("crash-x64.dmp")).out();
        assertThat(text)
                .contains("\nRegisters\n", "\n  rip  0000000140001164", "\n=> 000140001164");
        assertThat(text).contains("\nModules\n", "crash-x64.exe", "\nProcess\n");
        assertThat(text).doesNotContain("\033");
    }

    @Test
    void showsTheSourceAroundTheCrash() {
        String debuggees = Corpus.projectRoot().resolve("debuggees").toString();
        String dump = Outcome.example("crash-x64.dmp");
        assertThat(Outcome.of("analyze", dump, "--source-path", debuggees).out())
                .contains("\nSource\n", "crash.c\n")
                .containsPattern("\n=> 38  static void null_write\\(void\\)");
        assertThat(Outcome.of("analyze", "--json", dump, "--source-path", debuggees).out())
                .contains("\"sourceFiles\"", "\"firstLine\" : 34");
        assertThat(Outcome.of("analyze", dump).out()).doesNotContain("\nSource\n");
    }

    @Test
    void recursionIsFolded() {
        Outcome outcome = Outcome.of("analyze", Outcome.example("stack-overflow-x64.dmp"));
        assertThat(outcome.out())
                .contains("recurse")
                .containsPattern("\\^ repeated 11,7\\d\\d times");
        assertThat(outcome.out().lines().count()).isLessThan(120);
    }

    @Test
    void equalStacksAreShownOnce() {
        String text = Outcome.of("analyze", Outcome.example("waiters-x64.dmp")).out();
        assertThat(text).contains("8 threads here: ");
    }

    @Test
    void coloursAreUsedWhenAskedForOrOnATerminal() {
        String dump = Outcome.example("crash-x64.dmp");
        assertThat(Outcome.of("analyze", "--color", "always", dump).out()).contains("\033[1;31m");
        assertThat(Outcome.of("analyze", "--color=never", dump).out()).doesNotContain("\033");
        var terminal = new Console(System.out, System.err, true, true, Map.of());
        var refused = new Console(System.out, System.err, true, true, Map.of("NO_COLOR", "1"));
        var dumb = new Console(System.out, System.err, true, true, Map.of("TERM", "dumb"));
        assertThat(terminal.wantsColor()).isTrue();
        assertThat(refused.wantsColor()).isFalse();
        assertThat(dumb.wantsColor()).isFalse();
    }

    @Test
    void writesToAFile() throws IOException {
        Path output = folder.resolve("report.txt");
        String dump = Outcome.example("crash-x64.dmp");
        Outcome outcome = Outcome.of("analyze", "-o", output.toString(), dump);
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.out()).isEmpty();
        assertThat(output).hasContent(Outcome.of("analyze", dump).out());
    }

    @Test
    void aFolderGivesALineForEachDumpAndTheBuckets() throws IOException {
        copy("crash-x64.dmp", "a.dmp");
        copy("crash-x64.dmp", "b.DMP");
        Files.createDirectory(folder.resolve("deeper"));
        copy("throw-x64.dmp", "deeper/no-name-of-a-dump");
        Files.write(folder.resolve("broken.dmp"), new byte[100]);
        Files.writeString(folder.resolve("notes.txt"), "not a dump");
        Outcome outcome = Outcome.of("analyze", folder.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.out().lines().filter(l -> l.startsWith(folder.toString()))).hasSize(4);
        assertThat(outcome.out()).contains("broken.dmp").contains("unreadable: ");
        assertThat(outcome.out())
                .contains("4 dumps: 3 crashed in 2 buckets")
                .contains("1 unreadable");
        assertThat(outcome.out()).containsPattern("\n +2 x  AVW@NULL\\+8");
    }

    @Test
    void aFolderGivesTheSameWhateverTheNumberOfJobs() {
        String examples = Corpus.projectRoot().resolve("examples").toString();
        Outcome one = Outcome.of("analyze", "--jobs", "1", examples);
        Outcome many = Outcome.of("analyze", "--jobs", "7", examples);
        assertThat(many).isEqualTo(one);
        assertThat(Outcome.of("analyze", "--json", "--jobs", "1", examples))
                .isEqualTo(Outcome.of("analyze", "--json", "--jobs", "5", examples));
    }

    @Test
    void exitCodesOfManyInputs() throws IOException {
        Path broken = Files.write(folder.resolve("broken.dmp"), new byte[100]);
        String good = Outcome.example("crash-x64.dmp");
        assertThat(Outcome.of("analyze", broken.toString(), good).code()).isEqualTo(ExitCode.FOUND);
        assertThat(Outcome.of("analyze", folder.toString()).code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(Outcome.of("analyze", "--json", folder.toString()).out())
                .contains("\"error\":")
                .contains("broken.dmp");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Outcome.of("analyze", empty.toString()).code()).isEqualTo(ExitCode.NOTHING);
    }

    @Test
    @NeedsCorpus
    void nothingCrashedIsExitCodeOne() {
        Path dump = Corpus.file("breakpad/minidumps/tiny-exe-with-cet-xsave.dmp");
        Outcome outcome = Outcome.of("analyze", dump.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.NOTHING);
        assertThat(outcome.out()).contains("no exception");
    }

    @Test
    @NeedsCorpus
    void pdbsBesideTheImageGiveLines() {
        Outcome outcome =
                Outcome.of(
                        "analyze",
                        "--brief",
                        "--symbols",
                        Corpus.file("sentry/windows").toString(),
                        Corpus.file("sentry/symbolicator/windows.dmp").toString());
        assertThat(outcome.out()).contains("[main.cpp:35]").contains("thread 1636");
    }

    @Test
    @NeedsCorpus
    void bothSidesOfA32BitProgramCanBeShown() {
        String dump =
                Corpus.file(
                                "llvm/lldb/test/API/functionalities/postmortem/wow64_minidump/"
                                        + "fizzbuzz_wow64.dmp")
                        .toString();
        assertThat(Outcome.of("threads", "--registers", dump).out()).contains("eip=77ce01fd");
        assertThat(Outcome.of("threads", "--registers", "--native", dump).out()).contains("rip=");
    }

    @Test
    void escapesOfTheTargetDoNotReachTheTerminal() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(Outcome.example("crash-x64.dmp")));
        // "Written by" in the comment becomes an escape sequence that clears the screen
        int at =
                new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .indexOf("Written by");
        bytes[at] = 0x1b;
        bytes[at + 1] = '[';
        bytes[at + 2] = '2';
        bytes[at + 3] = 'J';
        Path evil = Files.write(folder.resolve("evil.dmp"), bytes);
        assertThat(Outcome.of("analyze", evil.toString()).out())
                .contains("\\x1b[2J")
                .doesNotContain("\033");
    }
}
