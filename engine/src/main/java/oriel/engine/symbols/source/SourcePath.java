package oriel.engine.symbols.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where source files may lie, as {@code .srcpath} of WinDbg has it: directories separated by
 * semicolons, and {@code srv*} or {@code srv*cache} where files may also be fetched from the
 * addresses that symbols name.
 *
 * @param directories in the order in which they are asked
 * @param cache where fetched files are kept; empty when nothing may be fetched
 */
public record SourcePath(List<Path> directories, Optional<Path> cache) {
    /** Nothing is looked for. */
    public static final SourcePath EMPTY = new SourcePath(List.of(), Optional.empty());

    /** Copies the list. */
    public SourcePath {
        directories = List.copyOf(directories);
    }

    /** Whether nothing is to be looked for. */
    public boolean isEmpty() {
        return directories.isEmpty() && cache.isEmpty();
    }

    /**
     * Reads a path. Parts that cannot be understood are left out.
     *
     * @param text as a user writes it; may be empty
     * @param defaultCache for {@code srv*}
     */
    public static SourcePath parse(String text, Path defaultCache) {
        var directories = new ArrayList<Path>();
        Optional<Path> cache = Optional.empty();
        for (String part : text.split(";")) {
            String element = part.strip();
            if (element.toLowerCase(Locale.ROOT).startsWith("srv*")) {
                String directory = element.substring("srv*".length());
                cache = directory.isEmpty() ? Optional.of(defaultCache) : path(directory);
            } else if (!element.isEmpty()) {
                path(element).ifPresent(directories::add);
            }
        }
        return new SourcePath(directories, cache);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
