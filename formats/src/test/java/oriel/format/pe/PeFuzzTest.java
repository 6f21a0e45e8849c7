package oriel.format.pe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

class PeFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] data) {
        for (PeImage.Layout layout : PeImage.Layout.values()) {
            Optional<PeImage> image = open(Bytes.of(data, "fuzz.exe"), layout);
            image.ifPresent(Everything::read);
        }
    }

    private static Optional<PeImage> open(Bytes bytes, PeImage.Layout layout) {
        try {
            return Optional.of(PeImage.of(bytes, layout, problem -> {}));
        } catch (FormatException refused) {
            return Optional.empty();
        }
    }
}
