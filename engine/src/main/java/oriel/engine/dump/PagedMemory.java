package oriel.engine.dump;

import java.util.List;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.engine.kernel.KernelAccess;
import oriel.engine.paging.MappedRanges;
import oriel.engine.paging.PageTables;
import oriel.format.kdump.PhysicalPages;
import oriel.model.AddressRange;
import oriel.model.PhysicalMemory;

/** The address space of a dump of physical memory. Safe for any thread. */
final class PagedMemory implements DumpMemory {
    private static final int MOST_RANGES = 1 << 20;

    /** Pages are mapped a few times each, and large pages are not in the dump as a whole. */
    private static final int CHECKS_PER_PAGE = 8;

    private static final int MORE_CHECKS = 1 << 16;

    private final PageTables tables;
    private final Pages physical;
    private @Nullable List<AddressRange> ranges;

    PagedMemory(PageTables tables, Pages physical) {
        this.tables = tables;
        this.physical = physical;
    }

    /** Physical memory as a dump's file holds it. */
    record Pages(Bytes file, PhysicalPages pages) implements PhysicalMemory {
        private static final int SIZE = PhysicalPages.PAGE_BYTES;

        @Override
        public int read(long pa, byte[] into, int offset, int length) {
            int done = 0;
            while (done < length) {
                long at = pa + done;
                long page = pages.fileOffset(at >>> 12);
                if (page < 0) {
                    break;
                }
                int within = (int) (at & SIZE - 1);
                int part = Math.min(length - done, SIZE - within);
                file.copy(page + within, into, offset + done, part);
                done += part;
            }
            return done;
        }

        boolean contains(long pa) {
            return pages.fileOffset(pa >>> 12) >= 0;
        }
    }

    /** What a kernel is read from, with these page tables. */
    KernelAccess on(KernelAccess access) {
        return access.withPhysical(physical, tables.mode(), tables.root());
    }

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        return tables.read(va, into, offset, length);
    }

    @Override
    public int gap(long va, int limit) {
        int done = 0;
        var probe = new byte[1];
        while (done < limit) {
            if (tables.read(va + done, probe, 0, 1) == 1) {
                break;
            }
            done += (int) Math.min(limit - done, Pages.SIZE - (va + done & Pages.SIZE - 1));
        }
        return done;
    }

    @Override
    public synchronized List<AddressRange> ranges() {
        if (ranges == null) {
            ranges =
                    MappedRanges.of(
                            tables.mode(),
                            physical,
                            tables.root(),
                            physical::contains,
                            MOST_RANGES,
                            CHECKS_PER_PAGE * physical.pages().count() + MORE_CHECKS);
        }
        return ranges;
    }
}
