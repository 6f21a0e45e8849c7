package oriel.engine.symbols.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that is being fetched. The one who holds the lock of its name goes on with what an earlier
 * try left there; another process or thread that wants the same file at the same time gets a name
 * of its own and fetches all of it. Left alone, the file stays for the next try.
 */
final class UnfinishedFile implements Closeable {
    private final Path file;
    private final Optional<Closeable> lock;

    private UnfinishedFile(Path file, Optional<Closeable> lock) {
        this.file = file;
        this.lock = lock;
    }

    static UnfinishedFile of(LocalStore store, StoreKey key, String server) throws IOException {
        String name = SymbolServer.unfinishedName(key, server);
        Optional<Closeable> lock = store.locks().tryLock(name);
        Path file =
                lock.isPresent()
                        ? store.scratch().resolve(name)
                        : Files.createTempFile(store.scratch(), "own", ".part");
        return new UnfinishedFile(file, lock);
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
        if (lock.isPresent()) {
            lock.get().close();
        } else {
            discard();
        }
    }
}
