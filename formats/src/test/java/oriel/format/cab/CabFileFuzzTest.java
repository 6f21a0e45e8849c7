package oriel.format.cab;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.OutputStream;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

class CabFileFuzzTest {
    @FuzzTest
    void anyBytesAreExpandedOrRefused(byte[] data) throws IOException {
        try {
            CabFile cab = CabFile.read(Bytes.of(data, "fuzz.cab"));
            for (CabEntry entry : cab.entries().stream().limit(3).toList()) {
                cab.extract(entry, OutputStream.nullOutputStream());
            }
        } catch (FormatException refused) {
            return;
        }
    }
}
