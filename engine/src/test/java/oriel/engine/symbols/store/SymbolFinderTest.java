package oriel.engine.symbols.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.engine.symbols.store.ServerSettings.Credentials;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;

class SymbolFinderTest {
    private static final StoreKey KEY =
            new StoreKey(StoreKey.Kind.PDB, "app.pdb", "AB1", "app.pdb");
    private static final String PATH = "/app.pdb/AB1/app.pdb";
    private static final String COMPRESSED = "/app.pdb/AB1/app.pd_";
    private static final byte[] CONTENT = content(300_000);

    @TempDir Path directory;
    private final LoopbackServer server = new LoopbackServer();
    private final List<SymbolAttempt> attempts = new CopyOnWriteArrayList<>();
    private ServerSettings settings =
            new ServerSettings(
                    false,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    3,
                    1_000_000,
                    Duration.ofHours(1),
                    List.of());
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @AfterEach
    void stop() {
        server.close();
    }

    private SymbolFinder finder(String path) {
        return new SymbolFinder(
                SymbolPath.parse(path, directory.resolve("default")),
                settings,
                attempts::add,
                () -> now);
    }

    private SymbolFinder onServer() {
        return finder("srv*" + cache() + "*" + server.url());
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private Optional<Path> find() {
        try (SymbolFinder finder = onServer()) {
            return finder.find(KEY, FileCheck.NONE);
        }
    }

    private List<Outcome> outcomes() {
        return attempts.stream().map(SymbolAttempt::outcome).toList();
    }

    /** Nothing unfinished may be left, and no file but the given ones. */
    private void assertStoreHolds(String... files) throws IOException {
        try (Stream<Path> all = Files.walk(cache())) {
            assertThat(
                            all.filter(Files::isRegularFile)
                                    .map(f -> cache().relativize(f).toString().replace('\\', '/'))
                                    .filter(f -> !f.contains("/absent/")))
                    .containsExactlyInAnyOrder(files);
        }
    }

    @Test
    void fetchesOnceAndKeepsTheFile() throws IOException {
        server.serve(PATH, CONTENT);
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
        assertThat(server.requests()).containsExactly(PATH);
        assertStoreHolds("app.pdb/AB1/app.pdb");
        assertThat(outcomes()).containsExactly(Outcome.ABSENT, Outcome.FOUND, Outcome.FOUND);
    }

    @Test
    void copiesIntoEveryStoreOnTheWay() {
        server.serve(PATH, CONTENT);
        Path near = directory.resolve("near");
        Path far = directory.resolve("far");
        try (SymbolFinder finder = finder("srv*" + near + "*" + far + "*" + server.url())) {
            assertThat(finder.find(KEY, FileCheck.NONE))
                    .contains(near.resolve("app.pdb/AB1/app.pdb"));
        }
        assertThat(far.resolve("app.pdb/AB1/app.pdb")).hasBinaryContent(CONTENT);
        try (SymbolFinder finder = finder("srv*" + directory.resolve("new") + "*" + far)) {
            assertThat(finder.find(KEY, FileCheck.NONE))
                    .contains(directory.resolve("new/app.pdb/AB1/app.pdb"));
        }
    }

    @Test
    void expandsWhatIsCompressed() throws IOException {
        server.serve(COMPRESSED, cabinet("..\\..\\evil\\app.pdb", CONTENT));
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
        assertThat(server.requests()).containsExactly(PATH, "/index2.txt", COMPRESSED);
        assertStoreHolds("app.pdb/AB1/app.pdb");
    }

    @Test
    void expandsCabinetsUnderThePlainName() {
        server.serve(PATH, cabinet("app.pdb", CONTENT));
        assertThat(find().orElseThrow()).hasBinaryContent(CONTENT);
    }

    @Test
    void asksForContainersAndTakesNoForAnAnswer() {
        var accepted = new CopyOnWriteArrayList<String>();
        server.on(
                PATH,
                exchange -> {
                    String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
                    accepted.add(accept);
                    if (accept.contains("msfz0")) {
                        LoopbackServer.send(exchange, 406, "no".getBytes(UTF_8));
                    } else {
                        LoopbackServer.send(exchange, 200, CONTENT);
                    }
                });
        assertThat(find()).isPresent();
        assertThat(accepted).containsExactly("application/msfz0", "null");
    }

    @Test
    void findsFilesOfServersWithTwoTiers() {
        server.serve("/index2.txt", "x".getBytes(UTF_8));
        server.serve("/ap" + PATH, CONTENT);
        assertThat(find()).isPresent();
    }

    @Test
    void remembersForAWhileWhatIsNotThere() {
        assertThat(find()).isEmpty();
        int asked = server.requests().size();
        assertThat(find()).isEmpty();
        assertThat(server.requests()).hasSize(asked);
        assertThat(attempts.get(attempts.size() - 1).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(attempts.get(attempts.size() - 1).detail())
                .isEqualTo("was not there at 2026-01-02T03:04:05Z");
        server.serve(PATH, CONTENT);
        now = now.plus(Duration.ofMinutes(61));
        assertThat(find()).isPresent();
    }

    @Test
    void doesNotRememberFailures() {
        server.on(PATH, exchange -> LoopbackServer.send(exchange, 503, new byte[0]));
        assertThat(find()).isEmpty();
        assertThat(outcomes()).containsExactly(Outcome.ABSENT, Outcome.FAILED);
        assertThat(attempts.get(1).detail()).contains("503");
        assertThat(server.requests()).containsExactly(PATH, PATH, PATH);
        server.serve(PATH, CONTENT);
        assertThat(find()).isPresent();
    }

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
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
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
    void refusesFilesOfAnotherBuild() throws IOException {
        server.serve(PATH, CONTENT);
        try (SymbolFinder finder = onServer()) {
            assertThat(finder.find(KEY, file -> Optional.of("is another"))).isEmpty();
        }
        assertThat(attempts.get(1).detail()).contains("is another");
        assertStoreHolds();
    }

    @Test
    void asksNoServerOffline() {
        server.serve(PATH, CONTENT);
        settings = settings.withOffline(true);
        assertThat(find()).isEmpty();
        assertThat(server.requests()).isEmpty();
        assertThat(outcomes()).containsExactly(Outcome.ABSENT, Outcome.SKIPPED);
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

    @Test
    void readsStoresOfTwoTiersPointersAndCompressedFiles() throws IOException {
        Path store = Files.createDirectories(directory.resolve("store"));
        Files.writeString(store.resolve("index2.txt"), "");
        Path place = Files.createDirectories(store.resolve("ap/app.pdb/AB1"));
        Files.write(place.resolve("app.pd_"), cabinet("app.pdb", CONTENT));
        try (SymbolFinder finder = finder(store.toString())) {
            assertThat(finder.find(KEY, FileCheck.NONE).orElseThrow()).hasBinaryContent(CONTENT);
        }
        Path elsewhere = directory.resolve("elsewhere.bin");
        Files.write(elsewhere, CONTENT);
        Path pointing = Files.createDirectories(directory.resolve("pointing/app.pdb/AB1"));
        Files.writeString(pointing.resolve("file.ptr"), "PATH:" + elsewhere);
        try (SymbolFinder finder = finder("srv*" + directory.resolve("pointing"))) {
            assertThat(finder.find(KEY, FileCheck.NONE)).contains(elsewhere);
        }
        Files.writeString(pointing.resolve("file.ptr"), "MSG: gone");
        try (SymbolFinder finder = finder("srv*" + directory.resolve("pointing"))) {
            assertThat(finder.find(KEY, FileCheck.NONE)).isEmpty();
        }
    }

    @Test
    void findsFlatFilesAndThoseOfPackages() throws IOException {
        Path flat = Files.createDirectories(directory.resolve("flat"));
        Files.write(flat.resolve("app.pdb"), CONTENT);
        Path packed = Files.createDirectories(directory.resolve("pack/symbols/pdb"));
        Files.write(packed.resolve("app.pdb"), CONTENT);
        try (SymbolFinder finder = finder(flat.toString())) {
            assertThat(finder.find(KEY, FileCheck.NONE)).contains(flat.resolve("app.pdb"));
        }
        try (SymbolFinder finder = finder(directory.resolve("pack").toString())) {
            assertThat(finder.find(KEY, FileCheck.NONE)).contains(packed.resolve("app.pdb"));
        }
    }

    @Test
    void credentialsCountForWholePartsOfAnAddress() {
        var credentials = new Credentials("https://a.example", Map.of("X", "y"));
        assertThat(credentials).hasToString("https://a.example [X]");
        assertThatThrownBy(() -> credentials.headers().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] content(int size) {
        var content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 31 + (i >> 8));
        }
        return content;
    }

    private static byte[] cabinet(String name, byte[] content) {
        return cabinetClaiming(name, content, content.length);
    }

    /** One folder, stored, without checksums. */
    private static byte[] cabinetClaiming(String name, byte[] content, long claimed) {
        byte[] text = name.getBytes(UTF_8);
        int dataAt = 36 + 8 + 16 + text.length + 1;
        int blocks = (content.length + 32767) / 32768;
        ByteBuffer head = ByteBuffer.allocate(dataAt).order(ByteOrder.LITTLE_ENDIAN);
        head.put("MSCF".getBytes(UTF_8)).putInt(0).putInt(0).putInt(0).putInt(44).putInt(0);
        head.put((byte) 3).put((byte) 1).putShort((short) 1).putShort((short) 1);
        head.putShort((short) 0).putInt(0);
        head.putInt(dataAt).putShort((short) blocks).putShort((short) 0);
        head.putInt((int) claimed).putInt(0).putShort((short) 0).putInt(0).putShort((short) 0);
        head.put(text).put((byte) 0);
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.array());
        for (int at = 0; at < content.length; at += 32768) {
            int size = Math.min(32768, content.length - at);
            ByteBuffer block = ByteBuffer.allocate(8 + size).order(ByteOrder.LITTLE_ENDIAN);
            block.putInt(0).putShort((short) size).putShort((short) size);
            block.put(content, at, size);
            out.writeBytes(block.array());
        }
        return out.toByteArray();
    }
}
