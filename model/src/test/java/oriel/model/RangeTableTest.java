package oriel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTableTest {
    @Test
    void innermostOfNestedRangesAnswers() {
        var table = new RangeTable();
        table.add(0x300, 0x10, 4);
        table.add(0x110, 0x20, 2);
        table.add(0x100, 0x100, 1);
        table.add(0x118, 0x8, 3);
        table.sealNested();

        assertThat(valueAt(table, 0x100)).isEqualTo(1);
        assertThat(valueAt(table, 0x112)).isEqualTo(2);
        assertThat(valueAt(table, 0x11f)).isEqualTo(3);
        assertThat(valueAt(table, 0x120)).isEqualTo(2);
        assertThat(valueAt(table, 0x130)).isEqualTo(1);
        assertThat(valueAt(table, 0x30f)).isEqualTo(4);
        assertThat(table.holding(0x200)).isEqualTo(-1);
        assertThat(table.holding(0xff)).isEqualTo(-1);
        assertThat(table.holding(0x310)).isEqualTo(-1);
    }

    @Test
    void laterOfEqualRangesIsTheInner() {
        var table = new RangeTable();
        table.add(0x10, 0x10, 8);
        table.add(0x10, 0x10, 7);
        table.sealNested();

        assertThat(valueAt(table, 0x18)).isEqualTo(8);
    }

    @Test
    void floorFindsTheLastStartAtOrBefore() {
        var table = new RangeTable();
        for (int i = 99; i >= 0; i--) {
            table.add(i * 16L, 1, i);
        }
        table.seal();

        assertThat(table.count()).isEqualTo(100);
        assertThat(table.value(table.floor(0x1f))).isEqualTo(1);
        assertThat(table.value(table.floor(Long.MAX_VALUE))).isEqualTo(99);
        assertThat(table.floor(-1)).isEqualTo(-1);
    }

    private static long valueAt(RangeTable table, long address) {
        return table.value(table.holding(address));
    }
}
