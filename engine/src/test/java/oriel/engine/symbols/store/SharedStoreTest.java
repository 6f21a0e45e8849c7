package oriel.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One store for several processes, and for one that comes after another was killed. */
class SharedStoreTest extends FinderScene {
    private final List<Fetching> processes = new ArrayList<>();

    /** A process that fetches, and what it prints. */
    private record Fetching(Process process, BufferedReader output) {
        String line() throws IOException {
            String line = output.readLine();
            return line == null ? "" : line;
        }
    }

    @AfterEach
    void end() {
        processes.forEach(fetching -> fetching.process.destroyForcibly());
    }

    @Test
    void severalProcessesFetchTheSameFile() throws Exception {
        var all = new CountDownLatch(3);
        server.on(
                PATH,
                exchange -> {
                    // Nobody gets the file before everybody has asked for it.
                    all.countDown();
                    await(all);
                    LoopbackServer.send(exchange, 200, CONTENT);
                });
        for (int i = 0; i < 3; i++) {
            start();
        }
        Path file = cache().resolve("app.pdb/AB1/app.pdb");
        for (Fetching process : processes) {
            assertThat(answer(process)).isEqualTo(file.toString());
        }
        assertThat(file).hasBinaryContent(CONTENT);
        assertStoreHolds("app.pdb/AB1/app.pdb");
    }

    @Test
    void goesOnAfterAProcessThatWasKilled() throws Exception {
        var ranges = new CopyOnWriteArrayList<String>();
        var first = new AtomicBoolean(true);
        var never = new CountDownLatch(1);
        server.on(
                PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("ETag", "\"one\"");
                    if (first.getAndSet(false)) {
                        exchange.sendResponseHeaders(200, CONTENT.length);
                        exchange.getResponseBody().write(CONTENT, 0, 200_000);
                        exchange.getResponseBody().flush();
                        await(never);
                        return;
                    }
                    String range = exchange.getRequestHeaders().getFirst("Range");
                    ranges.add(String.valueOf(range));
                    int from = Integer.parseInt(range.substring(6, range.length() - 1));
                    exchange.getResponseHeaders()
                            .set(
                                    "Content-Range",
                                    "bytes "
                                            + from
                                            + "-"
                                            + (CONTENT.length - 1)
                                            + "/"
                                            + CONTENT.length);
                    LoopbackServer.send(
                            exchange, 206, Arrays.copyOfRange(CONTENT, from, CONTENT.length));
                });
        Fetching killed = start();
        while (Long.parseLong(killed.line()) < 150_000) {
            // It tells how many bytes are on disk; the rest never comes.
        }
        killed.process.destroyForcibly().waitFor();
        assertThat(cache().resolve("app.pdb")).doesNotExist();
        assertThat(answer(start())).isEqualTo(cache().resolve("app.pdb/AB1/app.pdb").toString());
        assertThat(cache().resolve("app.pdb/AB1/app.pdb")).hasBinaryContent(CONTENT);
        assertThat(ranges).hasSize(1);
        assertStoreHolds("app.pdb/AB1/app.pdb");
        never.countDown();
    }

    private Fetching start() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FetchingProcess.class.getName(),
                                cache().toString(),
                                server.url())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var fetching = new Fetching(process, output);
        processes.add(fetching);
        return fetching;
    }

    /** The last line that is printed. */
    private static String answer(Fetching fetching) throws Exception {
        String last = "";
        for (String line = fetching.line(); !line.isEmpty(); line = fetching.line()) {
            last = line;
        }
        assertThat(fetching.process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return last;
    }
}
