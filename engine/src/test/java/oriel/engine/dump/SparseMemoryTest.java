package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;

class SparseMemoryTest {
    private static final byte[] FILE = new byte[256];

    static {
        for (int i = 0; i < FILE.length; i++) {
            FILE[i] = (byte) i;
        }
    }

    private record Range(int va, int size, int offset) {}

    /** Every address reads as in the first range that holds it, or not at all. */
    @Test
    void readsAsTheFirstRangeThatHoldsTheAddress() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var ranges = new ArrayList<Range>();
            for (int count = random.nextInt(13); count > 0; count--) {
                ranges.add(new Range(random.nextInt(101), random.nextInt(41), random.nextInt(271)));
            }
            checkReads("seed " + seed, ranges);
        }
    }

    private static void checkReads(String at, List<Range> ranges) {
        SparseMemory.Builder builder = SparseMemory.builder(Bytes.of(FILE, "file"));
        var expected = new TreeMap<Integer, Byte>();
        for (Range range : ranges) {
            builder.add(range.va, range.size, range.offset);
            for (int i = 0; i < range.size && range.offset + i < FILE.length; i++) {
                expected.putIfAbsent(range.va + i, FILE[range.offset + i]);
            }
        }
        SparseMemory memory = builder.build();
        for (int va = 0; va < 150; va++) {
            int run = 0;
            while (expected.containsKey(va + run)) {
                run++;
            }
            byte[] got = memory.readUpTo(va, 200);
            assertThat(got).as(at).hasSize(run);
            for (int i = 0; i < run; i++) {
                assertThat(got[i]).as(at).isEqualTo(expected.get(va + i));
            }
            assertThat(memory.contains(va)).as(at).isEqualTo(run > 0);
            Integer next = expected.ceilingKey(va);
            assertThat(memory.gap(va, 500)).as(at).isEqualTo(next == null ? 500 : next - va);
        }
        List<AddressRange> merged = memory.ranges();
        for (int i = 1; i < merged.size(); i++) {
            assertThat(merged.get(i - 1).end()).as(at).isLessThan(merged.get(i).start());
        }
    }

    @Test
    void neighboursInMemoryAreShownAsOneRange() {
        SparseMemory.Builder builder = SparseMemory.builder(Bytes.of(FILE, "file"));
        builder.add(0x1000, 16, 0);
        builder.add(0x1010, 16, 16);
        builder.add(0x1020, 16, 100);
        assertThat(builder.build().ranges()).containsExactly(new AddressRange(0x1000, 48));
    }

    @Test
    void kernelAddressesAndTheEndOfTheAddressSpace() {
        SparseMemory.Builder builder = SparseMemory.builder(Bytes.of(FILE, "file"));
        builder.add(-8, 100, 10);
        builder.add(0x1000, 4, 0);
        SparseMemory memory = builder.build();
        assertThat(memory.readUpTo(-8, 100)).hasSize(8).startsWith(10);
        assertThat(memory.readUpTo(0, 100)).isEmpty();
        assertThat(memory.readUpTo(0x1000, 100)).containsExactly(0, 1, 2, 3);
        assertThat(builder.cutBytes()).isEqualTo(92);
    }

    @Test
    void rangesThatAllOverlapMakeFewPieces() {
        SparseMemory.Builder builder = SparseMemory.builder(Bytes.of(FILE, "file"));
        for (int i = 0; i < 20_000; i++) {
            builder.add(20_000 - i, 200, 0);
        }
        SparseMemory memory = builder.build();
        assertThat(memory.ranges().size()).isLessThan(40_000);
        assertThat(memory.readUpTo(20_000, 200)).startsWith(0, 1, 2);
    }
}
