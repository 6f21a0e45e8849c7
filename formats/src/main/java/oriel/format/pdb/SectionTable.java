package oriel.format.pdb;

import oriel.format.msf.MsfStream;

/**
 * The section headers of an image as the PDB repeats them, to turn section and offset into an
 * address relative to the image base and back.
 */
public final class SectionTable {
    private static final int HEADER_SIZE = 40;

    private final String[] names;
    private final long[] rvas;
    private final long[] sizes;
    private final long[] characteristics;

    private SectionTable(int count) {
        names = new String[count];
        rvas = new long[count];
        sizes = new long[count];
        characteristics = new long[count];
    }

    static SectionTable read(MsfStream in) {
        var table = new SectionTable((int) Math.min(in.size() / HEADER_SIZE, 0xffff));
        for (int i = 0; i < table.names.length; i++) {
            long at = (long) i * HEADER_SIZE;
            table.names[i] = in.window(at, 8).cString(0, 8);
            table.rvas[i] = in.u32(at + 12);
            table.sizes[i] = Math.max(in.u32(at + 8), in.u32(at + 16));
            table.characteristics[i] = in.u32(at + 36);
        }
        return table;
    }

    /** Number of sections. */
    public int size() {
        return names.length;
    }

    /** Name of a section, from 1; empty when there is no such section. */
    public String name(int section) {
        return exists(section) ? names[section - 1] : "";
    }

    /** Bytes of a section in memory, unsigned 32 bits; 0 when there is no such section. */
    public long sizeBytes(int section) {
        return exists(section) ? sizes[section - 1] : 0;
    }

    /** IMAGE_SCN flags of a section; 0 when there is no such section. */
    public long characteristics(int section) {
        return exists(section) ? characteristics[section - 1] : 0;
    }

    /** Whether there is a section of this number, counted from 1. */
    public boolean exists(int section) {
        return section >= 1 && section <= names.length;
    }

    /** Address of a place relative to the image base, or -1 when there is no such section. */
    public long rva(int section, long offset) {
        return exists(section) ? rvas[section - 1] + offset : -1;
    }

    /** The section that holds an address, from 1; 0 when none does. */
    public int sectionOf(long rva) {
        for (int i = 0; i < rvas.length; i++) {
            if (rva >= rvas[i] && rva - rvas[i] < sizes[i]) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Where an address lies in its section. */
    public long offsetIn(int section, long rva) {
        return rva - rvas[section - 1];
    }
}
