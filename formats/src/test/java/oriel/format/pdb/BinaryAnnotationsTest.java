package oriel.format.pdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;

class BinaryAnnotationsTest {
    /** PtyKill of node-pty: rows with lengths, and offsets that count from their begins. */
    @Test
    void countsFromTheBeginOfRowsWithALength() {
        assertThat(rows("06020C1380FD031706060311 0602 0C0305 0000"))
                .containsExactly("fd-110 +1", "114-125 +1", "125-12a +4", "12a-12d +5");
    }

    /** clang closes a row by its length and counts the next from there. */
    @Test
    void countsFromTheEndOfRowsClosedLater() {
        assertThat(rows("0B0A 0436 0321 0417 0375 0419"))
                .containsExactly("a-40 +0", "61-78 +0", "ed-106 +0");
    }

    @Test
    void readsLinesBackwardsAndFiles() {
        assertThat(rows("0B26 0603 0C0908 00")).containsExactly("6-e +1", "e-17 +0");
        assertThat(rows("0518 0B23 0405 00")).containsExactly("3-8 +1");
    }

    @Test
    void endsAtBrokenNumbers() {
        assertThat(rows("03FF")).isEmpty();
        assertThat(rows("03 C0")).isEmpty();
    }

    @FuzzTest(maxDuration = "30s")
    void anyProgramEnds(byte[] program) {
        var rows = new BinaryAnnotations(Bytes.of(program, "fuzz"), 0, 0);
        int count = 0;
        while (rows.next()) {
            count++;
        }
        assertThat(count).isLessThanOrEqualTo(program.length * 2);
    }

    private static List<String> rows(String hex) {
        byte[] program = HexFormat.of().parseHex(hex.replace(" ", ""));
        var rows = new BinaryAnnotations(Bytes.of(program, "hand"), 0, 0);
        var found = new ArrayList<String>();
        while (rows.next()) {
            found.add(
                    Long.toHexString(rows.start())
                            + "-"
                            + Long.toHexString(rows.end())
                            + " +"
                            + rows.lineDelta());
        }
        return found;
    }
}
