package oriel.engine.symbols.store;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import oriel.bytes.FormatException;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;

/**
 * A symbol server over HTTP, in front of a local store that keeps what it sends. Asks for the file
 * (a PDB also as an MSFZ container), then for its compressed form, then for a pointer. A file
 * reaches the store only when it is whole, expanded and the one that was asked for. Safe for any
 * thread.
 */
final class SymbolServer {
    private static final String POINTER = "file.ptr";
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final URI base;
    private final LocalStore store;
    private final HttpClient client;
    private final ServerSettings settings;
    private final FetchListener listener;
    private final NegativeCache absent;
    private volatile Layout layout = Layout.UNKNOWN;

    /** How the server spreads names over directories; found out when a file is first missed. */
    private enum Layout {
        UNKNOWN,
        ONE_TIER,
        TWO_TIER
    }

    SymbolServer(
            URI base,
            LocalStore store,
            HttpClient client,
            ServerSettings settings,
            FetchListener listener,
            InstantSource clock) {
        this.base = base;
        this.store = store;
        this.client = client;
        this.settings = settings;
        this.listener = listener;
        this.absent = new NegativeCache(store, settings.negativeExpiry(), clock);
    }

    /** The file of a key in the local store, fetched if the server has it. */
    Optional<Path> fetch(StoreKey key, FileCheck check) {
        String server = HttpTransfer.shown(base);
        if (settings.offline()) {
            tell(key, Outcome.SKIPPED, "off-line");
            return Optional.empty();
        }
        Optional<Instant> since = absent.absentSince(key, server);
        if (since.isPresent()) {
            tell(key, Outcome.SKIPPED, "was not there at " + since.get());
            return Optional.empty();
        }
        try {
            Optional<Path> file = download(key, check);
            if (file.isEmpty()) {
                absent.remember(key, server);
                tell(key, Outcome.ABSENT, "");
            }
            return file;
        } catch (SymbolServerException | IOException e) {
            tell(key, Outcome.FAILED, String.valueOf(e.getMessage()));
        } catch (FormatException e) {
            tell(key, Outcome.DAMAGED, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<Path> download(StoreKey key, FileCheck check) throws IOException {
        try (var unfinished = UnfinishedFile.of(store, key, HttpTransfer.shown(base))) {
            Path into = unfinished.file();
            boolean there = get(key, key.file(), into, key.kind() == StoreKey.Kind.PDB);
            if (!there && key.kind() != StoreKey.Kind.BREAKPAD) {
                there = get(key, LocalStore.compressedName(key.file()), into, false);
            }
            if (!there && key.kind() != StoreKey.Kind.BREAKPAD) {
                there = followPointer(key, into);
            }
            if (!there) {
                return Optional.empty();
            }
            return accept(key, unfinished, check);
        }
    }

    /**
     * Fetches from where a {@code file.ptr} leads. Only other addresses count: a server must not
     * make us open paths of this machine or of a share.
     */
    private boolean followPointer(StoreKey key, Path into) throws IOException {
        Optional<String> text = pointer(key);
        if (text.isEmpty()) {
            return false;
        }
        URI at = address(key, POINTER, layout);
        if (text.get().startsWith("\\\\")) {
            throw new SymbolServerException(
                    HttpTransfer.shown(at) + ": the way to a share is refused", false);
        }
        URI to = HttpTransfer.following(at, text.get().replace('\\', '/'));
        int status = transfer(key, to, into, key.kind() == StoreKey.Kind.PDB);
        if (status != OK) {
            throw new SymbolServerException(
                    HttpTransfer.shown(at) + ": leads to where the answer is " + status, false);
        }
        return true;
    }

    /** What the pointer of a key says; empty when there is none, or a message instead. */
    private Optional<String> pointer(StoreKey key) throws IOException {
        Path probe = Files.createTempFile(store.scratch(), "pointer", ".part");
        try {
            var transfer = new HttpTransfer(client, settings, FetchListener.NONE, POINTER);
            boolean there = transfer.fetch(address(key, POINTER, layout), probe, "").isComplete();
            if (!there || Files.size(probe) > LocalStore.LONGEST_POINTER) {
                return Optional.empty();
            }
            return LocalStore.target(Files.readString(probe, StandardCharsets.ISO_8859_1));
        } finally {
            Files.deleteIfExists(probe);
            Files.deleteIfExists(probe.resolveSibling(probe.getFileName() + ".tag"));
        }
    }

    private Optional<Path> accept(StoreKey key, UnfinishedFile unfinished, FileCheck check)
            throws IOException {
        Path file = unfinished.file();
        Path expanded = file.resolveSibling(file.getFileName() + ".expanded");
        try {
            Path whole = file;
            if (CabExpander.isCabinet(file)) {
                CabExpander.expand(file, key, expanded, settings.largestBytes());
                whole = expanded;
            }
            Optional<String> problem = check.problem(whole);
            if (problem.isPresent()) {
                throw new SymbolServerException(
                        HttpTransfer.shown(base) + "/" + key + ": " + problem.get(), false);
            }
            Path published = store.publish(whole, key);
            tell(key, Outcome.FOUND, "");
            return Optional.of(published);
        } finally {
            Files.deleteIfExists(expanded);
            unfinished.discard();
        }
    }

    /** Fetches one form of a file; false when the server does not have it. */
    private boolean get(StoreKey key, String file, Path into, boolean mayBeMsfz)
            throws IOException {
        int status = transfer(key, address(key, file, layout), into, mayBeMsfz);
        if (status == NOT_FOUND && layout == Layout.UNKNOWN) {
            layout = isTwoTier() ? Layout.TWO_TIER : Layout.ONE_TIER;
            if (layout == Layout.TWO_TIER) {
                status = transfer(key, address(key, file, layout), into, mayBeMsfz);
            }
        }
        if (status == OK) {
            return true;
        }
        // Storage services answer 403 for what is not there when they may not be listed.
        if (status == NOT_FOUND || status == GONE || status == FORBIDDEN) {
            return false;
        }
        throw new SymbolServerException(
                HttpTransfer.shown(base) + "/" + key + ": the server answers " + status, false);
    }

    private int transfer(StoreKey key, URI address, Path into, boolean mayBeMsfz)
            throws IOException {
        var transfer = new HttpTransfer(client, settings, listener, key.file());
        boolean msfz = mayBeMsfz;
        for (int attempt = 1; ; attempt++) {
            try {
                HttpTransfer.Answer answer =
                        transfer.fetch(address, into, msfz ? "application/msfz0" : "");
                if (answer.isComplete()) {
                    return OK;
                }
                int status = answer.status();
                if (msfz && (status == 400 || status == 406 || status == 415)) {
                    // An old server that does not know the media type.
                    msfz = false;
                    attempt--;
                } else if (status < 500 && status != 408 && status != 429
                        || attempt >= settings.attempts()) {
                    return status;
                }
            } catch (SymbolServerException e) {
                if (!e.isWorthRetrying()) {
                    Files.deleteIfExists(into);
                    throw e;
                }
                if (attempt >= settings.attempts()) {
                    throw e;
                }
            }
        }
    }

    private boolean isTwoTier() {
        try {
            Path probe = Files.createTempFile(store.scratch(), "index2", ".part");
            try {
                var transfer = new HttpTransfer(client, settings, FetchListener.NONE, "index2.txt");
                return transfer.fetch(URI.create(base + "/index2.txt"), probe, "").isComplete();
            } finally {
                Files.deleteIfExists(probe);
                Files.deleteIfExists(probe.resolveSibling(probe.getFileName() + ".tag"));
            }
        } catch (IOException | SymbolServerException e) {
            return false;
        }
    }

    private URI address(StoreKey key, String file, Layout as) {
        String name = key.directory();
        String tier = as == Layout.TWO_TIER ? encode(LocalStore.tier(name)) + "/" : "";
        return URI.create(
                base + "/" + tier + encode(name) + "/" + encode(key.id()) + "/" + encode(file));
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void tell(StoreKey key, Outcome outcome, String detail) {
        listener.attempt(new SymbolAttempt(key.path(), HttpTransfer.shown(base), outcome, detail));
    }

    /** Name of the unfinished file of a key from a server: the same in every process. */
    static String unfinishedName(StoreKey key, String server) {
        String whole = server + "\n" + key.path();
        return UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8)) + ".part";
    }
}
