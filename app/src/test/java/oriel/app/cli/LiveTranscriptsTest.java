package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.app.Main;
import oriel.testkit.Corpus;

/**
 * What the guide shows of debugged programs is what the commands print, but for numbers and
 * columns; {@code ...} stands for any lines.
 */
@Timeout(900)
class LiveTranscriptsTest {
    private static final Path GUIDE = Corpus.projectRoot().resolve("docs/guide");
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```text\\n\\$ \\./oriel (.*?)\\n(.*?)^```",
                    Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** What the program itself prints, at a time of its own. */
    private static final Pattern PRINTED = Pattern.compile("(sum|half|std|factorial)=.*");

    @ParameterizedTest
    @ValueSource(strings = {"debugging", "breakpoints", "hooks", "tracing"})
    void showWhatIsPrinted(String page) throws Exception {
        WindowsTool.prepare();
        Matcher block = BLOCK.matcher(Files.readString(GUIDE.resolve(page + ".md")));
        int count = 0;
        while (block.find()) {
            List<String> expected = masked(block.group(2));
            List<String> printed = masked(run(block.group(1)));
            assertThat(matches(expected, printed))
                    .as(page + ": oriel " + block.group(1) + "\n" + String.join("\n", printed))
                    .isTrue();
            count++;
        }
        assertThat(count).isPositive();
    }

    private static String run(String command) throws IOException, InterruptedException {
        var words = new ArrayList<>(WindowsTool.command(Main.class));
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ORIEL_WINEPREFIX", WindowsTool.prefix().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    private static List<String> masked(String text) {
        return text.lines()
                .filter(line -> !PRINTED.matcher(line).matches())
                .map(line -> line.replaceAll("\\b(0x)?[0-9a-f]*[0-9][0-9a-f.]*\\b", "#"))
                .map(line -> line.replaceAll("# ?(ns|us|\u00b5s|ms|s)\\b", "# t"))
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
    }

    private static boolean matches(List<String> expected, List<String> printed) {
        if (expected.isEmpty()) {
            return printed.isEmpty();
        }
        List<String> rest = expected.subList(1, expected.size());
        if (expected.get(0).equals("...")) {
            for (int i = 0; i <= printed.size(); i++) {
                if (matches(rest, printed.subList(i, printed.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !printed.isEmpty()
                && printed.get(0).equals(expected.get(0))
                && matches(rest, printed.subList(1, printed.size()));
    }
}
