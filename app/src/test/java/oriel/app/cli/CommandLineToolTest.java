package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all commands: help, usage errors, exit codes, bad input. */
class CommandLineToolTest {
    @TempDir Path folder;

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void withoutArgumentsUsageGoesToTheErrorStream() {
        Outcome outcome = Outcome.of();
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("Usage: oriel").contains("analyze").contains("search");
    }

    @Test
    void helpListsEveryCommandAndTheExitCodes() {
        Outcome outcome = Outcome.of("--help");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.out()).contains("Exit codes").doesNotContain("\033");
        assertThat(outcome.out()).contains(CommandTable.NAMES);
        assertThat(Outcome.of("help").out()).isEqualTo(outcome.out());
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasHelpWithExamples() {
        return CommandTable.NAMES.stream()
                .map(
                        name ->
                                DynamicTest.dynamicTest(
                                        name,
                                        () -> {
                                            Outcome help = Outcome.of(name, "--help");
                                            assertThat(help.code()).isEqualTo(ExitCode.FOUND);
                                            assertThat(help.out())
                                                    .startsWith("Usage: oriel " + name)
                                                    .contains("Examples:\n  ");
                                            assertThat(help.out().lines())
                                                    .allMatch(l -> l.length() <= 110);
                                            assertThat(Outcome.of("help", name)).isEqualTo(help);
                                        }));
    }

    @Test
    void saysTheVersion() {
        assertThat(Outcome.of("--version").out()).startsWith("oriel ");
    }

    @Test
    void suggestsTheNearestCommand() {
        Outcome outcome = Outcome.of("analyse", "x.dmp");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("'analyse' is not a command").contains("'analyze'?");
        assertThat(Outcome.of("xyzzy").err()).doesNotContain("Did you mean");
    }

    @Test
    void explainsWrongOptions() {
        String dump = Outcome.example("crash-x64.dmp");
        for (String[] args :
                new String[][] {
                    {"analyze"},
                    {"analyze", "--nonsense", dump},
                    {"analyze", "--output"},
                    {"analyze", "--color=pink", dump},
                    {"analyze", "--jobs", "0", dump, dump},
                    {"stack", dump, "1", "2"},
                    {"stack", dump, "4711"},
                    {"stack", dump, "one"},
                    {"read", dump, "nowhere"},
                    {"read", dump, "rsp", "-n", "many"},
                    {"search", dump},
                    {"search", dump, "--bytes", "4"},
                    {"search", dump, "--regex", "("},
                    {"search", dump, "--text", "a", "--in", "rsp:zz"},
                    {"disassemble", "--raw", "z80", dump}
                }) {
            Outcome outcome = Outcome.of(args);
            assertThat(outcome.code()).as(Arrays.toString(args)).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).startsWith("oriel: ").contains("Try 'oriel help " + args[0]);
            assertThat(outcome.err()).doesNotContain("Exception").hasLineCount(2);
            assertThat(outcome.out()).isEmpty();
        }
    }

    @Test
    void optionsMayStandAnywhereAndBeSpeltInSeveralWays() {
        String dump = Outcome.example("crash-x64.dmp");
        Outcome plain = Outcome.of("read", dump, "rsp", "--length", "32");
        assertThat(plain.code()).isEqualTo(ExitCode.FOUND);
        assertThat(Outcome.of("read", "--length=32", dump, "rsp")).isEqualTo(plain);
        assertThat(Outcome.of("read", "-n", "0x20", dump, "rsp")).isEqualTo(plain);
        assertThat(Outcome.of("read", "-n32", dump, "--", "rsp")).isEqualTo(plain);
    }

    @TestFactory
    Stream<DynamicTest> badInputNamesFileAndProblem() throws IOException {
        byte[] good = Files.readAllBytes(Path.of(Outcome.example("crash-x64.dmp")));
        Map<String, Path> inputs =
                Map.of(
                        "empty", file("empty.dmp", new byte[0]),
                        "cut", file("cut.dmp", Arrays.copyOf(good, 20)),
                        "text",
                                file(
                                        "text.dmp",
                                        "just some text\n".getBytes(StandardCharsets.US_ASCII)),
                        "zeros", file("zeros.dmp", new byte[5000]),
                        "directory", Files.createDirectory(folder.resolve("directory.dmp")),
                        "missing", folder.resolve("missing.dmp"),
                        "pdb", Path.of(Outcome.example("crash-x64.pdb")));
        return Stream.of("info", "modules", "threads", "stack", "memory", "streams", "analyze")
                .flatMap(
                        command ->
                                inputs.entrySet().stream()
                                        .filter(
                                                e ->
                                                        !command.equals("analyze")
                                                                || !e.getKey().equals("directory"))
                                        .map(e -> unreadable(command, e.getKey(), e.getValue())));
    }

    private static DynamicTest unreadable(String command, String kind, Path input) {
        return DynamicTest.dynamicTest(
                command + " " + kind,
                () -> {
                    Outcome outcome = Outcome.of(command, input.toString());
                    assertThat(outcome.code()).isEqualTo(ExitCode.UNREADABLE);
                    assertThat(outcome.out()).isEmpty();
                    assertThat(outcome.err())
                            .startsWith("oriel: ")
                            .contains(input.getFileName().toString())
                            .doesNotContain("internal error")
                            .hasLineCount(1);
                });
    }

    @Test
    void anUnreadableFileIsTold() throws IOException {
        Path secret = file("secret.dmp", new byte[] {1});
        assumeFalse(
                !secret.toFile().setReadable(false) || Files.isReadable(secret), "runs as root");
        assertThat(Outcome.of("analyze", secret.toString()).err()).contains("permission denied");
    }

    @Test
    void aTruncatedDumpStillGivesAReport() throws IOException {
        byte[] good = Files.readAllBytes(Path.of(Outcome.example("crash-x64.dmp")));
        int reports = 0;
        for (int length = 32; length < good.length; length += 499) {
            Path cut = file("cut-" + length + ".dmp", Arrays.copyOf(good, length));
            Outcome outcome = Outcome.of("analyze", cut.toString());
            assertThat(outcome.code())
                    .as("cut at " + length + ": " + outcome.err())
                    .isBetween(ExitCode.FOUND, ExitCode.UNREADABLE);
            assertThat(outcome.err()).doesNotContain("internal error");
            reports += outcome.code() == ExitCode.UNREADABLE ? 0 : 1;
        }
        assertThat(reports).isPositive();
    }

    @Test
    void completionKnowsCommandsAndOptions() {
        String script = Outcome.of("completion").out();
        assertThat(script)
                .contains("disassemble")
                .contains("--pointers-to")
                .contains("complete -F");
    }
}
