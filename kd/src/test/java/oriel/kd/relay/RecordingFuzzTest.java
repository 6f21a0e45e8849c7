package oriel.kd.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import oriel.bytes.FormatException;

/** A recording may have been written by anybody. */
class RecordingFuzzTest {
    @FuzzTest
    void anyTextIsReadOrRefused(byte[] data) throws IOException {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        try {
            Recording read = Recording.read(new BufferedReader(new StringReader(text)), "fuzz.kd");
            for (Recording.Entry entry : read.entries()) {
                // Two digits make a byte: nothing comes of nothing.
                assertThat(entry.packet().body().length).isLessThan(text.length());
                assertThat(PacketText.of(entry.packet(), true)).isNotEmpty();
            }
        } catch (FormatException refused) {
            assertThat(refused.source()).isEqualTo("fuzz.kd");
        }
    }
}
