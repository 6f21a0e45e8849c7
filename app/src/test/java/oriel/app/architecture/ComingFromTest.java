package oriel.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.testkit.Corpus;

/**
 * Every method, command, option, test and file that the pages for users of other debuggers name.
 */
class ComingFromTest {
    private static final Path ROOT = Corpus.projectRoot();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern METHOD = Pattern.compile("([A-Z]\\w+)\\.(\\w+)");
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z]+[A-Z]\\w*");
    private static final Pattern COMMAND = Pattern.compile("oriel ([a-z]+)(.*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z0-9-]+");
    private static final List<String> SHARED_OPTIONS =
            List.of("LiveInput", "LiveOptions", "SymbolOptions", "DebugTarget", "ConsoleLines");
    private static final Pattern TEST = Pattern.compile("\\w+Test");

    private static Map<String, Path> sources() throws IOException {
        var sources = new HashMap<String, Path>();
        for (String module : List.of("model", "engine", "triage", "win32", "kd")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(f -> f.toString().endsWith(".java"))
                        .forEach(f -> sources.put(f.getFileName().toString(), f));
            }
        }
        return sources;
    }

    private static Set<String> tests() throws IOException {
        var tests = new HashSet<String>();
        for (String module : List.of("model", "engine", "triage", "win32", "app", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.map(f -> String.valueOf(f.getFileName()))
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> tests.add(name.replace(".java", "")));
            }
        }
        return tests;
    }

    @ParameterizedTest
    @CsvSource({"coming-from, 60", "winappdbg, 60"})
    void namesWhatIsThere(String page, int least) throws IOException {
        Map<String, Path> sources = sources();
        Set<String> tests = tests();
        var wrong = new ArrayList<String>();
        int rows = 0;
        for (String line : Files.readAllLines(ROOT.resolve("docs/guide/" + page + ".md"))) {
            String[] cells = line.split(" \\| ");
            boolean head = cells[0].equals("| You wrote") || cells[0].equals("| There");
            if (!line.startsWith("| ") || cells.length < 2 || head) {
                continue;
            }
            rows++;
            Matcher here = CODE.matcher(cells[1]);
            while (here.find()) {
                check(here.group(1), sources, wrong);
            }
            Matcher shown = CODE.matcher(cells.length > 2 ? cells[2] : "");
            while (shown.find()) {
                String file = shown.group(1);
                if (TEST.matcher(file).matches()) {
                    if (!tests.contains(file)) {
                        wrong.add(file);
                    }
                    continue;
                }
                file = file.replaceFirst("^E/", "examples/src/main/java/oriel/examples/");
                if (!Files.exists(ROOT.resolve(file.replaceFirst("^L/", "examples/live/")))) {
                    wrong.add(file);
                }
            }
        }
        assertThat(rows).isGreaterThan(least);
        assertThat(wrong).isEmpty();
    }

    private static void check(String code, Map<String, Path> sources, List<String> wrong)
            throws IOException {
        Matcher method = METHOD.matcher(code);
        Matcher command = COMMAND.matcher(code);
        if (method.matches() && !code.startsWith("System.")) {
            Path file = sources.get(method.group(1) + ".java");
            if (file == null
                    || !Files.readString(file).matches("(?s).*\\b" + method.group(2) + "\\b.*")) {
                wrong.add(code);
            }
        } else if (command.matches()) {
            String words = command.group(1);
            String type =
                    Character.toUpperCase(words.charAt(0)) + words.substring(1) + "Command.java";
            Path commands = ROOT.resolve("app/src/main/java/oriel/app/cli");
            if (!Files.exists(commands.resolve(type))) {
                wrong.add(code);
                return;
            }
            var options = new StringBuilder(Files.readString(commands.resolve(type)));
            for (String shared : SHARED_OPTIONS) {
                options.append(Files.readString(commands.resolve(shared + ".java")));
            }
            Matcher option = OPTION.matcher(command.group(2));
            while (option.find()) {
                if (options.indexOf('"' + option.group() + '"') < 0) {
                    wrong.add(code);
                }
            }
        } else if (TYPE.matcher(code).matches() && !sources.containsKey(code + ".java")) {
            wrong.add(code);
        }
    }
}
