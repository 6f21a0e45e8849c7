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
        List<String> files = spellings(key.file());
        // Most directories hold nothing of a key: three questions find that out.
        for (String directory : spellings(key.directory())) {
            if (isDirectory(directory)) {
                for (String id : spellings(key.id())) {
                    files.forEach(file -> add(found, directory, id, file));
                }
            }
        }
        files.forEach(file -> add(found, file));
        int dot = key.directory().lastIndexOf('.');
        String extension = key.directory().substring(dot + 1).toLowerCase(Locale.ROOT);
        if (dot >= 0 && isDirectory(extension)) {
            files.forEach(file -> add(found, extension, file));
        }
        if (dot >= 0 && isDirectory("symbols")) {
            files.forEach(file -> add(found, "symbols", extension, file));
        }
        return List.copyOf(found);
    }

    private boolean isDirectory(String name) {
        try {
            return !name.isEmpty() && Files.isDirectory(root.resolve(name));
        } catch (InvalidPathException e) {
            return false;
        }
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
