package oriel.engine.symbols.store;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what addresses send, in a directory that several processes may share: a file is there whole
 * or not at all. An address that fails is not asked again. Safe for any thread.
 */
public final class AddressCache implements AutoCloseable {
    private final Path directory;
    private final ServerSettings settings;
    private final FetchListener listener;
    private final Map<String, Optional<Path>> known = new ConcurrentHashMap<>();
    private @Nullable HttpClient client;

    /**
     * @param directory need not exist yet
     * @param settings how to ask servers
     * @param listener is told of transfers
     */
    public AddressCache(Path directory, ServerSettings settings, FetchListener listener) {
        this.directory = directory;
        this.settings = settings;
        this.listener = listener;
    }

    /** What an address sends, now or at an earlier time; empty for anything but http and https. */
    public Optional<Path> fetch(String address) {
        return known.computeIfAbsent(address, this::find);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
    }

    private Optional<Path> find(String address) {
        String scheme = address.toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("http://") && !scheme.startsWith("https://")) {
            return Optional.empty();
        }
        byte[] whole = address.getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve(UUID.nameUUIDFromBytes(whole).toString());
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        if (settings.offline()) {
            return Optional.empty();
        }
        try {
            return download(new URI(address), file) ? Optional.of(file) : Optional.empty();
        } catch (IOException | URISyntaxException | SymbolServerException e) {
            listener.attempt(
                    new SymbolAttempt(
                            fileName(address),
                            address,
                            SymbolAttempt.Outcome.FAILED,
                            String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private boolean download(URI address, Path file) throws IOException {
        if (address.getHost() == null) {
            return false;
        }
        Files.createDirectories(directory);
        Path unfinished = Files.createTempFile(directory, "own", ".part");
        try {
            var transfer =
                    new HttpTransfer(client(), settings, listener, fileName(address.getPath()));
            if (!transfer.fetch(address, unfinished, "").isComplete()) {
                return false;
            }
            try {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return true;
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + ".tag"));
        }
    }

    private synchronized HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            open =
                    HttpClient.newBuilder()
                            .connectTimeout(settings.connectTimeout())
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .build();
            client = open;
        }
        return open;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
