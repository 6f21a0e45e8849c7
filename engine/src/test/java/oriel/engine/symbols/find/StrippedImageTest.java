package oriel.engine.symbols.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.LocalStore;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;
import oriel.engine.symbols.store.SymbolPath;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.testkit.DbgBuilder;

/** Modules whose debug information was stripped into a DBG file. */
class StrippedImageTest {
    private static final int COFF = 1;
    private static final LoadedModule KERNEL32 =
            new LoadedModule(
                    new AddressRange(0x77e00000, 0x5000),
                    "C:\\WINNT\\system32\\KERNEL32.DLL",
                    0x3844d034,
                    0,
                    Optional.empty(),
                    Optional.empty());

    @TempDir Path directory;

    private ModuleSymbols survey() {
        var survey =
                new SymbolSurvey(
                        SymbolPath.parse(directory.toString(), directory.resolve("cache")),
                        List.of(),
                        ServerSettings.DEFAULT,
                        FetchListener.NONE);
        return survey.of(List.of(KERNEL32), Memory.EMPTY).get(0);
    }

    private Path write(String name, long timestamp) throws IOException {
        Path file = directory.resolve(name);
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        byte[] dbg = new DbgBuilder(timestamp).entry(COFF, DbgBuilder.coff(false)).toBytes();
        return Files.write(file, dbg);
    }

    @Test
    void theDbgFileIsFoundInASymbolPackage() throws IOException {
        write("symbols/dll/kernel32.dbg", 0x3844d034);
        ModuleSymbols found = survey();
        assertThat(found.quality()).contains(SymbolSource.Quality.FULL);
        assertThat(found.sources().get(0)).endsWith("kernel32.dbg");
    }

    @Test
    void theDbgFileOfAnotherBuildIsPassedOverAndSaid() throws IOException {
        write("kernel32.dbg", 0x11111111);
        ModuleSymbols found = survey();
        assertThat(found.sources()).isEmpty();
        assertThat(found.attempts())
                .anySatisfy(
                        a -> {
                            assertThat(a.outcome()).isEqualTo(Outcome.MISMATCH);
                            assertThat(a.subject())
                                    .isEqualTo("KERNEL32.dbg/3844D0345000/KERNEL32.dbg");
                            assertThat(a.detail()).startsWith("has time stamp 11111111");
                        });
    }

    @Test
    void aStoreKeepsIt() throws IOException {
        Path file = write("elsewhere/KERNEL32.dbg", 0x3844d034);
        assertThat(new StoreIntake(new LocalStore(directory), true).add(file).path())
                .isEqualTo("KERNEL32.dbg/3844D0345000/KERNEL32.dbg");
        assertThat(survey().attempts()).extracting(SymbolAttempt::outcome).contains(Outcome.FOUND);
        assertThat(survey().quality()).contains(SymbolSource.Quality.FULL);
    }
}
