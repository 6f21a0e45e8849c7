package oriel.format.pdb;

import oriel.format.msf.MsfStream;

/**
 * The first 64 bytes of stream 3, {@code NewDBIHdr} of microsoft-pdb (dbi.h): where the parts of
 * the stream lie and which other streams belong to it.
 *
 * @param version 19990903 for all of Visual C++ 7 and later
 * @param age the one that the image records, unsigned 32 bits
 * @param globalsStream number of the stream with the hash of globals, 65535 for none
 * @param publicsStream number of the stream with the hash of publics, 65535 for none
 * @param symbolsStream number of the stream with the records of both, 65535 for none
 * @param toolMajor version of the linker
 * @param toolMinor version of the linker
 * @param flags see the predicates
 * @param machine an IMAGE_FILE_MACHINE number
 */
public record DbiHeader(
        long version,
        long age,
        int globalsStream,
        int publicsStream,
        int symbolsStream,
        int toolMajor,
        int toolMinor,
        int flags,
        int machine) {
    static final int SIZE = 64;
    private static final int SIGNATURE = -1;

    static DbiHeader read(MsfStream in) {
        if (in.s32(0) != SIGNATURE) {
            throw in.error(0, "a DBI stream from before Visual C++ 5");
        }
        int build = in.u16(14);
        boolean newFormat = (build & 0x8000) != 0;
        return new DbiHeader(
                in.u32(4),
                in.u32(8),
                in.u16(12),
                in.u16(16),
                in.u16(20),
                newFormat ? build >> 8 & 0x7f : 0,
                newFormat ? build & 0xff : 0,
                in.u16(56),
                in.u16(58));
    }

    /** Whether the image was linked incrementally. */
    public boolean isIncremental() {
        return (flags & 1) != 0;
    }

    /** Whether private symbols were removed ({@code /PDBSTRIPPED}). */
    public boolean isStripped() {
        return (flags & 2) != 0;
    }

    /** Whether types of the same name differ. */
    public boolean hasConflictingTypes() {
        return (flags & 4) != 0;
    }
}
