package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.testkit.Corpus;
import oriel.triage.report.CrashReport;

/** Whatever is wrong with a dump, it is refused or reported on, never a failure. */
class DamagedDumpTest {
    @ParameterizedTest
    @ValueSource(strings = {"crash-x64.dmp", "crash-x86.dmp", "deadlock-x64.dmp"})
    void everyDamageGivesAReportOrARefusal(String name) throws IOException {
        Path file = Corpus.projectRoot().resolve("examples").resolve(name);
        byte[] sound = Files.readAllBytes(file);
        var random = new Random(7);
        int reported = 0;
        for (int round = 0; round < 60; round++) {
            byte[] broken = sound.clone();
            for (int i = 0; i <= round % 12; i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            reported += reported(broken) ? 1 : 0;
        }
        for (int cut = 0; cut < sound.length; cut += 1 + sound.length / 40) {
            reported(Arrays.copyOf(sound, cut));
        }
        assertThat(reported).isPositive();
    }

    private static boolean reported(byte[] dump) {
        DumpTarget target;
        try {
            target = DumpTarget.of(Bytes.of(dump, "broken.dmp"), DumpOptions.DEFAULT);
        } catch (FormatException refused) {
            return false;
        }
        CrashReport report = Analyzer.analyze(target, new Symbolizer(target, SymbolLocator.NONE));
        assertThat(report.diagnostics())
                .noneMatch(d -> d.problem().contains("NullPointer"))
                .noneMatch(d -> d.problem().contains("IndexOutOfBounds"));
        return true;
    }
}
