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
    private static final List<String> IMAGE_FOLDERS =
            List.of("dll", "exe", "sys", "drv", "ocx", "cpl", "scr", "com", "acm", "ax");

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
        boolean packages = isDirectory("symbols");
        for (String folder : folders(key)) {
            if (isDirectory(folder)) {
                files.forEach(file -> add(found, folder, file));
            }
            if (packages) {
                files.forEach(file -> add(found, "symbols", folder, file));
            }
        }
        return List.copyOf(found);
    }

    /** Symbol packages sort files by the extension of the image: {@code dll/ntdll.pdb}. */
    private static List<String> folders(StoreKey key) {
        int dot = key.directory().lastIndexOf('.');
        String own = key.directory().substring(dot + 1).toLowerCase(Locale.ROOT);
        if (key.kind() == StoreKey.Kind.IMAGE) {
            return dot < 0 ? List.of() : List.of(own);
        }
        var folders = new ArrayList<>(IMAGE_FOLDERS);
        folders.add(own);
        return folders;
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
