package oriel.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;

/**
 * Compiles code that must not pass with the very arguments of the build, so that a compiler gate
 * that no longer looks is found out.
 */
class CompilerGateTest {
    private static final Path JAVAC = Path.of(System.getProperty("java.home"), "bin", "javac");

    @TempDir Path folder;

    @Test
    void nullAwayRefusesANullThatIsNotDeclared() throws Exception {
        String output =
                compile(
                        """
                        @org.jspecify.annotations.NullMarked
                        class Canary {
                            String name() {
                                return null;
                            }
                        }
                        """);
        assertThat(output).contains("NullAway").contains("error:");
    }

    @Test
    void errorProneRefusesALostException() throws Exception {
        String output =
                compile(
                        """
                        class Canary {
                            void check() {
                                new IllegalStateException("never thrown");
                            }
                        }
                        """);
        assertThat(output).contains("DeadException").contains("error:");
    }

    @Test
    void soundCodePasses() throws Exception {
        assertThat(compile("class Canary { String name() { return \"\"; } }"))
                .doesNotContain("error:");
    }

    private String compile(String source) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(JAVAC), "no javac beside the Java that runs the tests");
        Path file = Files.writeString(folder.resolve("Canary.java"), source);
        var command = new ArrayList<String>();
        command.add(JAVAC.toString());
        // Messages are looked into.
        command.add("-J-Duser.language=en");
        command.addAll(argumentsOfTheBuild());
        command.addAll(
                List.of(
                        "-processorpath",
                        processors(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--release",
                        "21",
                        "-d",
                        folder.toString(),
                        file.toString()));
        Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        javac.waitFor();
        return output;
    }

    private static List<String> argumentsOfTheBuild() throws IOException {
        String pom = Files.readString(Corpus.projectRoot().resolve("pom.xml"));
        var found = new ArrayList<String>();
        Matcher argument = Pattern.compile("<arg>([^<]*)</arg>").matcher(pom);
        while (argument.find()) {
            found.add(resolve(argument.group(1), pom));
        }
        assertThat(found).anyMatch(a -> a.contains("-Xplugin:ErrorProne"));
        return found;
    }

    /** Puts the value of a property of the build in the place of its name. */
    private static String resolve(String argument, String pom) {
        if (!argument.startsWith("${") || !argument.endsWith("}")) {
            return argument;
        }
        String name = argument.substring(2, argument.length() - 1);
        Matcher value = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(pom);
        return value.find() ? value.group(1) : argument;
    }

    /** All jars of the test class path, among which Error Prone and NullAway are. */
    private static String processors() {
        var jars = new ArrayList<String>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (part.endsWith(".jar")) {
                jars.add(part);
            }
        }
        return String.join(File.pathSeparator, jars);
    }
}
