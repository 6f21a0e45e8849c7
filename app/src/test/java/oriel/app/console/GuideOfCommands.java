package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import oriel.testkit.Corpus;

/** The tables of commands in docs/guide/debugging.md. */
public final class GuideOfCommands {
    private static final int INDENT = 2;

    private GuideOfCommands() {}

    /** Checks that the guide has each command that {@code help *} has printed, word for word. */
    public static void check(String help) throws IOException {
        String guide =
                Files.readString(Corpus.projectRoot().resolve("docs/guide/debugging.md"))
                        .replace("\\|", "|");
        List<String> usages =
                help.lines()
                        .filter(
                                l ->
                                        l.length() > INDENT
                                                && l.startsWith("  ")
                                                && l.charAt(INDENT) != ' ')
                        .map(l -> usage(l.substring(INDENT)))
                        .toList();
        assertThat(usages).hasSizeGreaterThan(50);
        for (String usage : usages) {
            assertThat(guide).contains("| `" + usage + "` | ");
        }
    }

    /** Before the words, which may be in the next line. */
    private static String usage(String line) {
        int end = line.indexOf("  ");
        return end > 0 ? line.substring(0, end) : line;
    }
}
