package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;

/** Compiles and runs every program of examples/live, under Wine. */
@Timeout(600)
class LiveExamplesTest {
    private static final Path SOURCES = Corpus.projectRoot().resolve("examples/live");
    private static final Set<String> RUN = new HashSet<>();

    @TempDir static Path classes;

    private static WindowsTool tool;
    private static String id = "";

    @BeforeAll
    static void start() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "this Java has no compiler");
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--release", "21", "-d", classes.toString(), "-cp"));
        String own = System.getProperty("java.class.path", "");
        arguments.add(System.getProperty("surefire.test.class.path", own));
        sources().forEach(source -> arguments.add(source.toString()));
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
        tool = WindowsTool.start();
        id = tool.spawnAndWait("live-x64", "threads", "2");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (tool != null) {
            // Ends every program of the prefix.
            tool.close();
        }
    }

    private static String run(String name, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of("main", classes.toString(), name));
        words.addAll(List.of(arguments));
        Outcome outcome = tool.run(words.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.out()).isZero();
        RUN.add(name + ".java");
        return outcome.out();
    }

    @Test
    void allDoWhatTheySay() throws IOException {
        assertThat(run("ListProcesses")).contains(id + "\tlive-x64.exe");
        assertThat(run("StartProgram", "C:\\oriel\\live-x64.exe", "exit", "6"))
                .contains("exit code 6");
        assertThat(run("ThreadsAndModules", id))
                .contains("module 140000000 C:\\oriel\\live-x64.exe")
                .containsPattern("thread \\d+\nthread \\d+\nthread \\d+\n");
        assertThat(run("ReadMemory", id, "140009080", "5")).isEqualTo("4f 52 49 45 4c\n");
        assertThat(run("MemoryMap", id)).contains("r-x C:\\oriel\\live-x64.exe");
        assertThat(run("Freeze", id)).contains("held with 3").contains("running again: true");
        assertThat(run("ThreadRegisters", id))
                .containsPattern("  rsp=0000[0-9a-f]{12}\n")
                .contains("  rip=");
        assertThat(run("Disassemble", id, "140001000", "3"))
                .hasLineCount(3)
                .startsWith("000140001000  ");
        assertThat(run("ResolveExport", id, "kernel32", "Sleep"))
                .containsPattern("at [0-9a-f]+|forwarded");
        assertThat(run("ListHeaps", id))
                .containsPattern(
                        "heap [0-9a-f]+ \\d+ bytes, \\d{2,} blocks, \\d{2,} used \\(default\\)");
        assertThat(run("ModulesByToolhelp", id)).contains("140000000 C:\\oriel\\live-x64.exe");
        // Wine loads drivers into programs: EnumDeviceDrivers lists none there.
        assertThat(run("ListDrivers")).contains("drivers");
        assertThat(run("AlphanumericJumps", id)).contains("addresses");
        assertThat(run("ListAtoms")).contains(" OrielExample");
        assertThat(run("SearchMemory", id)).contains("140009080 ").contains("140009040 ");
        assertThat(run("SnapshotAndRestore", id, "140009000"))
                .isEqualTo("changed pages: 1\nchanged pages: 0\n");
        Path database = classes.resolve("memory.db");
        assertThat(run("DumpToDatabase", id, "Z:" + database)).containsPattern("\\d+ regions");
        assertThat(Files.readAllBytes(database))
                .startsWith("SQLite format 3".getBytes(StandardCharsets.US_ASCII));
        assertThat(run("InjectLibrary", id, "C:\\oriel\\probe-x64.dll"))
                .contains("probe-x64.dll is at ");
        assertThat(run("FindLibrary", "kernel32")).containsIgnoringCase("\\kernel32.dll");
        assertThat(run("CodeOfThreads", id))
                .containsPattern("(thread \\d+\n(  [0-9a-f]{12}  \\S.*\n){4}){3}");
        assertThat(run("CommandLines"))
                .containsPattern(id + " C:\\\\oriel\\\\live-x64.exe threads 2 \\(\\d+ variables");
        String other = tool.spawnAndWait("live-x64", "wait");
        assertThat(run("KillProcess", other)).isEmpty();
        assertThat(run("ListProcesses")).doesNotContain(other + "\tlive-x64.exe");
        assertThat(run("KillByName", "live-x6*")).contains("ended live-x64.exe " + id);
        assertThat(sources().stream().map(f -> String.valueOf(f.getFileName())))
                .allMatch(RUN::contains);
    }
}
