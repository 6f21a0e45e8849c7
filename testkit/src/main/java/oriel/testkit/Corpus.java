package oriel.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the folder of real files that tests read in place: {@code ORIEL_CORPUS}, else {@code
 * ../shared/corpus} beside the checkout. The folder is not part of the project, so a test that
 * needs it asks {@link #isPresent()} first and is skipped, with a reason, where it is absent.
 */
public final class Corpus {
    private static final @Nullable Path ROOT = find();

    private Corpus() {}

    /** Whether the folder is there. */
    public static boolean isPresent() {
        return ROOT != null;
    }

    /** A file or folder of the corpus by its relative path. */
    public static Path file(String relative) {
        if (ROOT == null) {
            throw new IllegalStateException("no corpus: set ORIEL_CORPUS");
        }
        return ROOT.resolve(relative);
    }

    /** The root of the checkout that is being tested. */
    public static Path projectRoot() {
        String given = System.getProperty("oriel.root");
        Path at = Path.of(given == null ? "" : given).toAbsolutePath();
        while (!Files.exists(at.resolve("LICENSE"))) {
            Path parent = at.getParent();
            if (parent == null) {
                throw new IllegalStateException("not within a checkout");
            }
            at = parent;
        }
        return at;
    }

    private static @Nullable Path find() {
        String given = System.getenv("ORIEL_CORPUS");
        Path root =
                given != null
                        ? Path.of(given)
                        : projectRoot().resolve("../shared/corpus").normalize();
        return Files.isDirectory(root) ? root : null;
    }
}
