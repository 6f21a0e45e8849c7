package oriel.engine.paging;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oriel.model.Memory;
import oriel.model.PhysicalMemory;

/**
 * An address space made of physical memory and a root: the value of CR3, TTBR or
 * KPROCESS.DirectoryTableBase. A read follows valid entries, pages in transition and prototype
 * entries whose page is in memory, as Windows would without touching the disk. A walk reads at most
 * one entry of each level, so that tables that point to themselves end like any others.
 *
 * <p>Translations are kept in a small cache. Safe for any thread. Over memory that changes, {@link
 * #forget} the cache whenever it may have.
 */
public final class PageTables implements Memory {
    private static final int CACHED = 8192;
    private static final int PAGE_SHIFT = 12;
    private static final long PAGE = 1L << PAGE_SHIFT;

    /** A prototype entry is read through these tables; that page may not be a prototype again. */
    private static final int PROTOTYPE_DEPTH = 1;

    private final PagingMode mode;
    private final PhysicalMemory physical;
    private final long root;
    private final EntryBits bits;
    private volatile @Nullable Translation[] cache = new Translation[CACHED];

    /** Final fields, so that a thread that reads the cache without a lock sees whole objects. */
    private static final class Translation {
        final long page;
        final long pa;

        Translation(long page, long pa) {
            this.page = page;
            this.pa = pa;
        }
    }

    /**
     * An address space.
     *
     * @param root as registers and KPROCESS hold it; bits that are no part of the address are cut
     */
    public PageTables(PagingMode mode, PhysicalMemory physical, long root) {
        this.mode = mode;
        this.physical = physical;
        this.root = mode.tableOf(root);
        this.bits = new EntryBits(mode);
    }

    /** How addresses are translated. */
    public PagingMode mode() {
        return mode;
    }

    /** Physical address of the first table. */
    public long root() {
        return root;
    }

    /** The same tables with another root: another process. */
    public PageTables withRoot(long otherRoot) {
        return new PageTables(mode, physical, otherRoot);
    }

    /** Drops the cached translations. */
    public void forget() {
        cache = new Translation[CACHED];
    }

