package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;
import oriel.testkit.DbgBuilder;
import oriel.testkit.NeedsCorpus;

/** {@code oriel symbols} as people use it. */
class SymbolsCommandTest {
    private static final String PDB = Outcome.example("throw-x64.pdb");
    private static final String DUMP = Outcome.example("throw-x64.dmp");

    @TempDir Path folder;

    private static String found(String... args) {
        Outcome outcome = Outcome.of(args);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        return outcome.out();
    }

    @Test
    void looksUpByEveryFormOfAName() {
        assertThat(found("symbols", "lookup", PDB, "level2"))
                .isEqualTo("00001080  10                  throw-x64!level2\n");
        assertThat(found("symbols", "lookup", PDB, "level?")).hasLineCount(3);
        assertThat(found("symbols", "lookup", PDB, "/^level[12]$/")).hasLineCount(2);
        assertThat(found("symbols", "lookup", PDB, "type_info::`vftable'"))
                .endsWith("throw-x64!type_info::`vftable'\n");
        assertThat(found("symbols", "lookup", PDB, "??_7type_info@@6B@", "--names", "mangled"))
                .endsWith("throw-x64!??_7type_info@@6B@\n");
        assertThat(found("symbols", "lookup", DUMP, "throw-x64!level2", "THROW*!level1"))
                .contains("140001080  10  ")
                .hasLineCount(2);
    }

    @Test
    void looksUpAddresses() {
        assertThat(found("symbols", "lookup", PDB, "0x1084"))
                .isEqualTo("00001084  throw-x64!level2+0x4  /tmp/oriel-debuggees/throw.cpp:43\n");
        assertThat(found("symbols", "lookup", DUMP, "0x140001084"))
                .startsWith("140001084  throw-x64!level2+0x4");
    }

    @Test
    void saysWhatIsNotKnown() {
        Outcome some = Outcome.of("symbols", "lookup", PDB, "level1", "nosuch", "0xffffff");
        assertThat(some.code()).isEqualTo(ExitCode.FOUND);
        assertThat(some.out()).hasLineCount(1);
        assertThat(some.err())
                .isEqualTo(
                        """
                        oriel: nothing is known of 'nosuch'
                        oriel: nothing is known of '0xffffff'
                        """);
        assertThat(Outcome.of("symbols", "lookup", PDB, "nosuch").code())
                .isEqualTo(ExitCode.NOTHING);
        assertThat(Outcome.of("symbols", "bogus", PDB).err()).contains("'bogus' is not an action");
        assertThat(Outcome.of("symbols", "lines", PDB).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void readsADbgFile() throws IOException {
        Path file = folder.resolve("old.dbg");
        Files.write(file, new DbgBuilder(1).entry(2, DbgBuilder.codeView()).toBytes());
        assertThat(found("symbols", "lookup", file.toString(), "0x1011", "run"))
                .isEqualTo(
                        "00001011  old!run+0x11  run.c:5\n00001000  20                  old!run\n");
        assertThat(found("symbols", "sym", file.toString())).contains("FUNC 1000 20 0 run\n");
    }

    @Test
    void aTokenOrAHeaderGoesToItsServer() throws IOException {
        var seen = new CopyOnWriteArrayList<String>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    for (String name : List.of("Authorization", "X-Api-Key")) {
                        seen.add(name + "=" + exchange.getRequestHeaders().getFirst(name));
                    }
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            Path image =
                    Files.copy(Path.of(Outcome.example("throw-x64.exe")), folder.resolve("a.exe"));
            for (String secret : List.of("t0ken", "X-Api-Key: k3y")) {
                Outcome outcome =
                        Outcome.of(
                                Map.of("ORIEL_SYMBOL_TOKENS", url + "=" + secret),
                                "symbols",
                                "check",
                                image.toString(),
                                "--symbols",
                                "srv*" + folder.resolve(secret.substring(0, 1)) + "*" + url);
                assertThat(outcome.out() + outcome.err())
                        .contains("absent")
                        .doesNotContain("t0ken")
                        .doesNotContain("k3y");
            }
        } finally {
            server.stop(0);
        }
        assertThat(seen)
                .contains("Authorization=Bearer t0ken", "X-Api-Key=k3y")
                .doesNotContain("Authorization=Bearer k3y");
    }

    /** A PDB that cannot be read costs its own answers: the exports of the image are there. */
    @Test
    @NeedsCorpus
    void aBrokenPdbIsSaidAndTheNextBestSourceAnswers() throws IOException {
        String name = "Native_x64_VS2019_CPlusPlus_DEBUG_FULL";
        Path image = folder.resolve(name + ".dll");
        Files.copy(Corpus.file("binskim/" + name + ".dll"), image);
        byte[] pdb = Files.readAllBytes(Corpus.file("binskim/" + name + ".pdb"));
        Files.write(folder.resolve(name + ".pdb"), Arrays.copyOf(pdb, pdb.length / 3));
        Outcome check = Outcome.of("symbols", "check", image.toString());
        assertThat(check.out()).contains(name + ".dll", "exports of ").contains("\n  mismatch  ");
        assertThat(found("symbols", "list", image.toString())).isNotEmpty();
    }

    @Test
    @NeedsCorpus
    void namesWhatItDoesNotRead() {
        String portable = Corpus.file("sentry/windows/portable.pdb").toString();
        assertThat(Outcome.of("symbols", "list", portable).err())
                .contains("portable PDB of managed code");
        String managed = Corpus.file("sentry/windows/integration.dll").toString();
        assertThat(Outcome.of("symbols", "list", managed).err())
                .contains("no symbols were found; 'oriel symbols check' says why");
    }
}
