package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.format.pe.PeImage;
import oriel.format.pe.X64UnwindInfo;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.SyntheticTarget;

/**
 * One step out of every function of a real image, against the STACK CFI records that another
 * unwinder made of the same image. They describe functions past their prologue.
 */
@NeedsCorpus
class CfiOracleTest {
    private static final long BASE = 0x140000000L;
    private static final long STACK = 0x7000_0000L;

    @Test
    void agreesOnEveryFunctionOfAnImage() throws IOException {
        var target = new SyntheticTarget(Architecture.X64);
        PeImage image =
                MappedImage.map(target, Corpus.file("sentry/windows/CrashWithException.exe"), BASE);
        // every word of the stack holds an address in the code that tells where the word lies
        target.memory(
                new AddressRange(STACK, 0x10000),
                (va, into, offset, length) -> {
                    for (int i = 0; i < length; i++) {
                        long word = mark(va + i & -8L);
                        into[offset + i] = (byte) (word >>> 8 * (va + i & 7));
                    }
                    return length;
                });
        var walker = new StackWalker(target, List.of());
        List<String> records =
                Files.readAllLines(Corpus.file("sentry/snapshots/test_cfi__cfi_pe_windows.snap"))
                        .stream()
                        .filter(line -> line.startsWith("STACK CFI INIT"))
                        .toList();
        assertThat(records).hasSize(41);
        for (String record : records) {
            String[] part = record.split(" ");
            long rva = Long.parseLong(part[3], 16);
            var entry = image.functions().orElseThrow().find(rva).orElseThrow();
            assertThat(entry.endRva() - entry.beginRva()).isEqualTo(Long.parseLong(part[4], 16));
            var info = X64UnwindInfo.read(image::read, entry.unwindData());
            RegisterSet registers =
                    RegisterSet.builder(Architecture.X64)
                            .set("rip", BASE + rva + info.prologSizeBytes())
                            .set("rsp", STACK)
                            .set("rbp", STACK + info.frameOffsetBytes())
                            .build();
            StackFrame caller = walker.walk(registers).frames().get(1);
            long cfa = STACK + Long.parseLong(part[7]);
            assertThat(caller.sp()).as(record).isEqualTo(cfa);
            for (int i = 9; i + 3 < part.length; i += 5) {
                long at = cfa - Long.parseLong(part[i + 2]);
                String name = part[i].replace("$", "").replace(":", "");
                long got =
                        name.equals(".ra")
                                ? caller.pc()
                                : caller.registers().value(name).orElse(-1);
                assertThat(got).as(name + " of " + record).isEqualTo(mark(at));
            }
        }
    }

    private static long mark(long va) {
        return BASE + 0x1000 + (va - STACK) / 8;
    }
}
