package oriel.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written when files are added to a store. */
class StoreLedgerTest {
    private static final StoreKey KEY =
            new StoreKey(StoreKey.Kind.PDB, "app.pdb", "AB1", "app.pdb");

    @TempDir Path directory;

    @Test
    void writesTheRecordsOfSymstore() throws IOException {
        var ledger = new StoreLedger(new LocalStore(directory));
        Path source = directory.resolve("from/app.pdb").toAbsolutePath();
        var entries = List.of(new StoreLedger.Entry(KEY, source));
        Instant when = Instant.parse("2026-01-02T03:04:05Z");
        assertThat(ledger.record(entries, "App", "1.0", "a \"quoted\"\nword", when))
                .isEqualTo("0000000001");
        assertThat(ledger.record(entries, "", "", "", when)).isEqualTo("0000000002");
        Path admin = directory.resolve("000Admin");
        assertThat(admin.resolve("lastid.txt")).hasContent("0000000002");
        assertThat(admin.resolve("0000000001"))
                .hasContent("\"app.pdb\\AB1\",\"" + source + "\"\r\n");
        assertThat(Files.readString(admin.resolve("server.txt")))
                .isEqualTo(
                        "0000000001,add,file,01/02/2026,03:04:05,\"App\",\"1.0\","
                                + "\"a 'quoted' word\",\r\n"
                                + "0000000002,add,file,01/02/2026,03:04:05,\"\",\"\",\"\",\r\n")
                .isEqualTo(Files.readString(admin.resolve("history.txt")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32768, 32769, 500_000})
    void keepsCompressedFilesThatAreReadAgain(int size) throws IOException {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        for (int i = size / 2; i < size; i++) {
            content[i] = (byte) (i >> 6);
        }
        Path source = Files.write(directory.resolve("app.pdb"), content);
        var store = new LocalStore(directory.resolve("store"));
        Path packed = store.compressIn(source, KEY);
        assertThat(packed).hasFileName("app.pd_");
        assertThat(store.compressIn(source, KEY)).isEqualTo(packed);
        try (var finder =
                new SymbolFinder(
                        SymbolPath.parse(store.root().toString(), directory),
                        ServerSettings.DEFAULT,
                        FetchListener.NONE)) {
            assertThat(finder.find(KEY, FileCheck.NONE).orElseThrow()).hasBinaryContent(content);
        }
        try (Stream<Path> left = Files.list(store.scratch())) {
            assertThat(left.filter(f -> f.toString().endsWith(".part"))).isEmpty();
        }
    }
}
