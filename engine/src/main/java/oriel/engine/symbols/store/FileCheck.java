package oriel.engine.symbols.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says whether a file is what was asked for. Servers and caches may lie: a file is checked before
 * it is put into a store, and again when it is taken from one.
 */
@FunctionalInterface
public interface FileCheck {
    /** Takes any file. */
    FileCheck NONE = file -> Optional.empty();

    /**
     * What is wrong with a file, in words; empty when it is what was asked for.
     *
     * @throws IOException when it cannot be read
     */
    Optional<String> problem(Path file) throws IOException;
}
