package oriel.engine.symbols.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * A symbol store on disk, as symstore and symsrv lay it out: {@code name/id/file}, or {@code
 * na/name/id/file} where an {@code index2.txt} says so. Files appear in it whole or not at all, so
 * several processes may share it.
 */
public final class LocalStore {
    /** Bytes of a {@code file.ptr}. */
    static final int LONGEST_POINTER = 4096;

    private final Path root;
    private final StoreLocks locks;

    /** A store that need not exist yet. */
    public LocalStore(Path root) {
        this.root = root;
        this.locks = new StoreLocks(root.resolve(".oriel").resolve("locks"));
    }

    /** Its directory. */
    public Path root() {
        return root;
    }

    /** The file of a key, not compressed, possibly by way of a {@code file.ptr}. */
    public Optional<Path> find(StoreKey key) {
        Path file = place(key);
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        Path directory = place(key).getParent();
        return directory == null ? Optional.empty() : pointer(directory.resolve("file.ptr"));
    }

    /** The compressed file of a key: its name ends in an underscore. */
    public Optional<Path> findCompressed(StoreKey key) {
        Path file = place(key).resolveSibling(compressedName(key.file()));
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** Where the file of a key lies, whether it is there or not. */
    public Path place(StoreKey key) {
        Path tier = root;
        if (isTwoTier()) {
            tier = root.resolve(tier(key.directory()));
        }
        return tier.resolve(key.directory()).resolve(key.id()).resolve(key.file());
    }

    /** Whether names are spread over directories of their first two letters. */
    public boolean isTwoTier() {
        return Files.exists(root.resolve("index2.txt"));
    }

    /**
     * Moves a finished file to its place. Another process that has done so before wins.
     *
     * @param finished a file within {@link #scratch}
     * @return the file in the store
     */
    public Path publish(Path finished, StoreKey key) throws IOException {
        return move(finished, place(key));
    }

    private static Path move(Path finished, Path file) throws IOException {
        createParents(file);
        try {
            Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(finished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Windows refuses to replace a file that someone has open: it is there already.
            Files.deleteIfExists(finished);
            if (!Files.isRegularFile(file)) {
                throw e;
            }
        }
        return file;
    }

    /** Copies a file to its place, unless it is there. */
    public Path copyIn(Path source, StoreKey key) throws IOException {
        Path file = place(key);
        if (Files.isRegularFile(file)) {
            return file;
        }
        Path temporary = Files.createTempFile(scratch(), "copy", ".part");
        try {
            Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING);
            return publish(temporary, key);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Puts a file into its place as a cabinet, {@code app.pd_}, unless it is there in any form. */
    public Path compressIn(Path source, StoreKey key) throws IOException {
        Path plain = place(key);
        Path file = plain.resolveSibling(compressedName(key.file()));
        if (Files.isRegularFile(plain) || !CabWriter.fits(Files.size(source))) {
            return copyIn(source, key);
        }
        if (Files.isRegularFile(file)) {
            return file;
        }
        Path temporary = Files.createTempFile(scratch(), "pack", ".part");
        try {
            CabWriter.write(source, key.file(), temporary);
            return move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A directory within the store for unfinished files; no key can lead there. */
    public Path scratch() throws IOException {
        return Files.createDirectories(root.resolve(".oriel").resolve("unfinished"));
    }

    /** Locks on what is in {@link #scratch}. */
    StoreLocks locks() {
        return locks;
    }

    /** {@code app.pdb} to {@code app.pd_}. */
    static String compressedName(String file) {
        return file.substring(0, file.length() - 1) + "_";
    }

    /** The directory of a name in a store of two tiers. */
    static String tier(String name) {
        return name.substring(0, Math.min(2, name.length()));
    }

    private static void createParents(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static Optional<Path> pointer(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_POINTER) {
                return Optional.empty();
            }
            Optional<Path> target =
                    target(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                            .map(Path::of);
            return target.filter(Files::isRegularFile);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Where a {@code file.ptr} leads: {@code PATH:...}; empty when it is a message, {@code MSG:}.
     */
    static Optional<String> target(String pointer) {
        String text = pointer.strip();
        String upper = text.toUpperCase(Locale.ROOT);
        if (text.isEmpty() || upper.startsWith("MSG:")) {
            return Optional.empty();
        }
        return Optional.of(upper.startsWith("PATH:") ? text.substring("PATH:".length()) : text);
    }
}
