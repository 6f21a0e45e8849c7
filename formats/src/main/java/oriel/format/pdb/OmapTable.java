package oriel.format.pdb;

import oriel.format.msf.MsfStream;

/**
 * Maps addresses of an image whose blocks were moved after linking (BBT, Vulcan) to the ones
 * before, or the other way round: pairs of u32, sorted by the first.
 */
public final class OmapTable {
    private static final int ENTRY_SIZE = 8;

    /** Writers mark blocks without counterpart by an address of 0 or of this. */
    private static final long NOWHERE = 0x8000_0000L;

    private final MsfStream in;
    private final int count;

    private OmapTable(MsfStream in, int count) {
        this.in = in;
        this.count = count;
    }

    /** The pairs of a table. */
    public static OmapTable read(MsfStream in) {
        return new OmapTable(in, (int) Math.min(1 << 28, in.size() / ENTRY_SIZE));
    }

    /** Number of pairs. */
    public int size() {
        return count;
    }

    /** Address at which a pair begins to hold. */
    public long from(int index) {
        return in.u32((long) index * ENTRY_SIZE);
    }

    /** Address that it maps to; -1 when the block was removed, or is new. */
    public long to(int index) {
        long to = in.u32((long) index * ENTRY_SIZE + 4);
        return to == 0 || to >= NOWHERE ? -1 : to;
    }

    /** The pair in whose block an address lies, or -1 when it lies before all. */
    public int find(long rva) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (from(middle) <= rva) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Where an address comes to lie, or -1 when its block is not there on the other side. */
    public long map(long rva) {
        int index = find(rva);
        if (index < 0) {
            return -1;
        }
        long to = to(index);
        return to < 0 ? -1 : to + (rva - from(index));
    }
}
