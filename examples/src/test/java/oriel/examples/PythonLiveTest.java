package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.bytes.Bytes;
import oriel.driver.Launch;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.DumpTarget;
import oriel.engine.dump.MinidumpWriter;
import oriel.engine.eval.Labels;
import oriel.engine.python.PythonFrame;
import oriel.engine.python.PythonRuntime;
import oriel.engine.python.PythonThread;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.ModuleImage;
import oriel.model.Target;
import oriel.testkit.NeedsWindows;
import oriel.win32.WindowsDriver;

/** A real CPython, looked into where its script calls DebugBreak, and in a dump of that moment. */
@Timeout(600)
@NeedsWindows
class PythonLiveTest {
    @TempDir Path folder;

    private String python = "";
    private String script = "";

    @BeforeEach
    void prepare() throws IOException {
        Path program = Path.of(System.getProperty("oriel.windows", ""), "python", "python.exe");
        assumeTrue(Files.exists(program), "no Python for Windows: scripts/windows-env prepare");
        python = program.toString();
        Path copy = folder.resolve("objects.py");
        try (InputStream in = PythonLiveTest.class.getResourceAsStream("objects.py")) {
            Files.copy(Objects.requireNonNull(in), copy);
        }
        script = copy.toString();
    }

    private static Map<String, String> variables(Target target, Labels labels) {
        PythonRuntime runtime = PythonRuntime.find(target, labels).orElseThrow();
        assertThat(runtime.version()).isEqualTo("3.13");
        List<PythonThread> threads = runtime.threads();
        assertThat(threads).hasSize(2);
        List<PythonFrame> frames = threads.get(1).frames();
        assertThat(frames)
                .extracting(PythonFrame::function)
                .containsExactly("wanted", "Box.open", "generator", "<module>");
        assertThat(frames).extracting(PythonFrame::line).containsExactly(55, 13, 61, 73);
        assertThat(threads.get(0).frames().get(0).function()).isEqualTo("Condition.wait");
        var told = new TreeMap<String, String>();
        frames.get(0).locals().forEach((name, va) -> told.put(name, runtime.objects().text(va)));
        return told;
    }

    private Map<String, String> inDump(Stop stop) throws IOException {
        Path dump = folder.resolve("python.dmp");
        MinidumpWriter.write(stop, DumpPlan.FULL, dump, done -> {});
        Bytes file = Bytes.of(Files.readAllBytes(dump), "python.dmp");
        DumpTarget target = DumpTarget.of(file, DumpOptions.DEFAULT);
        return variables(target, new Labels(target, new Symbolizer(target, ModuleImage.EXPORTS)));
    }

    @Test
    void showsObjectsAsPythonItselfDoes() throws IOException {
        Path said = folder.resolve("said.txt");
        var live = new TreeMap<String, String>();
        var dumped = new TreeMap<String, String>();
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.on(
                    DebugEvent.ProgramStopped.class,
                    (event, stop) -> {
                        live.putAll(variables(stop, stop.labels()));
                        dumped.putAll(inDump(stop));
                    });
            session.start(Launch.of(python, script).outputTo(said.toString()));
            session.run();
        }
        int compared = 0;
        for (String line : Files.readAllLines(said)) {
            int equals = line.indexOf(" = ");
            if (equals > 0) {
                assertThat(live)
                        .containsEntry(line.substring(0, equals), line.substring(equals + 3));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(29);
        assertThat(live.get("sub")).matches("<Sub object at 0x\\w+ size=12 lid=None more=\\[12]>");
        assertThat(dumped).isEqualTo(live);
    }

    @Test
    void printsTheStackWhereAScriptBreaks() throws Exception {
        assertThat(Output.of(PythonStack::main, python, script))
                .contains(
                        "objects.py\", line 55, in wanted\n    key = 'the key'\n    count = 12\n");
    }
}
