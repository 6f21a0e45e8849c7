package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.PeImage;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.StackTrace;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.StackBuilder;
import oriel.testkit.SyntheticTarget;

/** A real image whose chained unwind data runs in a circle. */
@NeedsCorpus
class ChainedLoopTest {
    private static final long BASE = 0x140000000L;
    private static final long STACK = 0x10000;

    @Test
    void endsInEveryFunction() throws IOException {
        var target = new SyntheticTarget(Architecture.X64);
        PeImage image =
                MappedImage.map(target, Corpus.file("sentry/windows/cfi_chained_loop.exe"), BASE);
        target.bytes(STACK, new StackBuilder(STACK, 8).fill(512, BASE + 0x1234).build());
        FunctionTable functions = image.functions().orElseThrow();
        int damaged = 0;
        var walker = new StackWalker(target, List.of());
        for (int i = 0; i < functions.size(); i++) {
            var entry = functions.entry(i).orElseThrow();
            damaged += X64Function.read(image::read, entry, problem -> {}).isEmpty() ? 1 : 0;
            StackTrace trace =
                    walker.walk(
                            RegisterSet.builder(Architecture.X64)
                                    .set("rip", BASE + entry.endRva() - 1)
                                    .set("rsp", STACK)
                                    .set("rbp", STACK)
                                    .build());
            assertThat(trace.frames().size()).isLessThan(600);
        }
        assertThat(damaged).isPositive();
    }
}
