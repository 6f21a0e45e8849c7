package oriel.format.pdb;

import oriel.format.msf.MsfStream;

/**
 * Which module filled which part of a section: the table that leads from an address to a module.
 * Read in place; a table that is not sorted, which linkers do not write, is sorted when it is found
 * out.
 */
public final class SectionContributions {
    private static final long VERSION_1 = 0xeffe0000L + 19970605;
    private static final long VERSION_2 = 0xeffe0000L + 20140516;

    private final MsfStream in;
    private final int entrySize;
    private final int count;
    private final Lazy<SortedPlaces> order;

    private SectionContributions(MsfStream in, int entrySize, int count) {
        this.in = in;
        this.entrySize = entrySize;
        this.count = count;
        this.order = new Lazy<>(this::sort);
    }

    static SectionContributions read(MsfStream in) {
        if (in.size() < 4) {
            return new SectionContributions(in, 28, 0);
        }
        long version = in.u32(0);
        if (version != VERSION_1 && version != VERSION_2) {
            throw in.error(0, "section contributions of version " + version);
        }
        int entrySize = version == VERSION_1 ? 28 : 32;
        return new SectionContributions(
                in.from(4), entrySize, (int) Math.min(1 << 28, (in.size() - 4) / entrySize));
    }

    /** Number of contributions. */
    public int size() {
        return count;
    }

    /** Section number, from 1. */
    public int section(int index) {
        return in.u16(at(index));
    }

    /** Offset within the section, unsigned 32 bits. */
    public long offset(int index) {
        return in.u32(at(index) + 4);
    }

    /** Bytes, unsigned 32 bits. */
    public long sizeBytes(int index) {
        return in.u32(at(index) + 8);
    }

    /** Number of the module. */
    public int module(int index) {
        return in.u16(at(index) + 16);
    }

    /** IMAGE_SCN flags of the section in the object file. */
    public long characteristics(int index) {
        return in.u32(at(index) + 12);
    }

    /** The contribution that holds a place, or -1. */
    public int find(int section, long offset) {
        long key = key(section, offset);
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (key(middle) <= key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high >= 0 && holds(high, section, offset)) {
            return high;
        }
        return findInOrder(section, offset);
    }

    private int findInOrder(int section, long offset) {
        SortedPlaces sorted = order.value();
        int found = sorted.floor(key(section, offset));
        if (found < 0) {
            return -1;
        }
        int index = (int) sorted.place(found);
        return holds(index, section, offset) ? index : -1;
    }

    private boolean holds(int index, int section, long offset) {
        long start = offset(index);
        return section(index) == section && offset >= start && offset - start < sizeBytes(index);
    }

    /** Positions by address when the table is not sorted; empty when it is. */
    private SortedPlaces sort() {
        var all = new SortedPlaces.Builder();
        boolean sorted = true;
        for (int i = 0; i < count; i++) {
            sorted &= i == 0 || key(i) >= key(i - 1);
            all.add(key(i), i);
        }
        return sorted ? new SortedPlaces.Builder().build() : all.build();
    }

    private long key(int index) {
        return key(section(index), offset(index));
    }

    private static long key(int section, long offset) {
        return (long) section << 32 | offset;
    }

    private long at(int index) {
        return (long) index * entrySize;
    }
}
