package oriel.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.model.AddressRange;
import oriel.model.PhysicalMemory;
import oriel.testkit.PagedImage;
import oriel.testkit.PagedImage.Tables;

class PageTablesTest {
    private static final long VA = 0xfffff80012345000L;

    private static PhysicalMemory physical(PagedImage image) {
        return (pa, into, offset, length) -> {
            int done = 0;
            while (done < length) {
                byte[] page = image.pages().get(pa + done >>> 12);
                if (page == null) {
                    break;
                }
                int at = (int) (pa + done & 0xfff);
                int part = Math.min(length - done, 4096 - at);
                System.arraycopy(page, at, into, offset + done, part);
                done += part;
            }
            return done;
        };
    }

    private static PageTables tables(PagedImage image) {
        return new PageTables(
                PagingMode.valueOf(image.tables().name()), physical(image), image.root());
    }

    private static long va(Tables tables) {
        return switch (tables) {
            case X86, PAE, ARM -> 0x82345000L;
            case X64, ARM64 -> VA;
            case X64_LA57 -> 0xff11800012345000L;
        };
    }

    private static long word(PageTables tables, long va) {
        return tables.unsigned(va, 4).orElse(-1);
    }

    @ParameterizedTest
    @EnumSource(Tables.class)
    void readsAcrossPagesThatAreNoNeighbours(Tables layout) {
        var image = new PagedImage(layout);
        long va = va(layout);
        image.put(va + 0xffe, 4, 0x44332211);
        image.put(0x10000, 4, 0x55667788);
        PageTables tables = tables(image);
        assertThat(word(tables, va + 0xffe)).isEqualTo(0x44332211);
        assertThat(word(tables, 0x10000)).isEqualTo(0x55667788);
        assertThat(tables.translate(va + 5)).isEqualTo(OptionalLong.of(image.pa(va) + 5));
        assertThat(tables.translate(va + 0x2000)).isEmpty();
        assertThat(tables.readUpTo(va + 0x1ff0, 64)).as("up to the hole").hasSize(16);
        PageWalk walk = tables.walk(va);
        assertThat(walk.state()).isEqualTo(PageState.VALID);
        assertThat(walk.entries()).hasSize(tables.mode().levels());
        assertThat(walk.entries().get(0).pa()).isEqualTo(image.entryAddress(va, 0));
        assertThat(tables.walk(va + 0x2000).state()).isEqualTo(PageState.UNMAPPED);
    }

    @ParameterizedTest
    @CsvSource({
        // layout, level of the entry, its low bits, bytes it covers
        "X86, 0, e3, 400000",
        "PAE, 1, e3, 200000",
        "X64, 1, e3, 40000000",
        "X64, 2, e3, 200000",
        "X64_LA57, 3, e3, 200000",
        "ARM, 0, 40e, 100000",
        "ARM, 0, 4040e, 1000000",
        "ARM64, 1, 701, 40000000",
        "ARM64, 2, 701, 200000"
    })
    void largePages(Tables layout, int level, String bits, String size) {
        var image = new PagedImage(layout);
        long bytes = Long.parseLong(size, 16);
        long va = va(layout) & -bytes;
        // The page lies where the large page would have its fourth small one.
        long page = bytes == 0x40000000L ? 0x80000000L : 0x4000000L;
        image.pages().put((page >>> 12) + 3, new byte[4096]);
        image.putPhysical(page + 0x3010, 4, 0xabcdef);
        image.entry(va, level, page | Long.parseLong(bits, 16));
        PageTables tables = tables(image);
        assertThat(word(tables, va + 0x3010)).isEqualTo(0xabcdef);
        PageWalk walk = tables.walk(va + 0x3010);
        assertThat(walk.pageSizeBytes()).isEqualTo(bytes);
        assertThat(walk.entries().get(level).flags()).endsWith("L");
        assertThat(tables.readUpTo(va, 4)).as("the rest of it is not there").isEmpty();
    }

