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
    private final Path file;
    private final @Nullable Path lockFile;
    private final @Nullable FileChannel lockChannel;

    private UnfinishedFile(Path file, @Nullable Path lockFile, @Nullable FileChannel lockChannel) {
        this.file = file;
        this.lockFile = lockFile;
        this.lockChannel = lockChannel;
    }

    static UnfinishedFile of(LocalStore store, StoreKey key, String server) throws IOException {
        Path file = store.scratch().resolve(SymbolServer.unfinishedName(key, server));
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        FileChannel channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process holds it.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock != null
                ? new UnfinishedFile(file, lockFile, channel)
                : new UnfinishedFile(
                        Files.createTempFile(store.scratch(), "own", ".part"), null, null);
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
        if (lockChannel != null) {
            lockChannel.close();
            if (lockFile != null && Files.notExists(file)) {
                Files.deleteIfExists(lockFile);
            }
        } else {
            discard();
        }
    }
}
