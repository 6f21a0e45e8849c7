package oriel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Physical memory with page tables, written by hand from the processors' manuals and not from the
 * walker. Pages are taken with gaps between them, so that neighbours in an address space are none
 * in memory.
 */
public final class PagedImage {
    private static final int PAGE = 4096;

    /** How tables are laid out. */
    public enum Tables {
        /** Two levels of 4-byte entries. */
        X86(4, 22, 12),
        /** A table of four, then two levels of 8-byte entries. */
        PAE(8, 30, 21, 12),
        /** Four levels. */
        X64(8, 39, 30, 21, 12),
        /** Five levels. */
        X64_LA57(8, 48, 39, 30, 21, 12),
        /** Short descriptors. */
        ARM(4, 20, 12),
        /** Four levels, descriptors of ARM. */
        ARM64(8, 39, 30, 21, 12);

        private final int width;
        private final int[] shifts;

        Tables(int width, int... shifts) {
            this.width = width;
            this.shifts = shifts;
        }

        private int bits(int level) {
            if (this == ARM) {
                return level == 0 ? 12 : 8;
            }
            if (this == PAE && level == 0) {
                return 2;
            }
            return width == 4 ? 10 : 9;
        }

        private long tableEntry(long pa, boolean top) {
            return switch (this) {
                case X86, X64, X64_LA57 -> pa | 0x67;
                case PAE -> pa | (top ? 1 : 0x67);
                case ARM -> pa | 1;
                case ARM64 -> pa | 3;
            };
        }

        private long pageEntry(long pa, boolean user) {
            return switch (this) {
                case X86, PAE, X64, X64_LA57 -> pa | (user ? 0x67 : 0x63);
                case ARM -> pa | 0x32;
                case ARM64 -> pa | (user ? 0x743 : 0x703);
            };
        }
    }

    private final Tables tables;
    private final SortedMap<Long, byte[]> pages = new TreeMap<>();
    private final long kernelRoot;
    private long nextPage = 0x100;
    private long root;

    /** Empty memory with an empty root. */
    public PagedImage(Tables tables) {
        this.tables = tables;
        this.kernelRoot = newRoot();
        this.root = kernelRoot;
    }

    /** How its tables are laid out. */
    public Tables tables() {
        return tables;
    }

    /** All pages by their numbers. */
    public SortedMap<Long, byte[]> pages() {
        return pages;
    }

    /** The root in use, as a register holds it. */
    public long root() {
        return root;
    }

    /** The root of the first address space. */
    public long kernelRoot() {
        return kernelRoot;
    }

    /** From now on another address space is written: what a root leads to. */
    public PagedImage use(long otherRoot) {
        root = otherRoot;
        return this;
    }

    /** A root that shares the upper half of the first one: another process. */
    public long newSpace() {
        long made = newRoot();
        int entries = 1 << tables.bits(0);
        int size = entries * tables.width;
        for (int i = size / 2; i < size; i++) {
            page(made + i)[(int) ((made + i) % PAGE)] =
                    page(kernelRoot + i)[(int) ((kernelRoot + i) % PAGE)];
        }
        return made;
    }

    private long newRoot() {
        if (tables == Tables.ARM) {
            nextPage = nextPage + 3 & ~3L;
            long first = take();
            for (int i = 1; i < 4; i++) {
                pages.put(first / PAGE + i, new byte[PAGE]);
            }
            nextPage = first / PAGE + 4;
            return first;
        }
        return take();
    }

    private long take() {
        long taken = nextPage;
        pages.put(taken, new byte[PAGE]);
        nextPage += taken % 8 == 5 ? 3 : 1;
        return taken * PAGE;
    }

    private byte[] page(long pa) {
        byte[] page = pages.get(pa / PAGE);
        if (page == null) {
            throw new IllegalStateException("no page at 0x" + Long.toHexString(pa));
        }
        return page;
    }

    /** Puts a number at a physical address. */
    public PagedImage putPhysical(long pa, int width, long value) {
        for (int i = 0; i < width; i++) {
            page(pa + i)[(int) ((pa + i) % PAGE)] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    private long physical(long pa, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | (page(pa + i)[(int) ((pa + i) % PAGE)] & 0xff);
        }
        return value;
    }

    /** Where the last entry for an address lies; tables on the way are made. */
    public long entryAddress(long va) {
        return entryAddress(va, tables.shifts.length - 1);
    }

    /** Where the entry of a level for an address lies, 0 for the root's. */
    public long entryAddress(long va, int level) {
        long table = root;
        for (int i = 0; ; i++) {
            long index = va >>> tables.shifts[i] & (1L << tables.bits(i)) - 1;
            long at = table + index * tables.width;
            if (i == level) {
                return at;
            }
            long entry = physical(at, tables.width);
            if (entry == 0) {
                entry = tables.tableEntry(take(), i == 0);
                putPhysical(at, tables.width, entry);
            }
            table = entry & 0x000ffffffffff000L;
        }
    }

    /** Puts an entry as it is; of level 0 for the root's. */
    public PagedImage entry(long va, int level, long value) {
        return putPhysical(entryAddress(va, level), tables.width, value);
    }

    /** Puts a last entry as it is. */
    public PagedImage entry(long va, long value) {
        return entry(va, tables.shifts.length - 1, value);
    }

    /** Takes a page without mapping it; its physical address. */
    public long loosePage() {
        return take();
    }

    /** Maps zeroed pages, those that are not mapped yet. */
    public PagedImage map(long va, long size) {
        for (long at = va & -PAGE; at - (va + size) < 0; at += PAGE) {
            long entry = entryAddress(at);
            if (physical(entry, tables.width) == 0) {
                boolean user = tables.width == 4 ? at >>> 31 == 0 : at >= 0 && at >>> 47 == 0;
                putPhysical(entry, tables.width, tables.pageEntry(take(), user));
            }
        }
        return this;
    }

    /** The physical address of a mapped byte. */
    public long pa(long va) {
        return (physical(entryAddress(va), tables.width) & 0x000ffffffffff000L) + (va & PAGE - 1);
    }

    /** The number at a mapped address. */
    public long number(long va, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | physical(pa(va + i), 1);
        }
        return value;
    }

    /** Puts a number; its pages are mapped when they are not. */
    public PagedImage put(long va, int width, long value) {
        map(va, width);
        for (int i = 0; i < width; i++) {
            putPhysical(pa(va + i), 1, value >>> 8 * i);
        }
        return this;
    }

    /** Puts bytes; their pages are mapped when they are not. */
    public PagedImage put(long va, byte[] bytes) {
        map(va, Math.max(1, bytes.length));
        for (int i = 0; i < bytes.length; i++) {
            putPhysical(pa(va + i), 1, bytes[i]);
        }
        return this;
    }

    /** Puts a text of one-byte characters with a NUL. */
    public PagedImage text(long va, String text) {
        return put(va, (text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }
}
