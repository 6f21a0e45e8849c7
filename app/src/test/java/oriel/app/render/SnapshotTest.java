package oriel.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import oriel.app.cli.CommandLineTool;
import oriel.app.cli.Console;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/**
 * Reports as they were when somebody last looked at them. After a change that is meant, run with
 * {@code ORIEL_SNAPSHOTS=write}, look at the difference in git and commit it.
 */
class SnapshotTest {
    private static final Path ROOT = Corpus.projectRoot();
    private static final Path SNAPSHOTS = ROOT.resolve("app/src/test/resources/snapshots");

    private static final List<String> FROM_CORPUS =
            List.of(
                    "breakpad/minidumps/minidump2.dmp",
                    "breakpad/minidumps/tiny-exe-fastfail.dmp",
                    "sentry/symbolicator/windows.dmp");

    private static String run(String... args) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        new CommandLineTool(new Console(stream, stream, false, false, Map.of())).run(args);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void compare(Path dump, String suffix, String... args) throws IOException {
        String name = dump.getFileName().toString().replace(".dmp", suffix);
        Path snapshot = SNAPSHOTS.resolve(name);
        String folder = String.valueOf(dump.getParent());
        String text = run(args).replace(folder, "FOLDER");
        if ("write".equals(System.getenv("ORIEL_SNAPSHOTS"))) {
            Files.createDirectories(SNAPSHOTS);
            Files.writeString(snapshot, text);
        }
        assertThat(text).isEqualTo(Files.readString(snapshot));
    }

    private static Stream<DynamicTest> tests(Path dump) {
        String file = dump.toString();
        return Stream.of(
                DynamicTest.dynamicTest(
                        dump.getFileName() + " as text",
                        () -> compare(dump, ".txt", "analyze", file)),
                DynamicTest.dynamicTest(
                        dump.getFileName() + " as JSON",
                        () -> compare(dump, ".json", "analyze", "--json", "--brief", file)));
    }

    @TestFactory
    Stream<DynamicTest> samples() throws IOException {
        List<Path> dumps;
        try (Stream<Path> files = Files.list(ROOT.resolve("examples"))) {
            dumps = files.filter(f -> f.toString().endsWith(".dmp")).sorted().toList();
        }
        return dumps.stream().flatMap(SnapshotTest::tests);
    }

    @TestFactory
    @NeedsCorpus
    Stream<DynamicTest> corpus() {
        return FROM_CORPUS.stream().map(Corpus::file).flatMap(SnapshotTest::tests);
    }
}
