package oriel.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import oriel.testkit.Corpus;

/** What docs/ARCHITECTURE.md names is there, and what is there is named. */
class ArchitectureDocumentTest {
    private static final Path ROOT = Corpus.projectRoot();

    private final String document = read(ROOT.resolve("docs/ARCHITECTURE.md"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TreeSet<String> all(String regex, String text) {
        var found = new TreeSet<String>();
        Matcher matcher = Pattern.compile(regex).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void namesEveryPackageAndNoOther() throws IOException {
        var packages = new TreeSet<String>();
        for (String module : all("<module>([a-z0-9]+)</module>", read(ROOT.resolve("pom.xml")))) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(f -> f.endsWith("package-info.java"))
                        .map(f -> sources.relativize(f.getParent()).toString())
                        .map(p -> p.replace('/', '.').replace('\\', '.'))
                        .forEach(packages::add);
            }
        }
        assertThat(all("`(oriel\\.[a-z0-9.]+[a-z0-9])`", document)).isEqualTo(packages);
    }

    @Test
    void namesEveryModuleAndNoOther() {
        assertThat(all("(?m)^\\| `([a-z0-9]+)/` \\|", document))
                .isEqualTo(all("<module>([a-z0-9]+)</module>", read(ROOT.resolve("pom.xml"))));
    }

    @Test
    void linksToFilesThatExist() {
        for (String link : all("\\]\\(([^)#:]+)\\)", document)) {
            assertThat(ROOT.resolve("docs").resolve(link)).as(link).exists();
        }
    }
}
