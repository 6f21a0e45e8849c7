package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered while a command is written. */
class CompletionTest {
    @TempDir Path folder;

    private static List<String> offered(String text) throws IOException {
        try (var console = new DumpConsole("crash-x64.dmp")) {
            return new Completion(console.context(), console.console()::help).candidates(text);
        }
    }

    @Test
    void commands() throws IOException {
        assertThat(offered("bp")).containsExactly("bp");
        assertThat(offered("k; .fo")).contains(".formats", ".for");
        assertThat(offered("!an")).containsExactly("!analyze");
        assertThat(offered("")).contains("g", "k", "db", "~", "??").doesNotContain("ADDRESS", "N");
    }

    @Test
    void registers() throws IOException {
        assertThat(offered("r ra")).containsExactly("rax");
        assertThat(offered("? @rax+@rb")).containsExactly("@rbp", "@rbx");
        assertThat(offered("? @$pe")).containsExactly("@$peb");
    }

    @Test
    void modulesAndSymbols() throws IOException {
        assertThat(offered("u cra")).containsExactly("crash-x64!");
        assertThat(offered("bp crash-x64!lev"))
                .containsExactly("crash-x64!level1", "crash-x64!level2", "crash-x64!level3");
        assertThat(offered("u nothing!x")).isEmpty();
    }

    @Test
    void files() throws IOException {
        Files.createFile(folder.resolve("alpha.txt"));
        Files.createDirectory(folder.resolve("also"));
        assertThat(offered(".dump " + folder + "/al"))
                .containsExactly(folder + "/alpha.txt", folder + "/also/");
    }
}
