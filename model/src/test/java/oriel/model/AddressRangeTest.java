package oriel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressRangeTest {
    private static final long KERNEL = 0xfffff80000000000L;

    @Test
    void comparesAddressesUnsigned() {
        var range = new AddressRange(KERNEL, 0x1000);
        assertThat(range.contains(KERNEL)).isTrue();
        assertThat(range.contains(KERNEL + 0xfff)).isTrue();
        assertThat(range.contains(KERNEL + 0x1000)).isFalse();
        assertThat(range.contains(0)).isFalse();
        assertThat(AddressRange.compare(KERNEL, 0x7ffe0000L)).isPositive();
        assertThat(new AddressRange(0x1000, 1).compareTo(range)).isNegative();
    }

    @Test
    void cutsASizeThatWouldWrap() {
        var range = new AddressRange(-0x10, 0x1000);
        assertThat(range.sizeBytes()).isEqualTo(0x10);
        assertThat(range.end()).isZero();
        assertThat(range.contains(-1)).isTrue();
        assertThat(range.contains(0)).isFalse();
    }

    @Test
    void isEmptyWhenTheEndIsNotAboveTheStart() {
        assertThat(AddressRange.between(0x2000, 0x1000).isEmpty()).isTrue();
        assertThat(AddressRange.between(0x1000, 0x3000).sizeBytes()).isEqualTo(0x2000);
        assertThat(AddressRange.EMPTY.contains(0)).isFalse();
        assertThatThrownBy(() -> new AddressRange(0, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsRangesWhole() {
        var range = new AddressRange(0x1000, 0x100);
        assertThat(range.contains(new AddressRange(0x10f0, 0x10))).isTrue();
        assertThat(range.contains(new AddressRange(0x10f0, 0x11))).isFalse();
        assertThat(range.overlaps(new AddressRange(0x10ff, 0x1000))).isTrue();
        assertThat(range.overlaps(new AddressRange(0x1100, 0x1000))).isFalse();
        assertThat(range.overlaps(new AddressRange(0x1010, 0))).isFalse();
    }

    @Test
    void overlapIsMutualAndMeansASharedAddress() {
        for (int a = -6; a <= 6; a++) {
            for (int b = -6; b <= 6; b++) {
                for (int aSize = 0; aSize <= 8; aSize++) {
                    for (int bSize = 0; bSize <= 8; bSize++) {
                        checkOverlap(new AddressRange(a, aSize), new AddressRange(b, bSize));
                    }
                }
            }
        }
    }

    private static void checkOverlap(AddressRange first, AddressRange second) {
        boolean shared = false;
        for (long va = -20; va < 20; va++) {
            shared |= first.contains(va) && second.contains(va);
        }
        assertThat(first.overlaps(second)).as("%s and %s", first, second).isEqualTo(shared);
        assertThat(second.overlaps(first)).as("%s and %s", second, first).isEqualTo(shared);
    }
}
