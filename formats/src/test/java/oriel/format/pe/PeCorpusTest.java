package oriel.format.pe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.model.Architecture;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class PeCorpusTest {
    @Test
    void readsTheIdentityOfAnImage() throws IOException {
        PeImage image = open("sentry/windows/crash.exe");
        assertThat(image.architecture()).contains(Architecture.X86);
        assertThat(image.coffHeader().timestamp()).isEqualTo(0x5ab38077L);
        assertThat(image.optionalHeader().imageSizeBytes()).isEqualTo(0x9000);
        assertThat(image.pdb().orElseThrow().key()).isEqualTo("3249D99D0C4049318610F4E4FB0B69361");
    }

    private static PeImage open(String file) throws IOException {
        return PeImage.of(Bytes.open(Corpus.file(file)));
    }
}
