package oriel.format.pdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class FrameDataTest {
    /** The STACK WIN lines were made of the same records through DIA. */
    @Test
    void agreesWithTheFrameRecordsOfBreakpad() throws IOException {
        Pdb pdb = Pdb.open(Bytes.open(Corpus.file("breakpad/pdb/dump_syms_regtest.pdb")));
        FrameDataTable programs = pdb.dbi().orElseThrow().frameData();
        int compared = 0;
        for (String line : Files.readAllLines(Corpus.file("breakpad/pdb/dump_syms_regtest.sym"))) {
            if (!line.startsWith("STACK WIN 4 ")) {
                continue;
            }
            String[] words = line.split(" ", 12);
            long rva = Long.parseLong(words[3], 16);
            FrameData found = programs.find(rva).orElseThrow();
            assertThat(found.parameterBytes()).as(line).isEqualTo(Long.parseLong(words[7], 16));
            assertThat(found.savedRegisterBytes()).as(line).isEqualTo(Long.parseLong(words[8], 16));
            assertThat(found.localBytes()).as(line).isEqualTo(Long.parseLong(words[9], 16));
            assertThat(pdb.names().orElseThrow().at(found.programOffset()).strip())
                    .as(line)
                    .isEqualTo(words[11].substring("1 ".length()).strip());
            compared++;
        }
        assertThat(compared).isGreaterThan(50);
    }
}
