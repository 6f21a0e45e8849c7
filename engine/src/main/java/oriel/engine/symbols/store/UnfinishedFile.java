package oriel.engine.symbols.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being fetched. The one who holds the lock of its name goes on with what an earlier
 * try left there; another process or thread that wants the same file at the same time gets a name
 * of its own and fetches all of it. Left alone, the file stays for the next try.
 */
final class UnfinishedFile implements Closeable {
    /**
     * Files with locks, each for many names. They are never removed, for then one could lock the
     * removed file and another a new one of the same name.
     */
    private static final int LOCK_FILES = 64;

    private final Path file;
    private final @Nullable FileChannel lock;

    private UnfinishedFile(Path file, @Nullable FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    static UnfinishedFile of(LocalStore store, StoreKey key, String server) throws IOException {
        String name = SymbolServer.unfinishedName(key, server);
        long hash = name.hashCode() & 0xffffffffL;
        Path lockFile = store.locks().resolve(Long.toString(hash % LOCK_FILES));
        FileChannel channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = null;
        try {
            held = channel.tryLock(hash, 1, false);
        } catch (OverlappingFileLockException e) {
            // Another thread of this process holds it.
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        return held != null
                ? new UnfinishedFile(store.scratch().resolve(name), channel)
                : new UnfinishedFile(Files.createTempFile(store.scratch(), "own", ".part"), null);
    }

    Path file() {
        return file;
    }

    /** Removes the file: it has been published, or is worth nothing. */
    void discard() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".tag"));
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        } else {
            discard();
        }
    }
}
