package oriel.engine.dump;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.TargetThread;

class DumpFuzzTest {
    @FuzzTest
    void anyBytesAreShownOrRefused(byte[] data) {
        try {
            DumpTarget target = DumpTarget.of(Bytes.of(data, "fuzz.dmp"), DumpOptions.DEFAULT);
            for (TargetThread thread : target.threads()) {
                target.memory().readUpTo(thread.stack().start(), 64);
            }
        } catch (FormatException refused) {
            return;
        }
    }
}
