package oriel.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.msf.ContainerKind;
import oriel.format.msf.Msf;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.Pdb;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PdbId;
import oriel.model.SourceLine;
import oriel.testkit.ByteWriter;
import oriel.testkit.Corpus;

/** A whole PDB as a compressed container: asked for, fetched, stored, read; and servers without. */
class MsfzTransferTest extends FinderScene {
    private static final Path PDB = Corpus.projectRoot().resolve("examples/crash-x64.pdb");
    private static final int CHUNK = 4096;
    private static final int KINDS = 3;

    private final List<String> accepted = new CopyOnWriteArrayList<>();

    private static PdbId id() throws IOException {
        Pdb pdb = Pdb.open(Bytes.open(PDB));
        return PdbId.rsds("crash-x64.pdb", pdb.info().guid(), pdb.imageAge());
    }

    private static StoreKey key() throws IOException {
        return StoreKey.pdb(id()).orElseThrow();
    }

    private Optional<SymbolSource> locate() throws IOException {
        var module =
                new LoadedModule(
                        new AddressRange(0x140000000L, 0x7000),
                        "crash-x64.exe",
                        1,
                        0,
                        Optional.empty(),
                        Optional.of(id()));
        SymbolPath path = SymbolPath.parse("srv*" + cache() + "*" + server.url(), directory);
        try (var locator = new SymbolPathLocator(path, List.of(), settings, attempts::add)) {
            return locator.locate(module, Memory.EMPTY).stream().findFirst();
        }
    }

    private static void assertAnswersLikeTheOriginal(SymbolSource source) throws IOException {
        PdbSymbolSource original = PdbSymbolSource.open(PDB);
        var functions = new ArrayList<Long>();
        original.forEach(s -> functions.add(s.rva()));
        assertThat(functions).hasSizeGreaterThan(10);
        for (long rva : functions) {
            assertThat(source.symbolAt(rva)).isEqualTo(original.symbolAt(rva));
            assertThat(source.lineAt(rva)).isEqualTo(original.lineAt(rva));
            assertThat(source.inlinedAt(rva)).isEqualTo(original.inlinedAt(rva));
        }
        assertThat(source.lineAt(0x1164).map(SourceLine::line)).contains(38);
    }

    @Test
    void theContainerIsFetchedStoredAndRead() throws IOException {
        byte[] container = msfz(Msf.open(Bytes.open(PDB)));
        server.on(
                "/" + key().path(),
                exchange -> {
                    accepted.add(String.valueOf(exchange.getRequestHeaders().getFirst("Accept")));
                    exchange.getResponseHeaders().set("Content-Type", "application/msfz0");
                    LoopbackServer.send(exchange, 200, container);
                });
        assertAnswersLikeTheOriginal(locate().orElseThrow());
        assertThat(accepted).containsExactly("application/msfz0");
        Path stored = cache().resolve(key().path());
        assertThat(stored).hasBinaryContent(container);
        Msf read = Msf.open(Bytes.open(stored));
        assertThat(read.kind()).isEqualTo(ContainerKind.MSFZ);
        Msf original = Msf.open(Bytes.open(PDB));
        for (int i = 1; i < original.streamCount(); i++) {
            assertThat(all(read.stream(i))).as("stream " + i).isEqualTo(all(original.stream(i)));
        }
        // From now on the store answers, and nobody asks the server.
        assertAnswersLikeTheOriginal(locate().orElseThrow());
        assertThat(server.requests()).hasSize(1);
        assertStoreHolds(key().path());
    }

    @Test
    void serversThatRefuseTheKindAreAskedAgainWithoutIt() throws IOException {
        byte[] plain = Files.readAllBytes(PDB);
        server.on(
                "/" + key().path(),
                exchange -> {
                    String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
                    accepted.add(accept);
                    boolean refuses = accept.contains("msfz0");
                    LoopbackServer.send(
                            exchange, refuses ? 406 : 200, refuses ? new byte[0] : plain);
                });
        assertAnswersLikeTheOriginal(locate().orElseThrow());
        assertThat(accepted).hasSize(2).first().isEqualTo("application/msfz0");
        assertThat(accepted.get(1)).doesNotContain("msfz");
        assertThat(cache().resolve(key().path())).hasBinaryContent(plain);
    }

    @Test
    void aContainerOfAnotherPdbIsNotStored() throws IOException {
        byte[] other = msfz(Msf.open(Bytes.open(PDB.resolveSibling("throw-x64.pdb"))));
        server.serve("/" + key().path(), other);
        assertThat(locate()).isEmpty();
        assertThat(cache().resolve(key().path())).doesNotExist();
        assertThat(attempts)
                .anySatisfy(
                        a -> {
                            assertThat(a.outcome()).isEqualTo(SymbolAttempt.Outcome.FAILED);
                            assertThat(a.detail()).contains("wanted");
                        });
    }

    /**
     * All streams in chunks of three kinds, by turns: as they are, zstd, deflate. Layout of
     * Microsoft's pdb-rs.
     */
    private static byte[] msfz(Msf from) {
        var file = new ByteWriter().zeros(80);
        var table = new ByteWriter();
        var directory = new ByteWriter();
        int chunk = 0;
        for (int i = 0; i < from.streamCount(); i++) {
            byte[] stream = i == 0 ? new byte[0] : all(from.stream(i));
            if (stream.length > 0) {
                directory.u32(stream.length).u64(1L << 63 | (long) chunk << 32);
            }
            for (int at = 0; at < stream.length; at += CHUNK) {
                byte[] part = new byte[Math.min(CHUNK, stream.length - at)];
                System.arraycopy(stream, at, part, 0, part.length);
                byte[] packed = pack(chunk % KINDS, part);
                table.u64(file.at()).u32(chunk % KINDS).u32(packed.length).u32(part.length);
                file.bytes(packed);
                chunk++;
            }
            directory.u32(0);
        }
        int tableAt = file.at();
        file.bytes(table.toBytes());
        int directoryAt = file.at();
        byte[] body = file.bytes(directory.toBytes()).toBytes();
        var header = new ByteWriter();
        header.bytes(
                "Microsoft MSFZ Container\r\n\u001aALD\0\0".getBytes(StandardCharsets.ISO_8859_1));
        header.u64(0).u64(directoryAt).u64(tableAt).u32(from.streamCount()).u32(0);
        header.u32(directory.at()).u32(directory.at()).u32(chunk).u32(table.at());
        System.arraycopy(header.toBytes(), 0, body, 0, header.at());
        return body;
    }

    private static byte[] pack(int kind, byte[] part) {
        if (kind == 0) {
            return part;
        }
        if (kind == 1) {
            return Zstd.compress(part);
        }
        var deflater = new Deflater(6, true);
        deflater.setInput(part);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1024];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] all(MsfStream stream) {
        var bytes = new byte[(int) stream.size()];
        stream.copy(0, bytes, 0, bytes.length);
        return bytes;
    }
}
