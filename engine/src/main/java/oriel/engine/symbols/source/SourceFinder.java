package oriel.engine.symbols.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import oriel.engine.symbols.store.AddressCache;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;

/**
 * Finds source files that symbols name: in directories by the end of their path, where the compiler
 * found them, and at the addresses of a {@link SourceIndex}. Looks nowhere unless a path is given:
 * names come from files of strangers. Safe for any thread.
 */
public final class SourceFinder implements AutoCloseable {
    /** Finds nothing. */
    public static final SourceFinder NONE =
            new SourceFinder(SourcePath.EMPTY, ServerSettings.DEFAULT, FetchListener.NONE);

    /** Larger files are not text that somebody wrote. */
    private static final long LARGEST = 16L << 20;

    private final SourcePath path;
    private final Optional<AddressCache> downloads;
    private final Map<String, Optional<Path>> local = new ConcurrentHashMap<>();

    /**
     * @param path where to look
     * @param settings how to ask servers
     * @param listener is told of transfers
     */
    public SourceFinder(SourcePath path, ServerSettings settings, FetchListener listener) {
        this.path = path;
        this.downloads =
                path.cache()
                        .map(
                                cache ->
                                        new AddressCache(
                                                cache, settings.withLargest(LARGEST), listener));
    }

    /** Whether anything can be found. */
    public boolean isEmpty() {
        return path.isEmpty();
    }

    /**
     * A file on this machine.
     *
     * @param file path as the compiler wrote it
     */
    public Optional<Path> local(String file) {
        return path.isEmpty() ? Optional.empty() : local.computeIfAbsent(file, this::search);
    }

    /**
     * The lines of a file: a local one, else what its address sends.
     *
     * @param index says at which address
     * @param file path as the compiler wrote it
     */
    public Optional<SourceText> text(SourceIndex index, String file) {
        Optional<SourceText> here = local(file).flatMap(f -> read(f, f.toString()));
        if (here.isPresent() || downloads.isEmpty()) {
            return here;
        }
        return index.address(file)
                .flatMap(address -> downloads.get().fetch(address).flatMap(f -> read(f, address)));
    }

    @Override
    public void close() {
        downloads.ifPresent(AddressCache::close);
    }

    private Optional<Path> search(String file) {
        List<String> parts = plainParts(file);
        for (Path directory : path.directories()) {
            for (int from = 0; from < parts.size(); from++) {
                Optional<Path> found = join(directory, parts.subList(from, parts.size()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        try {
            Path own = Path.of(file);
            return own.isAbsolute() && isSource(own) ? Optional.of(own) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The parts of a path that are names: drives and ways upwards cannot be part of a place. */
    private static List<String> plainParts(String file) {
        var parts = new ArrayList<String>();
        for (String part : file.replace('\\', '/').split("/")) {
            if (part.equals("..")) {
                parts.clear();
            } else if (!part.isEmpty() && !part.equals(".") && part.indexOf(':') < 0) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static Optional<Path> join(Path directory, List<String> parts) {
        try {
            Path file = directory;
            for (String part : parts) {
                file = file.resolve(part);
            }
            return isSource(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isSource(Path file) {
        return Files.isRegularFile(file) && file.toString().lastIndexOf('.') > 0;
    }

    private static Optional<SourceText> read(Path file, String place) {
        try {
            if (Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            // A byte that is no UTF-8 spoils its character only.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return Optional.of(new SourceText(place, text.lines().toList()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
