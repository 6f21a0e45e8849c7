package oriel.engine.dump;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.ProcessTarget;
import oriel.engine.unwind.StackWalker;
import oriel.model.TargetThread;
import oriel.testkit.ByteWriter;
import oriel.testkit.KernelScenario;
import oriel.testkit.PagedImage.Tables;

/**
 * A good kernel dump in which words are replaced: each 11 bytes of input say where (u24) and by
 * what (u64). Lists then run in circles, page tables point anywhere, runs and bitmaps lie.
 */
class KernelDumpDamageFuzzTest {
    private static final int PATCH = 11;
    private static final int MOST_PATCHES = 64;
    private static final byte[] BITMAP = new KernelScenario(Tables.X64).dump().bitmap("SDMP", 6);

    @FuzzTest
    void aDamagedDumpIsShownOrRefused(byte[] data) {
        byte[] file = BITMAP.clone();
        for (int at = 0; at + PATCH <= data.length && at < MOST_PATCHES * PATCH; at += PATCH) {
            Bytes patch = Bytes.of(data, "patch").slice(at, PATCH);
            int where = patch.u16(0) | patch.u8(2) << 16;
            ByteWriter.put64(file, where % (file.length - 8), patch.u64(3));
        }
        show(file);
    }

    private static void show(byte[] file) {
        DumpTarget target;
        try {
            target = DumpTarget.of(Bytes.of(file, "fuzz.dmp"), DumpOptions.DEFAULT);
        } catch (FormatException refused) {
            return;
        }
        var walker = new StackWalker(target, List.of());
        List<? extends TargetThread> threads = target.threads();
        for (TargetThread thread : threads.subList(0, Math.min(16, threads.size()))) {
            walker.walk(thread);
        }
        target.readableRanges();
        target.streams();
        Kernel kernel = target.kernel().orElseThrow();
        kernel.debugPrints();
        kernel.unloadedModules();
        List<KernelProcess> processes = kernel.processes();
        for (KernelProcess process : processes.subList(0, Math.min(8, processes.size()))) {
            ProcessTarget.of(target, kernel, process).ifPresent(ProcessTarget::modules);
        }
    }

    /** Words of the dump that are not zero, replaced by what other words hold. */
    @Test
    void wordsInThePlacesOfOthers() {
        var random = new SplittableRandom(7);
        int[] places = new int[BITMAP.length / 8];
        int count = 0;
        Bytes in = Bytes.of(BITMAP, "base");
        for (int at = 0; at + 8 <= BITMAP.length; at += 8) {
            if (in.u64(at) != 0 && in.u64(at) != 0x4547415045474150L) {
                places[count++] = at;
            }
        }
        for (int round = 0; round < 80; round++) {
            byte[] file = BITMAP.clone();
            for (int i = 0; i <= round % 8; i++) {
                long value = in.u64(places[random.nextInt(count)]);
                ByteWriter.put64(
                        file,
                        places[random.nextInt(count)],
                        random.nextInt(4) == 0 ? value + random.nextInt(-16, 17) * 8L : value);
            }
            show(file);
        }
    }
}
