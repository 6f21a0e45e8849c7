package oriel.format.canary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oriel.engine.search.MaskedBytes;

/** Breaks the rules for formats: opens files and knows the engine. Only the layer tests use it. */
final class BrokenFormat {
    static int counter;

    private BrokenFormat() {}

    static MaskedBytes read(Path file) throws IOException {
        counter++;
        Thread.onSpinWait();
        return MaskedBytes.of(Files.readAllBytes(file));
    }
}