    /** The physical address of a byte; empty when its page is not in memory. */
    public OptionalLong translate(long va) {
        long pa = translateCached(va);
        return pa < 0 ? OptionalLong.empty() : OptionalLong.of(pa);
    }

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            long at = va + done;
            long pa = translateCached(at);
            if (pa < 0) {
                break;
            }
            int part = (int) Math.min(length - done, PAGE - (at & PAGE - 1));
            int got = physical.read(pa, into, offset + done, part);
            done += got;
            if (got < part) {
                break;
            }
        }
        return done;
    }

    /** Every entry on the way to a page, and what was found there. */
    public PageWalk walk(long va) {
        var entries = new ArrayList<PageEntry>(mode.levels());
        Found found = new Found();
        walk(va, found, entries, PROTOTYPE_DEPTH);
        return new PageWalk(
                va,
                entries,
                found.state,
                found.state.hasPage() ? OptionalLong.of(found.pa) : OptionalLong.empty(),
                found.pageSize);
    }

    /** The result of a walk; one for each walk. */
    private static final class Found {
        PageState state = PageState.UNMAPPED;
        long pa = -1;
        long pageSize;
    }

    private long translateCached(long va) {
        long page = va >>> PAGE_SHIFT;
        int slot = (int) (page ^ page >>> 13) & CACHED - 1;
        @Nullable Translation[] known = cache;
        Translation translation = known[slot];
        if (translation == null || translation.page != page) {
            Found found = new Found();
            walk(va, found, null, PROTOTYPE_DEPTH);
            translation =
                    new Translation(
                            page, found.state.hasPage() ? found.pa & -PAGE : Long.MIN_VALUE);
            known[slot] = translation;
        }
        return translation.pa < 0 ? -1 : translation.pa | va & PAGE - 1;
    }

    private void walk(long va, Found found, @Nullable List<PageEntry> entries, int depth) {
        if (!mode.isCanonical(va)) {
            found.state = PageState.NOT_CANONICAL;
            return;
        }
        long table = root;
        var word = new byte[8];
        for (int level = 0; level < mode.levels(); level++) {
            int index = (int) (va >>> mode.shift(level)) & mode.entries(level) - 1;
            long at = table + (long) index * mode.entryBytes();
            if (!readEntry(at, word)) {
                found.state = PageState.TABLE_MISSING;
                return;
            }
            long entry = number(word);
            if (entries != null) {
                entries.add(
                        new PageEntry(mode.levelName(level), at, entry, bits.flags(level, entry)));
            }
            if (!bits.isValid(entry)) {
                if (level < mode.levels() - 1 && isTableInTransition(entry)) {
                    table = transitionPage(entry);
                    continue;
                }
                notValid(va, level, entry, found, entries, depth);
                return;
            }
            if (bits.isLeaf(level, entry)) {
                found.state = PageState.VALID;
                found.pageSize = bits.pageSize(level, entry);
                found.pa = bits.page(level, entry) + (va & found.pageSize - 1);
                return;
            }
            table = bits.table(level, entry);
        }
    }

    /** A page of tables may itself be on its way out of memory. */
    private boolean isTableInTransition(long entry) {
        return bits.software(entry) == PageState.TRANSITION;
    }

    private void notValid(
            long va,
            int level,
            long entry,
            Found found,
            @Nullable List<PageEntry> entries,
            int depth) {
        PageState state = bits.software(entry);
        found.state = state;
        if (level < mode.levels() - 1) {
            return;
        }
        if (state == PageState.TRANSITION) {
            found.pageSize = PAGE;
            found.pa = transitionPage(entry) + (va & PAGE - 1);
        } else if (state == PageState.PROTOTYPE_ABSENT) {
            prototype(va, entry, found, entries, depth);
        }
    }

    /** Reads the prototype entry that an entry stands for. */
    private void prototype(
            long va, long entry, Found found, @Nullable List<PageEntry> entries, int depth) {
        long prototypeVa = bits.prototypeVa(entry);
        if (prototypeVa == 0 || depth == 0) {
            return;
        }
        var way = new Found();
        walk(prototypeVa, way, null, depth - 1);
        var word = new byte[8];
        if (!way.state.hasPage() || !readEntry(way.pa, word)) {
            return;
        }
        long proto = number(word);
        int last = mode.levels() - 1;
        if (entries != null) {
            entries.add(new PageEntry("PROTO", prototypeVa, proto, bits.flags(last, proto)));
        }
        boolean valid = bits.isValid(proto);
        if (valid || bits.software(proto) == PageState.TRANSITION) {
            found.state = PageState.PROTOTYPE;
            found.pageSize = PAGE;
            found.pa = (valid ? bits.page(last, proto) : transitionPage(proto)) + (va & PAGE - 1);
        }
    }

    /**
     * Since 2018 Windows inverts one high bit of the page number in entries that are not valid, so
     * that processors cannot speculate with them (L1TF); which one depends on the machine. When the
     * page is not in memory as written, the highest set bit is taken for that one.
     */
    private long transitionPage(long entry) {
        long page = bits.transitionPage(entry);
        var probe = new byte[1];
        if (physical.read(page, probe, 0, 1) == 1) {
            return page;
        }
        long without = page & ~Long.highestOneBit(page);
        return physical.read(without, probe, 0, 1) == 1 ? without : page;
    }

    private boolean readEntry(long pa, byte[] word) {
        int width = mode.entryBytes();
        return physical.read(pa, word, 0, width) == width;
    }

    private long number(byte[] word) {
        long value = 0;
        for (int i = mode.entryBytes() - 1; i >= 0; i--) {
            value = value << 8 | (word[i] & 0xff);
        }
        return value;
    }
}
