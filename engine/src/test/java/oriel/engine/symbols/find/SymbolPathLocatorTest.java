package oriel.engine.symbols.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.LocalStore;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.StoreServer;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;
import oriel.engine.symbols.store.SymbolPath;
import oriel.format.pe.PeImage;
import oriel.model.AddressRange;
import oriel.model.Guid;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PdbId;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class SymbolPathLocatorTest {
    private static final String KEY = "3249D99D0C4049318610F4E4FB0B69361";
    private static final PdbId CRASH_PDB =
            PdbId.rsds(
                    "c:\\build\\crash.pdb",
                    new Guid(UUID.fromString("3249d99d-0c40-4931-8610-f4e4fb0b6936")),
                    1);

    @TempDir Path directory;
    private final List<SymbolAttempt> attempts = new CopyOnWriteArrayList<>();

    private static LoadedModule crash() throws IOException {
        PeImage image = PeImage.of(Bytes.open(Corpus.file("sentry/windows/crash.exe")));
        return new LoadedModule(
                new AddressRange(0x2a0000, image.optionalHeader().imageSizeBytes()),
                "C:\\somewhere\\crash.exe",
                image.coffHeader().timestamp(),
                0,
                Optional.empty(),
                Optional.of(CRASH_PDB));
    }

    private List<SymbolSource> locate(LoadedModule module, String path, Path... images) {
        SymbolPath parsed = SymbolPath.parse(path, directory.resolve("default"));
        try (var locator =
                new SymbolPathLocator(
                        parsed, List.of(images), ServerSettings.DEFAULT, attempts::add)) {
            return locator.locate(module, Memory.EMPTY);
        }
    }

    @Test
    void findsPdbAndImageBesideEachOther() throws IOException {
        List<SymbolSource> sources = locate(crash(), "", Corpus.file("sentry/windows"));
        assertThat(sources.get(0).symbolAt(0x2a3d).orElseThrow().name()).isEqualTo("main");
        assertThat(sources.get(0).lineAt(0x2a3d).orElseThrow().line()).isEqualTo(35);
        assertThat(attempts).extracting(SymbolAttempt::outcome).containsOnly(Outcome.FOUND);
    }

    @Test
    void passesOverThePdbOfAnotherBuild() throws IOException {
        LoadedModule module = crash();
        LoadedModule other =
                new LoadedModule(
                        module.range(),
                        module.path(),
                        module.timestamp(),
                        0,
                        Optional.empty(),
                        Optional.of(PdbId.rsds("crash.pdb", CRASH_PDB.guid(), 7)));
        locate(other, Corpus.file("sentry/windows").toString());
        assertThat(attempts)
                .anySatisfy(
                        a -> {
                            assertThat(a.outcome()).isEqualTo(Outcome.MISMATCH);
                            assertThat(a.detail())
                                    .isEqualTo(
                                            "is 3249D99D-0C40-4931-8610-F4E4FB0B6936 age 1, wanted"
                                                    + " 3249D99D-0C40-4931-8610-F4E4FB0B6936 age 7");
                        });
    }

    @Test
    void findsBreakpadSymbolsInTheirLayout() {
        PdbId id =
                PdbId.rsds(
                        "C:\\test_app.pdb",
                        new Guid(UUID.fromString("5a9832e5-2872-41c1-838e-d98914e9b7ff")),
                        1);
        var module =
                new LoadedModule(
                        new AddressRange(0x400000, 0x2d000),
                        "c:\\test_app.exe",
                        1,
                        0,
                        Optional.empty(),
                        Optional.of(id));
        List<SymbolSource> sources =
                locate(module, Corpus.file("breakpad/minidumps/symbols").toString());
        assertThat(sources).hasSize(1);
        assertThat(sources.get(0).symbolAt(0x429e).orElseThrow().name())
                .isEqualTo("`anonymous namespace'::CrashFunction");
    }

    /** The cabinet there holds Breakpad symbols under the name of the PDB. */
    @Test
    void readsTheCompressedStoreOfTheCorpus() throws IOException {
        String store = Corpus.file("sentry/symbol-server").toString();
        List<SymbolSource> sources =
                locate(crash(), "srv*" + directory.resolve("cache") + "*" + store);
        assertThat(sources.get(0).symbolAt(0x2a3d).orElseThrow().name()).isEqualTo("main");
        assertThat(directory.resolve("cache/crash.pdb/" + KEY + "/crash.pdb"))
                .hasSameBinaryContentAs(
                        Corpus.file(
                                "sentry/symbol-server/crash.pdb/" + KEY + "/crash.pdb.original"));
    }

    @Test
    void fetchesWhatATeamServes() throws IOException {
        Path team = directory.resolve("team");
        var intake = new StoreIntake(new LocalStore(team), false);
        assertThat(intake.add(Corpus.file("sentry/windows/crash.pdb")).path())
                .isEqualTo("crash.pdb/" + KEY + "/crash.pdb");
        assertThat(intake.add(Corpus.file("sentry/windows/crash.exe")).path())
                .isEqualTo("crash.exe/" + crash().imageKey() + "/crash.exe");
        assertThat(intake.add(Corpus.file("sentry/windows/crash.sym")).path())
                .isEqualTo("crash.pdb/" + KEY + "/crash.sym");
        assertThatThrownBy(() -> intake.add(Corpus.file("README.md")))
                .isInstanceOf(FormatException.class);
        var log = new CopyOnWriteArrayList<String>();
        try (StoreServer server =
                StoreServer.start(
                        team,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        log::add)) {
            String url = "http://127.0.0.1:" + server.address().getPort();
            String path = "srv*" + directory.resolve("cache") + "*" + url;
            var survey =
                    new SymbolSurvey(
                            SymbolPath.parse(path, directory),
                            List.of(),
                            ServerSettings.DEFAULT,
                            FetchListener.NONE);
            ModuleSymbols found = survey.of(List.of(crash()), Memory.EMPTY).get(0);
            assertThat(found.quality()).contains(SymbolSource.Quality.FULL);
            assertThat(found.attempts())
                    .extracting(SymbolAttempt::outcome)
                    .contains(Outcome.FOUND, Outcome.ABSENT);
            assertThat(directory.resolve("cache/crash.pdb/" + KEY + "/crash.pdb"))
                    .hasSameBinaryContentAs(Corpus.file("sentry/windows/crash.pdb"));
        }
        assertThat(log).contains("GET /crash.pdb/" + KEY + "/crash.pdb 200");
    }

    @Test
    void saysWhereItLookedInVain() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        assertThat(locate(crash(), empty.toString())).isEmpty();
        assertThat(attempts)
                .extracting(a -> a.outcome() + " " + a.subject())
                .containsExactly(
                        "ABSENT crash.pdb/" + KEY + "/crash.pdb",
                        "ABSENT crash.pdb/" + KEY + "/crash.sym",
                        "ABSENT crash.exe/" + crash().imageKey() + "/crash.exe");
    }
}