    @Test
    void pse36() {
        var image = new PagedImage(Tables.X86);
        image.pages().put(0x123400000L >>> 12, new byte[4096]);
        image.putPhysical(0x123400000L, 4, 0x77);
        image.entry(0x90000000L, 0, 0x23400000L | 1 << 13 | 0x83);
        assertThat(word(tables(image), 0x90000000L)).isEqualTo(0x77);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAE", "X64", "ARM64"})
    void pagesInTransitionAreStillThere(Tables layout) {
        var image = new PagedImage(layout);
        long page = image.loosePage();
        image.putPhysical(page + 8, 4, 0x1234);
        image.entry(va(layout), page | 0x800 | 0x80);
        PageTables tables = tables(image);
        assertThat(word(tables, va(layout) + 8)).isEqualTo(0x1234);
        assertThat(tables.walk(va(layout)).state()).isEqualTo(PageState.TRANSITION);
    }

    @Test
    void transitionWithAnInvertedHighBit() {
        var image = new PagedImage(Tables.X64);
        long page = image.loosePage();
        image.putPhysical(page, 4, 0x4321);
        image.entry(VA, page | 1L << 45 | 0x880);
        assertThat(word(tables(image), VA)).isEqualTo(0x4321);
    }

    @Test
    void prototypes() {
        var image = new PagedImage(Tables.X64);
        long proto = 0xffff9a8000001230L;
        long page = image.loosePage();
        image.putPhysical(page + 4, 4, 0x99);
        image.put(proto, 8, page | 0x63);
        image.entry(VA, proto << 16 | 0x400);
        PageTables tables = tables(image);
        assertThat(word(tables, VA + 4)).isEqualTo(0x99);
        PageWalk walk = tables.walk(VA);
        assertThat(walk.state()).isEqualTo(PageState.PROTOTYPE);
        assertThat(walk.entries().get(4).level()).isEqualTo("PROTO");
        assertThat(walk.entries().get(4).pa()).isEqualTo(proto);

        image.put(proto, 8, 0x500000000L | 0x80);
        assertThat(tables(image).walk(VA).state()).isEqualTo(PageState.PROTOTYPE_ABSENT);
        // A prototype that is a prototype again, and one that stands for itself.
        image.entry(VA, VA << 16 | 0x400);
        assertThat(tables(image).walk(VA).state()).isEqualTo(PageState.PROTOTYPE_ABSENT);
    }

    @Test
    void whatIsNotInMemoryIsTold() {
        var image = new PagedImage(Tables.X64);
        image.entry(VA, 0x500000000L | 0x80);
        image.entry(VA + 0x1000, 0x80);
        image.entry(VA + 0x40000000L, 1, 0x7f000000L | 0x63);
        PageTables tables = tables(image);
        assertThat(tables.walk(VA).state()).isEqualTo(PageState.PAGED_OUT);
        assertThat(tables.walk(VA + 0x1000).state()).isEqualTo(PageState.DEMAND_ZERO);
        assertThat(tables.walk(VA + 0x40000000L).state()).isEqualTo(PageState.TABLE_MISSING);
        assertThat(tables.walk(0x0123456789abcdefL).state()).isEqualTo(PageState.NOT_CANONICAL);
        assertThat(tables.readUpTo(VA, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Tables.class)
    void tablesThatPointToThemselves(Tables layout) {
        var image = new PagedImage(layout);
        long va = va(layout);
        image.put(va, 4, 1);
        long bits = layout == Tables.ARM64 ? 3 : layout == Tables.ARM ? 1 : 0x67;
        for (int i = 0; i < 2; i++) {
            // Slots of the root that lead back to it.
            image.entry(0x40000000L * i + 0x123000, 0, image.root() | bits);
        }
        PageTables tables = tables(image);
        assertThat(tables.walk(0x123456).entries()).hasSizeLessThanOrEqualTo(6);
        List<AddressRange> ranges =
                MappedRanges.of(
                        tables.mode(),
                        physical(image),
                        image.root(),
                        pa -> image.pages().containsKey(pa >>> 12),
                        1000,
                        100_000);
        assertThat(ranges).anyMatch(r -> r.contains(va));
        assertThat(ranges.size()).isLessThanOrEqualTo(1000);
    }

    @Test
    void rangesAreMergedAndSorted() {
        var image = new PagedImage(Tables.X64);
        image.map(VA, 0x3000).map(0x20000, 0x1000).map(0x22000, 0x2000);
        List<AddressRange> ranges =
                MappedRanges.of(
                        PagingMode.X64,
                        physical(image),
                        image.root(),
                        pa -> image.pages().containsKey(pa >>> 12),
                        100,
                        100_000);
        assertThat(ranges)
                .containsExactly(
                        new AddressRange(0x20000, 0x1000),
                        new AddressRange(0x22000, 0x2000),
                        new AddressRange(VA, 0x3000));
    }

    @Test
    void anotherProcessSharesTheKernel() {
        var image = new PagedImage(Tables.X64);
        image.put(VA, 4, 7);
        long other = image.newSpace();
        image.use(other).put(0x1000, 4, 8);
        PageTables first = new PageTables(PagingMode.X64, physical(image), image.kernelRoot());
        PageTables second = first.withRoot(other | 0x123);
        assertThat(word(first, 0x1000)).isEqualTo(-1);
        assertThat(word(second, 0x1000)).isEqualTo(8);
        assertThat(word(second, VA)).isEqualTo(7);
    }

    @Test
    void forgetsWhenMemoryChanges() {
        var image = new PagedImage(Tables.X64);
        image.put(VA, 4, 1);
        PageTables tables = tables(image);
        assertThat(word(tables, VA)).isEqualTo(1);
        image.entry(VA, 0);
        assertThat(word(tables, VA)).as("kept").isEqualTo(1);
        tables.forget();
        assertThat(word(tables, VA)).isEqualTo(-1);
    }
}
