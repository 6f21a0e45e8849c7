package oriel.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;

/**
 * The Java in the guide compiles. Each example is the body of a method; what an example takes for
 * granted - a target, a thread - is a field with the name that the guide uses for it.
 */
class GuideExamplesTest {
    private static final Path GUIDE = Corpus.projectRoot().resolve("docs/guide");
    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    /** Packages whose names the guide uses without saying where they are from. */
    private static final List<String> PACKAGES =
            List.of(
                    "java.nio.file",
                    "java.time",
                    "java.util",
                    "oriel.bytes",
                    "oriel.driver",
                    "oriel.engine.code",
                    "oriel.engine.disasm",
                    "oriel.engine.dump",
                    "oriel.engine.emulate",
                    "oriel.engine.eval",
                    "oriel.engine.kernel",
                    "oriel.engine.paging",
                    "oriel.engine.python",
                    "oriel.engine.session",
                    "oriel.engine.symbols",
                    "oriel.engine.symbols.find",
                    "oriel.engine.symbols.pdb",
                    "oriel.engine.symbols.store",
                    "oriel.engine.symbols.types",
                    "oriel.engine.unwind",
                    "oriel.kd",
                    "oriel.kd.packet",
                    "oriel.kd.protocol",
                    "oriel.kd.transport",
                    "oriel.model",
                    "oriel.triage",
                    "oriel.triage.report");

    private static final String GRANTED =
            """
            static Target target;
            static Symbolizer symbolizer;
            static TargetThread thread;
            static StackTrace trace;
            static StackFrame frame;
            static LoadedModule module;
            static Memory memory;
            static Instruction instruction;
            static PdbSymbolSource pdb;
            static DebugDriver driver;
            static DebugSession session;
            static Stop stop;
            static KdStop kernelStop;
            static List<LoadedModule> drivers(KdStop stop) { return List.of(); }
            static byte[] originalBytes;
            static long processId, va, pc, start;
            """;

    /** Pages whose examples are written for this test; a new page is added here. */
    private static final List<String> PAGES =
            List.of(
                    "breakpoints",
                    "code-analysis",
                    "crash-report",
                    "debugging",
                    "disassembly",
                    "dumps",
                    "hooks",
                    "kernel",
                    "kernel-dumps",
                    "labels",
                    "pdb",
                    "python-programs",
                    "stacks",
                    "symbols",
                    "tracing");

    @TempDir Path classes;

    @Test
    void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "no compiler in the Java that runs the tests");
        var sources = new ArrayList<JavaFileObject>();
        for (String page : PAGES) {
            sources.addAll(examples(page));
        }
        assertThat(sources).hasSizeGreaterThan(PAGES.size());
        var problems = new DiagnosticCollector<JavaFileObject>();
        List<String> options =
                List.of(
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString());
        compiler.getTask(new StringWriter(), null, problems, options, null, sources).call();
        Stream<String> errors =
                problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                        .map(GuideExamplesTest::words);
        assertThat(errors).isEmpty();
    }

    private static String words(Diagnostic<? extends JavaFileObject> problem) {
        return problem.getSource().getName()
                + ":"
                + problem.getLineNumber()
                + ": "
                + problem.getMessage(Locale.ROOT);
    }

    private static List<JavaFileObject> examples(String page) throws IOException {
        var sources = new ArrayList<JavaFileObject>();
        Matcher example = EXAMPLE.matcher(Files.readString(GUIDE.resolve(page + ".md")));
        while (example.find()) {
            String name = page.replace('-', '_') + "_" + sources.size();
            sources.add(new Source(name, source(name, example.group(1))));
        }
        return sources;
    }

    private static String source(String name, String example) {
        var text = new StringBuilder();
        PACKAGES.forEach(p -> text.append("import ").append(p).append(".*;"));
        // java.lang has one of the same name.
        text.append("import oriel.engine.unwind.StackWalker;import oriel.win32.WindowsDriver;");
        return text.append("class ")
                .append(name)
                .append(" {")
                .append(GRANTED.replace('\n', ' '))
                .append("static void run() throws Exception {\n")
                .append(example)
                .append("} }\n")
                .toString();
    }

    /** A source in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("guide:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
