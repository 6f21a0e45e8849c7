package oriel.engine.symbols.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;

/** A finder of symbols, a server on this machine that plays all parts, and what became of it. */
class FinderScene {
    static final StoreKey KEY = new StoreKey(StoreKey.Kind.PDB, "app.pdb", "AB1", "app.pdb");
    static final String PATH = "/app.pdb/AB1/app.pdb";
    static final String COMPRESSED = "/app.pdb/AB1/app.pd_";
    static final byte[] CONTENT = content(300_000);

    @TempDir Path directory;
    final LoopbackServer server = new LoopbackServer();
    final List<SymbolAttempt> attempts = new CopyOnWriteArrayList<>();
    ServerSettings settings =
            new ServerSettings(
                    false,
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(5),
                    3,
                    1_000_000,
                    Duration.ofHours(1),
                    List.of());
    Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @AfterEach
    void stop() {
        server.close();
    }

    SymbolFinder finder(String path) {
        return new SymbolFinder(
                SymbolPath.parse(path, directory.resolve("default")),
                settings,
                attempts::add,
                () -> now);
    }

    SymbolFinder onServer() {
        return finder("srv*" + cache() + "*" + server.url());
    }

    Path cache() {
        return directory.resolve("cache");
    }

    Optional<Path> find() {
        try (SymbolFinder finder = onServer()) {
            return finder.find(KEY, FileCheck.NONE);
        }
    }

    List<Outcome> outcomes() {
        return attempts.stream().map(SymbolAttempt::outcome).toList();
    }

    /** Nothing unfinished may be left, and no file but the given ones. */
    void assertStoreHolds(String... files) throws IOException {
        try (Stream<Path> all = Files.walk(cache())) {
            assertThat(
                            all.filter(Files::isRegularFile)
                                    .map(f -> cache().relativize(f).toString().replace('\\', '/'))
                                    .filter(f -> !f.startsWith(".oriel/absent/"))
                                    .filter(f -> !f.startsWith(".oriel/locks/")))
                    .containsExactlyInAnyOrder(files);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static byte[] content(int size) {
        var content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 31 + (i >> 8));
        }
        return content;
    }

    static byte[] cabinet(String name, byte[] content) {
        return cabinetClaiming(name, content, content.length);
    }

    /** One folder, stored, without checksums. */
    static byte[] cabinetClaiming(String name, byte[] content, long claimed) {
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
