package oriel.engine.symbols.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Remembers for a while, in files of the local store, which servers do not have what. */
final class NegativeCache {
    private final Path root;
    private final Duration expiry;
    private final InstantSource clock;

    NegativeCache(LocalStore store, Duration expiry, InstantSource clock) {
        this.root = store.root().resolve(".oriel").resolve("absent");
        this.expiry = expiry;
        this.clock = clock;
    }

    /** When the server last said that it does not have the file, if that still counts. */
    Optional<Instant> absentSince(StoreKey key, String server) {
        try {
            Path marker = marker(key, server);
            if (!Files.exists(marker)) {
                return Optional.empty();
            }
            Instant since = Instant.parse(Files.readString(marker).strip());
            Instant now = clock.instant();
            boolean counts = !since.isAfter(now) && since.plus(expiry).isAfter(now);
            return counts ? Optional.of(since) : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Notes that a server does not have a file. A note that cannot be written is not needed. */
    void remember(StoreKey key, String server) {
        try {
            Path marker = marker(key, server);
            Files.createDirectories(root.resolve(key.directory()).resolve(key.id()));
            Files.writeString(marker, clock.instant().toString());
        } catch (IOException e) {
            // The store is read-only or full: the server will be asked again.
        }
    }

    private Path marker(StoreKey key, String server) {
        String name = UUID.nameUUIDFromBytes(server.getBytes(StandardCharsets.UTF_8)).toString();
        return root.resolve(key.directory()).resolve(key.id()).resolve(key.file() + "." + name);
    }
}
