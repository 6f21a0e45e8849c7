package oriel.engine.paging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import oriel.model.AddressRange;
import oriel.model.PhysicalMemory;

/**
 * Lists what page tables map. Each table is entered once for each level, so that tables which map
 * themselves (Windows keeps one such entry in the root) or form loops cost no more than physical
 * memory has pages; what such an entry would show a second time is left out.
 */
public final class MappedRanges {
    private static final long PAGE = 4096;

    private final PagingMode mode;
    private final PhysicalMemory physical;
    private final LongPredicate present;
    private final EntryBits bits;
    private final Set<Long> entered = new HashSet<>();
    private final List<AddressRange> found = new ArrayList<>();
    private final int most;
    private long checks;
    private long start;
    private long end;
    private boolean open;

    private MappedRanges(
            PagingMode mode,
            PhysicalMemory physical,
            LongPredicate present,
            int most,
            long checks) {
        this.checks = checks;
        this.mode = mode;
        this.physical = physical;
        this.present = present;
        this.most = most;
        this.bits = new EntryBits(mode);
    }

    /**
     * The ranges that valid entries map, by address, merged.
     *
     * @param root as registers hold it
     * @param present whether the physical page at an address can be read
     * @param most ranges at most; the rest is left out
     * @param checks small pages looked at, at most: a damaged table can claim huge pages without
     *     end
     */
    public static List<AddressRange> of(
            PagingMode mode,
            PhysicalMemory physical,
            long root,
            LongPredicate present,
            int most,
            long checks) {
        var walk = new MappedRanges(mode, physical, present, most, checks);
        long table = mode.tableOf(root);
        walk.entered.add(key(table, 0));
        // The root is no table of a lower level, whatever says so.
        for (int level = 1; level < mode.levels(); level++) {
            walk.entered.add(key(table, level));
        }
        walk.table(table, 0, 0);
        walk.close();
        return List.copyOf(walk.found);
    }

    private static long key(long table, int level) {
        return table << 3 | level;
    }

    private void table(long table, int level, long base) {
        int count = mode.entries(level);
        int width = mode.entryBytes();
        var bytes = new byte[count * width];
        int got = physical.read(table, bytes, 0, bytes.length) / width;
        for (int i = 0; i < got && found.size() < most; i++) {
            long entry = 0;
            for (int b = width - 1; b >= 0; b--) {
                entry = entry << 8 | (bytes[i * width + b] & 0xff);
            }
            if (!bits.isValid(entry)) {
                continue;
            }
            long va = mode.signExtended(base | (long) i << mode.shift(level));
            if (bits.isLeaf(level, entry)) {
                leaf(va, mode.span(level), bits.page(level, entry));
            } else if (entered.add(key(bits.table(level, entry), level + 1))) {
                table(bits.table(level, entry), level + 1, va);
            }
        }
    }

    /** Dumps may hold a part of a large page only. */
    private void leaf(long va, long size, long pa) {
        for (long at = 0; at < size && checks > 0 && found.size() < most; at += PAGE, checks--) {
            if (present.test(pa + at)) {
                page(va + at);
            }
        }
    }

    private void page(long va) {
        if (open && va == end) {
            end += PAGE;
            return;
        }
        close();
        open = true;
        start = va;
        end = va + PAGE;
    }

    private void close() {
        if (open) {
            found.add(AddressRange.between(start, end == 0 ? -1 : end));
            open = false;
        }
    }
}
