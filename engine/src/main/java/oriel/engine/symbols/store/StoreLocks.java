package oriel.engine.symbols.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locks on names in a store, against other processes and other threads of this one. For any thread.
 */
final class StoreLocks {
    /**
     * Files with locks, each for many names. They are never removed, for then one could lock the
     * removed file and another a new one of the same name.
     */
    private static final int FILES = 1024;

    private final Path folder;

    /**
     * The files that are open. Each is opened once at a time: where a process closes a file, POSIX
     * takes all its locks on it.
     */
    private final Set<Long> open = ConcurrentHashMap.newKeySet();

    /**
     * @param folder of the files; it need not be there
     */
    StoreLocks(Path folder) {
        this.folder = folder;
    }

    /**
     * Locks a name if nobody has, nor a name that shares its file.
     *
     * @return what ends the lock
     */
    Optional<Closeable> tryLock(String name) throws IOException {
        long hash = name.hashCode() & 0xffffffffL;
        long file = hash % FILES;
        if (!open.add(file)) {
            return Optional.empty();
        }
        Optional<FileChannel> locked = Optional.empty();
        try {
            locked = lock(Files.createDirectories(folder).resolve(Long.toString(file)), hash);
        } finally {
            if (locked.isEmpty()) {
                open.remove(file);
            }
        }
        return locked.map(
                channel ->
                        () -> {
                            try {
                                channel.close();
                            } finally {
                                open.remove(file);
                            }
                        });
    }

    /** Opens a file and locks one byte of it, if nobody has; its lock ends when it is closed. */
    private static Optional<FileChannel> lock(Path file, long at) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock(at, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            // Another store of this process, in the same place, holds it.
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(channel) : Optional.empty();
    }
}
