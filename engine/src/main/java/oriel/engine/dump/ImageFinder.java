package oriel.engine.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.store.StoreKey;
import oriel.engine.symbols.store.SymbolDirectory;
import oriel.format.pe.PeImage;
import oriel.format.pe.PeImage.Layout;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;

/**
 * Finds the file of a module: by name in some folders, and only if time stamp and size of its
 * header are those of the module. Each module is looked for once. Safe for any thread.
 */
final class ImageFinder {
    private final List<SymbolDirectory> folders;
    private final Consumer<Diagnostic> problems;
    private final Function<LoadedModule, Optional<Path>> elsewhere;
    private final ConcurrentHashMap<LoadedModule, Optional<PeImage>> local =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<LoadedModule, Optional<PeImage>> found =
            new ConcurrentHashMap<>();

    /**
     * @param elsewhere asked for images that the folders do not have; may fetch them
     */
    ImageFinder(
            List<Path> folders,
            Function<LoadedModule, Optional<Path>> elsewhere,
            Consumer<Diagnostic> problems) {
        this.folders = folders.stream().map(SymbolDirectory::new).toList();
        this.elsewhere = elsewhere;
        this.problems = problems;
    }

    /** The image, from the folders or from elsewhere. */
    Optional<PeImage> find(LoadedModule module) {
        return found.computeIfAbsent(
                module,
                m -> inFolders(m).or(() -> elsewhere.apply(m).flatMap(file -> open(file, m))));
    }

    /** The image, from the folders only. */
    Optional<PeImage> inFolders(LoadedModule module) {
        return local.computeIfAbsent(module, this::search);
    }

    private Optional<PeImage> search(LoadedModule module) {
        Optional<StoreKey> key = StoreKey.image(module);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        for (SymbolDirectory folder : folders) {
            for (Path file : folder.candidates(key.get())) {
                Optional<PeImage> image = open(file, module);
                if (image.isPresent()) {
                    return image;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<PeImage> open(Path file, LoadedModule module) {
        try {
            PeImage image = PeImage.of(Bytes.open(file), Layout.FILE, problems);
            long timestamp = image.coffHeader().timestamp();
            long size = image.optionalHeader().imageSizeBytes();
            if (timestamp == module.timestamp() && size == module.range().sizeBytes()) {
                return Optional.of(image);
            }
            problem(
                    module,
                    file
                            + " is another build: time stamp "
                            + Long.toHexString(timestamp)
                            + " and size "
                            + Long.toHexString(size)
                            + ", wanted "
                            + Long.toHexString(module.timestamp())
                            + " and "
                            + Long.toHexString(module.range().sizeBytes()));
        } catch (IOException | FormatException e) {
            problem(module, e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return Optional.empty();
    }

    private void problem(LoadedModule module, String problem) {
        problems.accept(new Diagnostic(module.name(), problem));
    }
}
