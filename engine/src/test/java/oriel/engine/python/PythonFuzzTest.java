package oriel.engine.python;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.model.Architecture;
import oriel.testkit.SyntheticTarget;

/** Memory may hold anything: what is read from it ends, and is bounded. */
class PythonFuzzTest {
    private static final int BASE = 0x1000;
    private static final int LONGEST = 200_000;

    @FuzzTest
    void endsWhateverMemoryHolds(byte[] data) {
        for (Architecture architecture : new Architecture[] {Architecture.X64, Architecture.X86}) {
            var target = new SyntheticTarget(architecture).bytes(BASE, data);
            for (long version : new long[] {0x030b03f0, 0x030c01f0}) {
                PythonRuntime runtime = PythonRuntime.of(target, BASE, version).orElse(null);
                if (runtime == null) {
                    continue;
                }
                runtime.threads();
                for (int i = 0; i < Math.min(data.length, 256); i += 8) {
                    String text = runtime.objects().text(BASE + i);
                    if (text.length() > LONGEST) {
                        throw new AssertionError(text.length());
                    }
                }
            }
        }
    }
}
