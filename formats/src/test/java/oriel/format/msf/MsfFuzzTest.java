package oriel.format.msf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

class MsfFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void opensOrRefuses(byte[] data) {
        try {
            Msf msf = Msf.open(Bytes.of(data, "fuzz"));
            for (int i = 0; i < Math.min(64, msf.streamCount()); i++) {
                readAll(msf, i);
            }
        } catch (FormatException expected) {
            // Refusing is right.
        }
    }

    private static void readAll(Msf msf, int index) {
        try {
            MsfStream stream = msf.stream(index);
            for (long at = 0; at + 8 <= Math.min(1 << 16, stream.size()); at += 509) {
                stream.u64(at);
            }
        } catch (FormatException expected) {
            // One broken stream leaves the others.
        }
    }
}
