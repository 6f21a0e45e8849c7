package oriel.engine.symbols.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.store.ServerSettings.Credentials;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;

/** Servers that lie, and what they are told. */
class UntrustedServerTest extends FinderScene {
    @Test
    void refusesFilesThatAreTooLarge() throws IOException {
        server.serve(PATH, new byte[1_000_001]);
        assertThat(find()).isEmpty();
        assertThat(attempts.get(1).detail())
                .contains("the file has 1000001 bytes, allowed are 1000000");
        // Without a length it is noticed on the way.
        server.on(
                PATH,
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] part = new byte[100_000];
                    for (int i = 0; i < 20; i++) {
                        exchange.getResponseBody().write(part);
                    }
                });
        assertThat(find()).isEmpty();
        assertThat(attempts.get(3).detail()).contains("more than the 1000000 bytes allowed");
        assertThat(cache().resolve("app.pdb")).doesNotExist();
    }

    @Test
    void refusesDecompressionBombs() {
        server.serve(COMPRESSED, cabinetClaiming("app.pdb", CONTENT, 0xffffffffL));
        assertThat(find()).isEmpty();
        assertThat(attempts.get(1).detail()).contains("would grow to 4294967295 bytes");
        server.serve(COMPRESSED, cabinetClaiming("app.pdb", CONTENT, 900_000));
        assertThat(find()).isEmpty();
        assertThat(attempts.get(3).outcome()).isEqualTo(Outcome.DAMAGED);
    }

    @Test
    void refusesRedirectsToOtherSchemes() throws IOException {
        for (String to : List.of("file:///etc/passwd", "ftp://127.0.0.1/x", "jar:file:/x!/y")) {
            server.on(
                    PATH,
                    exchange -> {
                        exchange.getResponseHeaders().set("Location", to);
                        LoopbackServer.send(exchange, 302, new byte[0]);
                    });
            assertThat(find()).isEmpty();
            assertThat(attempts.get(attempts.size() - 1).detail()).contains("refused");
        }
        assertStoreHolds();
    }

    @Test
    void followsRedirectsButNotForEver() {
        server.on(
                PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/blob?sig=secret");
                    LoopbackServer.send(exchange, 302, new byte[0]);
                });
        server.serve("/blob", CONTENT);
        assertThat(find()).isPresent();
        assertThat(attempts.toString()).doesNotContain("secret");
        StoreKey other = new StoreKey(StoreKey.Kind.PDB, "b.pdb", "1", "b.pdb");
        server.on(
                "/b.pdb/1/b.pdb",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/b.pdb/1/b.pdb");
                    LoopbackServer.send(exchange, 302, new byte[0]);
                });
        try (SymbolFinder finder = onServer()) {
            assertThat(finder.find(other, FileCheck.NONE)).isEmpty();
        }
        assertThat(attempts.get(attempts.size() - 1).detail()).contains("too many redirects");
    }

    @Test
    void sendsCredentialsToTheirServerOnly() {
        var elsewhere = new AtomicReference<String>("none");
        try (var other = new LoopbackServer()) {
            other.on(
                    "/blob",
                    exchange -> {
                        elsewhere.set(
                                String.valueOf(
                                        exchange.getRequestHeaders().getFirst("Authorization")));
                        LoopbackServer.send(exchange, 200, CONTENT);
                    });
            server.on(
                    PATH,
                    exchange -> {
                        String token = exchange.getRequestHeaders().getFirst("Authorization");
                        if ("Bearer hush".equals(token)) {
                            exchange.getResponseHeaders().set("Location", other.url() + "/blob");
                            LoopbackServer.send(exchange, 302, new byte[0]);
                        } else {
                            LoopbackServer.send(exchange, 401, new byte[0]);
                        }
                    });
            assertThat(find()).isEmpty();
            assertThat(attempts.get(1).detail()).contains("401");
            settings = settings.with(List.of(Credentials.bearer(server.url(), "hush")));
            assertThat(find()).isPresent();
        }
        assertThat(elsewhere).hasValue("null");
        assertThat(attempts.toString() + settings).doesNotContain("hush");
    }

    @Test
    void sendsUserAndPasswordOfTheAddressWithoutShowingThem() {
        var seen = new AtomicReference<String>();
        server.on(
                PATH,
                exchange -> {
                    seen.set(exchange.getRequestHeaders().getFirst("Authorization"));
                    LoopbackServer.send(exchange, 200, CONTENT);
                });
        String url = server.url().replace("http://", "http://me:hush@");
        try (SymbolFinder finder = finder("srv*" + cache() + "*" + url)) {
            assertThat(finder.find(KEY, FileCheck.NONE)).isPresent();
        }
        assertThat(seen.get()).isEqualTo("Basic bWU6aHVzaA==");
        assertThat(attempts.toString()).doesNotContain("hush");
    }

    @Test
    void followsPointersToOtherAddressesOnly() {
        server.serve("/elsewhere/x.pdb", CONTENT);
        String pointer = "/app.pdb/AB1/file.ptr";
        for (String to :
                List.of(
                        "PATH:\\\\evil\\share\\x.pdb",
                        "PATH:C:\\Windows\\x.pdb",
                        "PATH:file:///etc/passwd",
                        "PATH:ftp://127.0.0.1/x.pdb")) {
            server.serve(pointer, to.getBytes(UTF_8));
            assertThat(find()).as(to).isEmpty();
            assertThat(attempts.getLast().outcome()).as(to).isEqualTo(Outcome.FAILED);
        }
        server.serve(pointer, ("PATH:" + server.url() + "/elsewhere/x.pdb").getBytes(UTF_8));
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
    }

    @Test
    void takesPointersWithMessagesForAbsent() {
        server.serve("/app.pdb/AB1/file.ptr", "MSG: moved to tape".getBytes(UTF_8));
        assertThat(find()).isEmpty();
        assertThat(attempts.getLast().outcome()).isEqualTo(Outcome.ABSENT);
    }

    @Test
    void refusesFilesOfAnotherBuild() throws IOException {
        server.serve(PATH, CONTENT);
        try (SymbolFinder finder = onServer()) {
            assertThat(finder.find(KEY, file -> Optional.of("is another"))).isEmpty();
        }
        assertThat(attempts.get(1).detail()).contains("is another");
        assertStoreHolds();
    }

    @Test
    void credentialsCountForWholePartsOfAnAddress() {
        var credentials = new Credentials("https://a.example", Map.of("X", "y"));
        assertThat(credentials).hasToString("https://a.example [X]");
        assertThatThrownBy(() -> credentials.headers().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
