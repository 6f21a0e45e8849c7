package oriel.format.pdb;

import oriel.format.msf.MsfStream;

/**
 * The public symbols: a hash of their names and a list of them by address, both pointing into the
 * symbol records. Read in place; a lookup touches a few records only.
 */
public final class PublicTable {
    private static final int HEADER_SIZE = 28;

    private final GlobalHash hash;
    private final MsfStream addresses;
    private final MsfStream symbols;
    private final int count;

    private PublicTable(GlobalHash hash, MsfStream addresses, MsfStream symbols) {
        this.hash = hash;
        this.addresses = addresses;
        this.symbols = symbols;
        this.count = (int) Math.min(1 << 28, addresses.size() / 4);
    }

    static PublicTable read(MsfStream in, MsfStream symbols, boolean fastLink) {
        if (in.size() == 0) {
            return new PublicTable(GlobalHash.read(in, fastLink), in, symbols);
        }
        MsfStream names = in.slice(HEADER_SIZE, in.u32(0));
        long size = in.u32(4);
        return new PublicTable(
                GlobalHash.read(names, fastLink),
                in.slice(HEADER_SIZE + names.size(), size),
                symbols);
    }

    /** The hash of names. */
    public GlobalHash hash() {
        return hash;
    }

    /** Number of publics, by address. */
    public int size() {
        return count;
    }

    /** Offset in the symbol records of a public, by address. */
    public long symbolOffset(int index) {
        return addresses.u32(4L * index);
    }

    /** Section number of a public, from 1; 0 for absolute ones. */
    public int section(int index) {
        return symbols.u16(symbolOffset(index) + 12);
    }

    /** Offset of a public within its section. */
    public long offset(int index) {
        return symbols.u32(symbolOffset(index) + 8);
    }

    /** The last public at or before a place, whichever section it is in; -1 when there is none. */
    public int findAtOrBefore(int section, long offset) {
        long key = (long) section << 32 | offset;
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (((long) section(middle) << 32 | offset(middle)) <= key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
