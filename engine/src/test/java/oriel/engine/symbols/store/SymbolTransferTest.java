package oriel.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;

/** Transfers that break, stand still, are stopped, or are wanted by many. */
class SymbolTransferTest extends FinderScene {
    @Test
    void goesOnWhereATransferBroke() throws IOException {
        var ranges = new CopyOnWriteArrayList<String>();
        server.on(
                PATH,
                exchange -> {
                    String range = exchange.getRequestHeaders().getFirst("Range");
                    ranges.add(String.valueOf(range));
                    exchange.getResponseHeaders().set("ETag", "\"one\"");
                    if (range == null) {
                        exchange.sendResponseHeaders(200, CONTENT.length);
                        exchange.getResponseBody().write(CONTENT, 0, 100_000);
                        exchange.getResponseBody().flush();
                        throw new IOException("cable cut");
                    }
                    int from = Integer.parseInt(range.substring(6, range.length() - 1));
                    byte[] rest = Arrays.copyOfRange(CONTENT, from, CONTENT.length);
                    exchange.getResponseHeaders()
                            .set(
                                    "Content-Range",
                                    "bytes "
                                            + from
                                            + "-"
                                            + (CONTENT.length - 1)
                                            + "/"
                                            + CONTENT.length);
                    LoopbackServer.send(exchange, 206, rest);
                });
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
        assertThat(ranges).hasSize(2);
        assertThat(ranges.get(1)).startsWith("bytes=").isNotEqualTo("bytes=0-");
        assertStoreHolds("app.pdb/AB1/app.pdb");
    }

    @Test
    void startsAnewWhenTheFileHasChanged() {
        var tries = new AtomicInteger();
        server.on(
                PATH,
                exchange -> {
                    int count = tries.incrementAndGet();
                    exchange.getResponseHeaders().set("ETag", "\"" + count + "\"");
                    exchange.sendResponseHeaders(200, CONTENT.length);
                    exchange.getResponseBody()
                            .write(CONTENT, 0, count == 1 ? 1000 : CONTENT.length);
                    exchange.getResponseBody().flush();
                    if (count == 1) {
                        throw new IOException("cable cut");
                    }
                });
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
    }

    @Test
    void givesUpOnServersThatStandStill() {
        settings =
                new ServerSettings(
                        false,
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(100),
                        1,
                        1_000_000,
                        Duration.ofHours(1),
                        List.of());
        var release = new CountDownLatch(1);
        server.on(
                PATH,
                exchange -> {
                    exchange.sendResponseHeaders(200, CONTENT.length);
                    exchange.getResponseBody().write(CONTENT, 0, 1000);
                    exchange.getResponseBody().flush();
                    await(release);
                });
        assertThat(find()).isEmpty();
        release.countDown();
        assertThat(attempts.get(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(attempts.get(1).detail()).contains("no data for");
    }

    @Test
    void stopsAtOnceAndLeavesTheStoreSound() throws Exception {
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        server.on(
                PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("ETag", "\"one\"");
                    exchange.sendResponseHeaders(200, CONTENT.length);
                    exchange.getResponseBody().write(CONTENT, 0, 1000);
                    exchange.getResponseBody().flush();
                    begun.countDown();
                    await(release);
                });
        var thrown = new AtomicReference<Throwable>();
        Thread thread =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                find();
                            } catch (CancellationException e) {
                                thrown.set(e);
                            }
                        });
        begun.await();
        thread.interrupt();
        thread.join();
        release.countDown();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(cache().resolve("app.pdb")).doesNotExist();
        server.serve(PATH, CONTENT);
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
    }

    /** The client may be about to open the file when the transfer is given up. */
    @Test
    void anAnswerThatComesTooLateTouchesNothing() throws Exception {
        Path file = Files.write(directory.resolve("app.part"), new byte[] {1, 2, 3});
        var part = HttpTransfer.Part.of(file, URI.create("http://127.0.0.1/app"));
        var receiver = new FileReceiver(file, part, 1000, (done, total) -> {});
        receiver.close();
        receiver.apply(
                new HttpResponse.ResponseInfo() {
                    @Override
                    public int statusCode() {
                        return 200;
                    }

                    @Override
                    public HttpHeaders headers() {
                        return HttpHeaders.of(Map.of("ETag", List.of("two")), (n, v) -> true);
                    }

                    @Override
                    public HttpClient.Version version() {
                        return HttpClient.Version.HTTP_1_1;
                    }
                });
        assertThat(receiver.getBody().toCompletableFuture()).isCompletedExceptionally();
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(part.tag()).doesNotExist();
    }

    @Test
    void reportsProgress() {
        server.serve(PATH, CONTENT);
        var last = new AtomicReference<String>("");
        var listener =
                new FetchListener() {
                    @Override
                    public void attempt(SymbolAttempt attempt) {}

                    @Override
                    public void progress(String file, String from, long done, long total) {
                        last.set(file + " " + done + "/" + total);
                    }
                };
        String path = "srv*" + cache() + "*" + server.url();
        try (var finder = new SymbolFinder(SymbolPath.parse(path, directory), settings, listener)) {
            assertThat(finder.find(KEY, FileCheck.NONE)).isPresent();
        }
        assertThat(last).hasValue("app.pdb 300000/300000");
    }

    @Test
    void fetchesAFileOnceForManyThreads() throws Exception {
        server.serve(PATH, CONTENT);
        var found = new AtomicInteger();
        try (SymbolFinder finder = onServer()) {
            List<Thread> threads =
                    Stream.generate(
                                    () ->
                                            Thread.startVirtualThread(
                                                    () ->
                                                            finder.find(KEY, FileCheck.NONE)
                                                                    .ifPresent(
                                                                            f ->
                                                                                    found
                                                                                            .incrementAndGet())))
                            .limit(20)
                            .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(found).hasValue(20);
        assertThat(server.requests()).containsExactly(PATH);
    }

    @Test
    void sharesAStoreWithFindersThatKnowNothingOfIt() throws Exception {
        server.serve(PATH, CONTENT);
        var found = new AtomicInteger();
        var threads =
                Stream.generate(
                                () ->
                                        Thread.startVirtualThread(
                                                () ->
                                                        find().ifPresent(
                                                                        f ->
                                                                                found
                                                                                        .incrementAndGet())))
                        .limit(8)
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found).hasValue(8);
        assertThat(cache().resolve("app.pdb/AB1/app.pdb")).hasBinaryContent(CONTENT);
        try (Stream<Path> left = Files.list(cache().resolve(".oriel/unfinished"))) {
            assertThat(left.map(p -> p.getFileName().toString()).filter(n -> n.endsWith(".part")))
                    .isEmpty();
        }
    }
}
