package oriel.engine.symbols.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;

/** What is found where, kept, and remembered not to be there. */
class SymbolFinderTest extends FinderScene {
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
    void asksNoServerOffline() {
        server.serve(PATH, CONTENT);
        settings = settings.withOffline(true);
        assertThat(find()).isEmpty();
        assertThat(server.requests()).isEmpty();
        assertThat(outcomes()).containsExactly(Outcome.ABSENT, Outcome.SKIPPED);
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
}
