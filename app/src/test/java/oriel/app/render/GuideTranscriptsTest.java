package oriel.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import oriel.app.cli.CommandLineTool;
import oriel.app.cli.Console;
import oriel.testkit.Corpus;

/**
 * What the guide shows is what the commands print. {@code scripts/transcripts} writes the guide
 * anew after a change that is meant. Runs of blanks count as one: columns depend on where the files
 * lie.
 */
class GuideTranscriptsTest {
    private static final Path ROOT = Corpus.projectRoot();
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```\\n(?=\\$ \\./oriel )(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String PROMPT = "$ ./oriel ";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TestFactory
    Stream<DynamicTest> transcripts() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (String page : List.of("command-line", "crash-report", "dumps", "labels")) {
            String text = Files.readString(ROOT.resolve("docs/guide/" + page + ".md"));
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                transcripts(page, lines(block.group(1)), tests);
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests.stream();
    }

    /** One test for each command of a block; what it prints ends where the next one is. */
    private static void transcripts(String page, List<String> block, List<DynamicTest> tests) {
        int from = 0;
        while (from < block.size()) {
            int to = from + 1;
            while (to < block.size() && !block.get(to).startsWith(PROMPT)) {
                to++;
            }
            String command = block.get(from).substring(PROMPT.length());
            List<String> expected = block.subList(from + 1, to);
            tests.add(
                    DynamicTest.dynamicTest(
                            page + ": oriel " + command, () -> compare(command, expected)));
            from = to;
        }
    }

    private static void compare(String command, List<String> expected) {
        List<String> actual = lines(run(arguments(command)).replace(ROOT + "/", ""));
        int last = expected.size() - 1;
        if (last >= 0 && expected.get(last).equals("...")) {
            assertThat(actual).hasSizeGreaterThan(last);
            assertThat(actual.subList(0, last)).isEqualTo(expected.subList(0, last));
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(line -> line.replaceAll(" +", " ").stripTrailing()).toList();
    }

    /** Words as a shell takes them; files of the project wherever the test runs. */
    private static String[] arguments(String command) {
        var words = new ArrayList<String>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            boolean isFile = words.stream().noneMatch(w -> !w.startsWith("-") && w.contains("/"));
            boolean inProject = text.startsWith("examples") || Files.exists(ROOT.resolve(text));
            words.add(isFile && !words.isEmpty() && inProject ? ROOT + "/" + text : text);
        }
        return words.toArray(new String[0]);
    }

    private static String run(String... args) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        new CommandLineTool(new Console(stream, stream, false, false, Map.of())).run(args);
        return out.toString(StandardCharsets.UTF_8);
    }
}
