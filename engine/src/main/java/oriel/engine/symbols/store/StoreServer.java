package oriel.engine.symbols.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves a store over HTTP as a symbol server: {@code GET /name/id/file}, with ranges, so that
 * broken transfers can go on. {@code GET /} lists the names, {@code GET /name/} the ids under a
 * name, one to a line. Reads only; answers nothing outside the store.
 */
public final class StoreServer implements Closeable {
    private static final int MAX_LISTED = 100_000;

    private final LocalStore store;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Consumer<String> log;

    private StoreServer(LocalStore store, HttpServer server, Consumer<String> log) {
        this.store = store;
        this.server = server;
        this.log = log;
    }

    /**
     * Starts to serve.
     *
     * @param root directory of the store
     * @param address where to listen; port 0 takes a free one
     * @param log is told of each request in a line; called on any thread
     * @throws IOException when the address is taken
     */
    public static StoreServer start(Path root, InetSocketAddress address, Consumer<String> log)
            throws IOException {
        var server = new StoreServer(new LocalStore(root), HttpServer.create(address, 0), log);
        server.server.setExecutor(server.threads);
        server.server.createContext("/", server::handle);
        server.server.start();
        return server;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            int status;
            try {
                status = answer(exchange, path);
            } catch (IllegalArgumentException e) {
                status = empty(exchange, 400);
            }
            log.accept(exchange.getRequestMethod() + " " + path + " " + status);
        }
    }

    private int answer(HttpExchange exchange, String path) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return empty(exchange, 405);
        }
        if (path.equals("/index2.txt")) {
            // Clients need not know how the store is laid out.
            return empty(exchange, 404);
        }
        var parts = new ArrayList<String>();
        for (String part : path.substring(1).split("/")) {
            parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        if (path.equals("/")) {
            return list(exchange, names());
        }
        if (parts.size() == 1 && StoreKey.isPlain(parts.get(0))) {
            return list(exchange, ids(parts.get(0)));
        }
        Optional<StoreKey> key =
                parts.size() == 3
                        ? StoreKey.of(StoreKey.Kind.PDB, parts.get(0), parts.get(1), parts.get(2))
                        : Optional.empty();
        Optional<Path> file = key.flatMap(store::find);
        return file.isPresent() ? send(exchange, file.get()) : empty(exchange, 404);
    }

    private int send(HttpExchange exchange, Path file) throws IOException {
        long size = Files.size(file);
        String tag = "\"" + size + "-" + Files.getLastModifiedTime(file).toMillis() + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        boolean ranged = condition == null || condition.equals(tag);
        long from = ranged ? start(exchange.getRequestHeaders().getFirst("Range")) : 0;
        if (from > 0 && from >= size) {
            return empty(exchange, 416);
        }
        int status = from > 0 ? 206 : 200;
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size);
        }
        if (exchange.getRequestMethod().equals("HEAD") || size == from) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(size - from));
            exchange.sendResponseHeaders(status, -1);
            return status;
        }
        exchange.sendResponseHeaders(status, size - from);
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = exchange.getResponseBody()) {
            in.skipNBytes(from);
            in.transferTo(out);
        }
        return status;
    }

    /** {@code bytes=100-}: the only form that clients use to go on; others get the whole file. */
    private static long start(@Nullable String range) {
        if (range == null || !range.startsWith("bytes=") || !range.endsWith("-")) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(range.substring(6, range.length() - 1)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int empty(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        return status;
    }

    private static int list(HttpExchange exchange, List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            return empty(exchange, 404);
        }
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            return empty(exchange, 200);
        }
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        return 200;
    }

    private List<String> names() throws IOException {
        if (!store.isTwoTier()) {
            return directories(store.root());
        }
        var all = new ArrayList<String>();
        for (String tier : directories(store.root())) {
            all.addAll(directories(store.root().resolve(tier)));
        }
        return all;
    }

    private List<String> ids(String name) throws IOException {
        Path directory =
                store.isTwoTier() ? store.root().resolve(LocalStore.tier(name)) : store.root();
        return directories(directory.resolve(name));
    }

    private static List<String> directories(Path parent) throws IOException {
        var names = new ArrayList<String>();
        if (!Files.isDirectory(parent)) {
            return names;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path directory : all) {
                String name = String.valueOf(directory.getFileName());
                if (!name.startsWith(".")
                        && !name.equals(StoreLedger.FOLDER)
                        && names.size() < MAX_LISTED) {
                    names.add(name);
                }
            }
        }
        Collections.sort(names);
        return names;
    }
}
