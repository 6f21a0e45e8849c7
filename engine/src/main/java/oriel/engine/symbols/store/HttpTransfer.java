package oriel.engine.symbols.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches one address into a file: follows redirects, goes on where an earlier try broke off, gives
 * up on servers that stand still. Interrupting the thread stops it at once; what has arrived stays
 * in the file for the next time.
 */
final class HttpTransfer {
    private static final int MAX_REDIRECTS = 5;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpClient client;
    private final ServerSettings settings;
    private final FetchListener listener;
    private final String fileName;

    HttpTransfer(
            HttpClient client, ServerSettings settings, FetchListener listener, String fileName) {
        this.client = client;
        this.settings = settings;
        this.listener = listener;
        this.fileName = fileName;
    }

    /** What a server said: status, and whether the file is whole. */
    record Answer(int status, boolean isComplete) {}

    /**
     * Fetches an address.
     *
     * @param into gets the bytes; a beginning that is there already is kept if the server agrees
     * @param accept media type asked for; empty for none
     * @throws SymbolServerException when the server cannot be reached, lies or stops half-way
     * @throws CancellationException when the thread is interrupted
     */
    Answer fetch(URI address, Path into, String accept) throws IOException {
        URI at = address;
        for (int redirects = 0; ; redirects++) {
            var request = HttpRequest.newBuilder(withoutUser(at));
            request.timeout(settings.answerTimeout());
            if (!accept.isEmpty()) {
                request.header("Accept", accept);
            }
            headersFor(at).forEach(request::header);
            Part part = Part.of(into, at);
            part.conditions().forEach(request::header);
            var receiver = new FileReceiver(into, part, settings.largestBytes(), progress(at));
            HttpResponse<Optional<String>> response = exchange(request.build(), receiver, at);
            int status = response.statusCode();
            Optional<URI> next = redirect(response, at);
            if (next.isPresent()) {
                if (redirects == MAX_REDIRECTS) {
                    throw new SymbolServerException(shown(at) + ": too many redirects", false);
                }
                at = next.get();
                continue;
            }
            if (status == RANGE_NOT_SATISFIABLE) {
                // The file changed while we had a part of it.
                part.forget();
                throw new SymbolServerException(shown(at) + ": the file has changed", true);
            }
            if (status != OK && status != PARTIAL) {
                return new Answer(status, false);
            }
            if (response.body().isPresent()) {
                throw new SymbolServerException(shown(at) + ": " + response.body().get(), true);
            }
            part.forgetConditions();
            return new Answer(status, true);
        }
    }

    /** An address as it may be shown: without user, password and query. */
    static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return address.getScheme() + "://" + address.getHost() + port + path;
    }

    private HttpResponse<Optional<String>> exchange(
            HttpRequest request, FileReceiver receiver, URI at) throws IOException {
        CompletableFuture<HttpResponse<Optional<String>>> answer =
                client.sendAsync(request, receiver);
        long before = -1;
        while (true) {
            try {
                return answer.get(settings.stallTimeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = receiver.received();
                if (now == before && receiver.hasBegun()) {
                    answer.cancel(true);
                    receiver.close();
                    throw new SymbolServerException(
                            shown(at) + ": no data for " + settings.stallTimeout(), true);
                }
                before = now;
            } catch (InterruptedException e) {
                answer.cancel(true);
                receiver.close();
                Thread.currentThread().interrupt();
                throw (CancellationException) new CancellationException("interrupted").initCause(e);
            } catch (ExecutionException e) {
                receiver.close();
                Throwable cause = e.getCause();
                if (cause instanceof RefusedAnswerException refused) {
                    throw new SymbolServerException(shown(at) + ": " + refused.getMessage(), false);
                }
                String text = cause == null ? "" : String.valueOf(cause.getMessage());
                String kind = cause == null ? "" : cause.getClass().getSimpleName();
                throw new SymbolServerException(
                        shown(at) + ": " + (text.equals("null") ? kind : text), true);
            }
        }
    }

    private FileReceiver.Progress progress(URI at) {
        String server = shown(at);
        return (done, total) -> listener.progress(fileName, server, done, total);
    }

    /** Where a redirect leads; other schemes and the way from https down to http are refused. */
    private static Optional<URI> redirect(HttpResponse<?> response, URI from) {
        int status = response.statusCode();
        boolean redirects = status >= 301 && status <= 303 || status == 307 || status == 308;
        Optional<String> location = response.headers().firstValue("Location");
        if (!redirects || location.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(following(from, location.get()));
    }

    /**
     * Where an answer of a server leads.
     *
     * @throws SymbolServerException when that is no address, or one that it must not lead to
     */
    static URI following(URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new SymbolServerException(shown(from) + ": leads to nowhere", false);
        }
        String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        boolean wasSecure = from.getScheme().equalsIgnoreCase("https");
        if (to.getHost() == null || !secure && (wasSecure || !scheme.equals("http"))) {
            throw new SymbolServerException(
                    shown(from) + ": the way to scheme " + scheme + " is refused", false);
        }
        return to;
    }

    private Map<String, String> headersFor(URI address) {
        String plain = shown(address);
        for (ServerSettings.Credentials credentials : settings.credentials()) {
            String prefix = credentials.urlPrefix();
            boolean whole =
                    plain.startsWith(prefix)
                            && (prefix.endsWith("/")
                                    || plain.length() == prefix.length()
                                    || plain.charAt(prefix.length()) == '/');
            if (whole) {
                return credentials.headers();
            }
        }
        String user = address.getUserInfo();
        if (user == null) {
            return Map.of();
        }
        byte[] raw = user.getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(raw));
    }

    private static URI withoutUser(URI address) {
        if (address.getRawUserInfo() == null) {
            return address;
        }
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return URI.create(shown(address) + query);
    }

    /** The beginning of a file that an earlier try left, and how to ask for the rest of it. */
    record Part(Path file, Path tag, String address, long sizeBytes, String validator) {
        static Part of(Path file, URI address) throws IOException {
            Path tag = file.resolveSibling(file.getFileName() + ".tag");
            long size = Files.isRegularFile(file) ? Files.size(file) : 0;
            String validator = "";
            if (size > 0 && Files.isRegularFile(tag)) {
                String[] lines = Files.readString(tag).split("\n", 2);
                if (lines.length == 2 && lines[0].equals(shown(address))) {
                    validator = lines[1].strip();
                }
            }
            return new Part(file, tag, shown(address), validator.isEmpty() ? 0 : size, validator);
        }

        Map<String, String> conditions() {
            return sizeBytes == 0
                    ? Map.of()
                    : Map.of("Range", "bytes=" + sizeBytes + "-", "If-Range", validator);
        }

        /** Notes what identifies the file on the server, so that the rest can be asked for. */
        void remember(String newValidator) throws IOException {
            if (newValidator.isEmpty()) {
                forgetConditions();
            } else {
                Files.writeString(tag, address + "\n" + newValidator);
            }
        }

        void forgetConditions() throws IOException {
            Files.deleteIfExists(tag);
        }

        void forget() throws IOException {
            Files.deleteIfExists(file);
            forgetConditions();
        }
    }
}
