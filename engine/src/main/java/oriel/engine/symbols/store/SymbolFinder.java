package oriel.engine.symbols.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import oriel.bytes.FormatException;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;

/**
 * Finds files along a symbol path: directories, stores, servers, in order. What a server sends is
 * copied into the stores before it. The same file is never fetched twice at a time. Safe for any
 * thread; interrupting a thread ends its search with a {@link CancellationException} and leaves
 * every store sound.
 */
public final class SymbolFinder implements AutoCloseable {
    private final SymbolPath path;
    private final ServerSettings settings;
    private final FetchListener listener;
    private final InstantSource clock;
    private final Map<URI, SymbolServer> servers = new ConcurrentHashMap<>();

    /** One for each directory, so that its locks are known to all threads. */
    private final Map<Path, LocalStore> stores = new ConcurrentHashMap<>();

    private final Map<StoreKey, CompletableFuture<Optional<Path>>> underWay =
            new ConcurrentHashMap<>();
    private final Client client = new Client();

    /**
     * @param path where to look
     * @param settings how to ask servers
     * @param listener is told of every place asked and of transfers
     */
    public SymbolFinder(SymbolPath path, ServerSettings settings, FetchListener listener) {
        this(path, settings, listener, InstantSource.system());
    }

    SymbolFinder(
            SymbolPath path, ServerSettings settings, FetchListener listener, InstantSource clock) {
        this.path = path;
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
    }

    /** Where this looks. */
    public SymbolPath path() {
        return path;
    }

    /**
     * Finds a file.
     *
     * @param check says whether a file is the one; files that fail it are passed over
     */
    public Optional<Path> find(StoreKey key, FileCheck check) {
        var own = new CompletableFuture<Optional<Path>>();
        CompletableFuture<Optional<Path>> other = underWay.putIfAbsent(key, own);
        if (other != null) {
            return await(other);
        }
        try {
            Optional<Path> found = search(key, check);
            own.complete(found);
            return found;
        } catch (RuntimeException e) {
            own.complete(Optional.empty());
            throw e;
        } finally {
            underWay.remove(key);
        }
    }

    /** Ends connections that stand idle. */
    @Override
    public void close() {
        client.close();
    }

    private static Optional<Path> await(CompletableFuture<Optional<Path>> other) {
        try {
            return other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> search(StoreKey key, FileCheck check) {
        for (SymbolPath.Element element : path.elements()) {
            Optional<Path> found =
                    element instanceof SymbolPath.Directory directory
                            ? inDirectory(directory, key, check)
                            : inChain((SymbolPath.Chain) element, key, check);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Path> inDirectory(
            SymbolPath.Directory directory, StoreKey key, FileCheck check) {
        List<Path> candidates = new SymbolDirectory(directory.root()).candidates(key);
        for (Path candidate : candidates) {
            if (isWanted(candidate, key, check)) {
                return Optional.of(candidate);
            }
        }
        Optional<Path> stored = inStore(store(directory.root()), writable(directory), key, check);
        if (stored.isEmpty() && candidates.isEmpty()) {
            tell(key, directory.root(), Outcome.ABSENT, "");
        }
        return stored;
    }

    private Optional<Path> inChain(SymbolPath.Chain chain, StoreKey key, FileCheck check) {
        List<LocalStore> caches = chain.caches().stream().map(this::store).toList();
        for (int i = 0; i < caches.size(); i++) {
            Optional<Path> found = inStore(caches.get(i), caches.get(0), key, check);
            if (found.isPresent()) {
                return Optional.of(copyBack(found.get(), key, caches.subList(0, i)));
            }
            tell(key, caches.get(i).root(), Outcome.ABSENT, "");
        }
        if (chain.origin().isEmpty()) {
            return Optional.empty();
        }
        LocalStore last = caches.get(caches.size() - 1);
        URI origin = chain.origin().get();
        SymbolServer server =
                servers.computeIfAbsent(
                        origin,
                        u -> new SymbolServer(u, last, client.open(), settings, listener, clock));
        Optional<Path> fetched = server.fetch(key, check);
        return fetched.map(f -> copyBack(f, key, caches.subList(0, caches.size() - 1)));
    }

    private LocalStore store(Path root) {
        return stores.computeIfAbsent(root, LocalStore::new);
    }

    /** Stores that people share may be read-only: what is expanded goes into the first cache. */
    private LocalStore writable(SymbolPath.Directory directory) {
        for (SymbolPath.Element element : path.elements()) {
            if (element instanceof SymbolPath.Chain chain) {
                return store(chain.caches().get(0));
            }
        }
        return store(directory.root());
    }

    /** A compressed file is expanded into a store, or not used if that fails. */
    private Optional<Path> inStore(
            LocalStore store, LocalStore expandInto, StoreKey key, FileCheck check) {
        Optional<Path> found = store.find(key);
        if (found.isPresent() && !isCabinet(found.get())) {
            return found.filter(f -> isWanted(f, key, check));
        }
        Optional<Path> compressed = found.or(() -> store.findCompressed(key));
        if (compressed.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path expanded = Files.createTempFile(expandInto.scratch(), "expand", ".part");
            try {
                CabExpander.expand(compressed.get(), key, expanded, settings.largestBytes());
                if (isWanted(expanded, key, check)) {
                    return Optional.of(expandInto.publish(expanded, key));
                }
            } finally {
                Files.deleteIfExists(expanded);
            }
        } catch (IOException | FormatException | SymbolServerException e) {
            tell(key, compressed.get(), Outcome.DAMAGED, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static boolean isCabinet(Path file) {
        try {
            return CabExpander.isCabinet(file);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isWanted(Path file, StoreKey key, FileCheck check) {
        try {
            Optional<String> problem = check.problem(file);
            problem.ifPresent(p -> tell(key, file, Outcome.MISMATCH, p));
            if (problem.isEmpty()) {
                tell(key, file, Outcome.FOUND, "");
            }
            return problem.isEmpty();
        } catch (IOException | FormatException e) {
            tell(key, file, Outcome.DAMAGED, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Path copyBack(Path found, StoreKey key, List<LocalStore> nearer) {
        Path nearest = found;
        for (int i = nearer.size() - 1; i >= 0; i--) {
            try {
                nearest = nearer.get(i).copyIn(nearest, key);
            } catch (IOException e) {
                tell(key, nearer.get(i).root(), Outcome.FAILED, "no copy kept: " + e.getMessage());
            }
        }
        return nearest;
    }

    private void tell(StoreKey key, Path place, Outcome outcome, String detail) {
        listener.attempt(new SymbolAttempt(key.path(), place.toString(), outcome, detail));
    }

    /** The HTTP client, made when a server is first asked: it costs threads and start-up time. */
    private final class Client {
        private Optional<HttpClient> opened = Optional.empty();

        synchronized HttpClient open() {
            if (opened.isEmpty()) {
                opened =
                        Optional.of(
                                HttpClient.newBuilder()
                                        .connectTimeout(settings.connectTimeout())
                                        .followRedirects(HttpClient.Redirect.NEVER)
                                        .build());
            }
            return opened.get();
        }

        synchronized void close() {
            opened.ifPresent(HttpClient::shutdownNow);
            opened = Optional.empty();
            servers.clear();
        }
    }
}
