package oriel.app.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.kd.protocol.FileIo;

/** A map of files that anybody wrote, and requests that any target sends. */
class FileReplacementsFuzzTest {
    @FuzzTest
    void anyMapIsReadAndAnyRequestAnswered(byte[] data) {
        try (var files = new FileReplacements()) {
            String text = new String(data, StandardCharsets.ISO_8859_1);
            try {
                int count = files.read(text.lines().toList());
                assertThat(files.list()).hasSize(count);
            } catch (InvalidPathException e) {
                assertThat(e.getReason()).isNotEmpty();
            }
            files.clear();
            try {
                FileIo request = FileIo.read(Bytes.of(data, "request"));
                byte[] answer = files.answer(request);
                assertThat(Bytes.of(answer, "answer").s32(0)).isEqualTo(request.api());
                // There are no files: nothing is given away.
                assertThat(answer).hasSize(64);
            } catch (FormatException e) {
                assertThat(e.source()).isEqualTo("request");
            }
        }
    }
}
