package oriel.engine.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;

class SourceFinderTest {
    @TempDir Path directory;

    private SourceFinder finder(String path, ServerSettings settings) {
        return new SourceFinder(
                SourcePath.parse(path, directory.resolve("default")), settings, FetchListener.NONE);
    }

    private Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void readsPathsAsWinDbgDoes() {
        assertThat(SourcePath.parse("a; srv* ;b", Path.of("cache")))
                .isEqualTo(
                        new SourcePath(
                                List.of(Path.of("a"), Path.of("b")),
                                Optional.of(Path.of("cache"))));
        assertThat(SourcePath.parse("SRV*kept", Path.of("cache")).cache())
                .contains(Path.of("kept"));
        assertThat(SourcePath.parse(" ; ", Path.of("cache")).isEmpty()).isTrue();
    }

    @Test
    void findsTheLongestEndOfAPath() throws IOException {
        Path deep = file("src/app/main.cpp", "one\n");
        Path flat = file("src/main.cpp", "two\n");
        try (SourceFinder finder = finder(directory + "/src", ServerSettings.DEFAULT)) {
            assertThat(finder.local("C:\\build\\app\\main.cpp")).contains(deep);
            assertThat(finder.local("d:\\other\\main.cpp")).contains(flat);
            assertThat(finder.local("c:\\build\\lib\\none.cpp")).isEmpty();
            assertThat(finder.text(SourceIndex.NONE, "x\\app\\main.cpp").orElseThrow().lines())
                    .containsExactly("one");
        }
    }

    @Test
    void staysInItsDirectoriesAndLooksNowhereUnasked() throws IOException {
        Path secret = file("secret.txt", "no");
        Files.createDirectories(directory.resolve("src"));
        try (SourceFinder finder = finder(directory + "/src", ServerSettings.DEFAULT)) {
            assertThat(finder.local("a\\..\\..\\secret.txt")).isEmpty();
            assertThat(finder.local("..\\secret.txt")).isEmpty();
        }
        assertThat(SourceFinder.NONE.local(secret.toString())).isEmpty();
    }

    @Test
    void fetchesFromTheAddressOnceAndOnlyWhenAllowed() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var asked = new AtomicInteger();
        server.createContext(
                "/a.c",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] text = "int a;\n".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            SourceIndex index =
                    SourceLink.parse("{\"documents\":{\"c:\\\\s\\\\*\":\"" + base + "/*\"}}");
            String cache = "srv*" + directory.resolve("cache");
            try (SourceFinder without = finder(directory.toString(), ServerSettings.DEFAULT);
                    SourceFinder offline =
                            finder(cache, ServerSettings.DEFAULT.withOffline(true))) {
                assertThat(without.text(index, "c:\\s\\a.c")).isEmpty();
                assertThat(offline.text(index, "c:\\s\\a.c")).isEmpty();
            }
            assertThat(asked).hasValue(0);
            for (boolean isOffline : new boolean[] {false, true}) {
                try (SourceFinder finder =
                        finder(cache, ServerSettings.DEFAULT.withOffline(isOffline))) {
                    assertThat(finder.text(index, "c:\\s\\a.c"))
                            .contains(new SourceText(base + "/a.c", List.of("int a;")));
                    assertThat(finder.text(index, "c:\\s\\gone.c")).isEmpty();
                }
            }
            assertThat(asked).hasValue(1);
        } finally {
            server.stop(0);
        }
    }
}
