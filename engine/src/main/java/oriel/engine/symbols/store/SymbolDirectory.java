package oriel.engine.symbols.store;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A directory in which symbols and images may lie: as a store ({@code name/id/file}), flat, or in
 * the layout of symbol packages ({@code symbols/dll/file}). What is found may be of another build:
 * the caller checks.
 */
public final class SymbolDirectory {
    private final Path root;

    /** A directory that need not be there. */
    public SymbolDirectory(Path root) {
        this.root = root;
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /** Regular files that may be what a key names, best guess first. */
    public List<Path> candidates(StoreKey key) {
        Set<Path> found = new LinkedHashSet<>();
        for (String directory : spellings(key.directory())) {
            for (String id : spellings(key.id())) {
                for (String file : spellings(key.file())) {
                    add(found, directory, id, file);
                }
            }
        }
        String extension = key.directory().substring(key.directory().lastIndexOf('.') + 1);
        for (String file : spellings(key.file())) {
            add(found, file);
            add(found, extension.toLowerCase(Locale.ROOT), file);
            add(found, "symbols", extension.toLowerCase(Locale.ROOT), file);
        }
        return List.copyOf(found);
    }

    /** As given, and in lower and upper case for file systems that tell them apart. */
    private static List<String> spellings(String name) {
        var spellings = new LinkedHashSet<String>();
        spellings.add(name);
        spellings.add(name.toLowerCase(Locale.ROOT));
        spellings.add(name.toUpperCase(Locale.ROOT));
        return new ArrayList<>(spellings);
    }

    private void add(Set<Path> found, String... parts) {
        try {
            Path path = root;
            for (String part : parts) {
                path = path.resolve(part);
            }
            if (Files.isRegularFile(path)) {
                found.add(path);
            }
        } catch (InvalidPathException e) {
            // A name that this file system cannot have is not there.
        }
    }
}
