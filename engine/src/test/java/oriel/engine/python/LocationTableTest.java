package oriel.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries as Objects/locations.md of CPython describes them, by hand. */
class LocationTableTest {
    private static final byte[] TABLE = {
        (byte) 0x80,
        0x11, // short form, one unit: the first line
        (byte) (0x80 | 11 << 3 | 1),
        4,
        9, // one-line form, two units, a line on
        (byte) (0x80 | 13 << 3),
        0x07, // no columns, one unit, three lines back
        (byte) (0x80 | 14 << 3 | 2),
        0x48,
        0x03,
        0x01,
        0x05,
        0x06, // long, three units, 100 on
        (byte) (0x80 | 15 << 3), // nothing known, one unit
    };

    @ParameterizedTest
    @CsvSource({"0,10", "2,11", "5,11", "6,8", "8,108", "13,108", "14,108", "400,108"})
    void tellsTheLineOfEachInstruction(long offset, int line) {
        assertThat(LocationTable.line(TABLE, 10, offset)).isEqualTo(line);
    }

    @Test
    void endsInTablesThatAreCut() {
        assertThat(LocationTable.line(new byte[0], 7, 4)).isEqualTo(7);
        byte[] cut = {(byte) (0x80 | 14 << 3), (byte) 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f};
        LocationTable.line(cut, 7, 100);
    }
}
