package oriel.engine.symbols.store;

import java.util.Locale;
import java.util.Optional;
import oriel.model.LoadedModule;
import oriel.model.PdbId;

/**
 * What symbol stores and servers file something under: {@code app.pdb/3249D99D...1/app.pdb}. The
 * parts come from dumps and images, which may lie: {@link #of} refuses names that could leave the
 * directory of the store.
 *
 * @param kind what kind of file it is
 * @param directory first part: the name of the PDB or image
 * @param id second part: identity of the file
 * @param file last part: the file itself
 */
public record StoreKey(Kind kind, String directory, String id, String file) {
    /** Refuses parts that are not plain file names. */
    public StoreKey {
        if (!isPlain(directory) || !isPlain(id) || !isPlain(file)) {
            throw new IllegalArgumentException("not a key of a symbol store");
        }
    }

    private static final int LONGEST = 255;
    private static final String FORBIDDEN = "/\\:*?\"<>|";

    /** Kinds of files in a store. */
    public enum Kind {
        IMAGE,
        PDB,
        DBG,
        BREAKPAD
    }

    /** A key, unless a part of it is not a plain file name. */
    public static Optional<StoreKey> of(Kind kind, String directory, String id, String file) {
        return isPlain(directory) && isPlain(id) && isPlain(file)
                ? Optional.of(new StoreKey(kind, directory, id, file))
                : Optional.empty();
    }

    /** The key of a PDB. */
    public static Optional<StoreKey> pdb(PdbId id) {
        return of(Kind.PDB, id.baseName(), id.key(), id.baseName());
    }

    /** The key of Breakpad symbols: the PDB's, but for the file, which ends in {@code .sym}. */
    public static Optional<StoreKey> breakpad(PdbId id) {
        String name = id.baseName();
        String stem =
                name.toLowerCase(Locale.ROOT).endsWith(".pdb")
                        ? name.substring(0, name.length() - 4)
                        : name;
        return of(Kind.BREAKPAD, name, id.key(), stem + ".sym");
    }

    /** The key of an image. */
    public static Optional<StoreKey> image(LoadedModule module) {
        return of(Kind.IMAGE, module.name(), module.imageKey(), module.name());
    }

    /**
     * The key of the DBG file of an old image: the time stamp and size of the image identify it.
     *
     * @param name of the file
     */
    public static Optional<StoreKey> dbg(LoadedModule module, String name) {
        return of(Kind.DBG, name, module.imageKey(), name);
    }

    /** The parts with slashes between them. */
    public String path() {
        return directory + "/" + id + "/" + file;
    }

    /** Whether a name is that of a file right in a directory, on every system. */
    static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > LONGEST || name.endsWith(".")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return path();
    }
}
