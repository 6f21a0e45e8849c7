package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.app.Main;
import oriel.testkit.Corpus;

/** Runs the scripts of examples/python: on dumps, and on a program under Wine. */
@Timeout(600)
class PythonScriptsTest {
    private static final Path EXAMPLES = Corpus.projectRoot().resolve("examples");

    @BeforeEach
    void needsPython() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "--version").start();
            assumeTrue(process.waitFor() == 0, "python3 does not run");
        } catch (IOException e) {
            assumeTrue(false, "python3 is not installed");
        }
    }

    private static String run(Map<String, String> environment, String script, String... arguments)
            throws Exception {
        var command = new ArrayList<String>();
        command.add("python3");
        command.add(EXAMPLES.resolve("python").resolve(script).toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        // A JVM that is given options this way says so among the lines of the script.
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }

    @Test
    void tellWhatCrashed() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String own = System.getProperty("java.class.path", "");
        String classes = System.getProperty("surefire.test.class.path", own);
        String oriel = "'" + String.join("' '", java, "-cp", classes, Main.class.getName()) + "'";
        String out =
                run(
                        Map.of("ORIEL", oriel),
                        "crashes.py",
                        EXAMPLES.resolve("crash-x64.dmp").toString(),
                        EXAMPLES.resolve("stack-overflow-x64.dmp").toString());
        assertThat(out)
                .isEqualTo(
                        "crash-x64.exe STATUS_ACCESS_VIOLATION in null_write\n"
                                + "crash-x64.exe STATUS_STACK_OVERFLOW in recurse\n");
    }

    @Test
    void debugAProgram() throws Exception {
        WindowsTool.prepare();
        var environment =
                Map.of(
                        "ORIEL",
                        "'" + String.join("' '", WindowsTool.command(Main.class)) + "'",
                        "ORIEL_WINEPREFIX",
                        WindowsTool.prefix().toString());
        String out =
                run(
                        environment,
                        "calls.py",
                        "run-x64!run_factorial",
                        "C:\\oriel\\run-x64.exe",
                        "calls");
        assertThat(out)
                .contains("argument 5, called from main+0x")
                .contains("argument 1, called from run_factorial+0x")
                .hasLineCount(6)
                .endsWith(" ended with code 0\n");
    }
}
