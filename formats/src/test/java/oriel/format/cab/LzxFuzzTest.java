package oriel.format.cab;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/** Two blocks of LZX in a row: the second goes on with the codes and matches of the first. */
class LzxFuzzTest {
    private static final int BLOCK = 32768;

    @FuzzTest(maxDuration = "30s")
    void anyBlockIsExpandedOrRefused(byte[] data) {
        if (data.length < 1) {
            return;
        }
        int windowBits =
                LzxDecoder.SMALLEST_WINDOW
                        + (data[0] & 0xff)
                                % (LzxDecoder.LARGEST_WINDOW - LzxDecoder.SMALLEST_WINDOW + 1);
        var decoder = new LzxDecoder(windowBits);
        Bytes all = Bytes.of(data, "fuzz.cab").from(1);
        var into = new byte[BLOCK];
        try {
            decoder.decode(all.slice(0, all.size() / 2), into, BLOCK);
            decoder.decode(all.from(all.size() / 2), into, BLOCK);
        } catch (FormatException refused) {
            return;
        }
    }
}
