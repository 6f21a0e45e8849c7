package oriel.format.pdb;

import java.util.Optional;
import oriel.format.msf.MsfStream;

/**
 * The records that tell how to unwind x86 code: FRAMEDATA with a program, or the older FPO_DATA.
 * Sorted by address; read in place.
 */
public final class FrameDataTable {
    private static final int FRAME_DATA_SIZE = 32;
    private static final int FPO_SIZE = 16;
    private static final int FUNCTION_START = 4;
    private static final int FRAME_DATA_KIND = 4;
    private static final int USES_EBP = 1 << 12;

    /** Pieces may lie within others; so many of the ones before are tried. */
    private static final int NESTED = 32;

    private final MsfStream in;
    private final boolean fpo;
    private final int entrySize;
    private final int count;

    private FrameDataTable(MsfStream in, boolean fpo) {
        this.in = in;
        this.fpo = fpo;
        this.entrySize = fpo ? FPO_SIZE : FRAME_DATA_SIZE;
        this.count = (int) Math.min(1 << 28, in.size() / entrySize);
    }

    /** FRAMEDATA records; some writers put a relocation of four bytes in front. */
    static FrameDataTable frameData(MsfStream in) {
        return new FrameDataTable(in.size() % FRAME_DATA_SIZE == 4 ? in.from(4) : in, false);
    }

    /** FPO_DATA records. */
    public static FrameDataTable fpo(MsfStream in) {
        return new FrameDataTable(in, true);
    }

    /** Number of records. */
    public int size() {
        return count;
    }

    /** The record at a position, by address. */
    public FrameData record(int index) {
        long at = (long) index * entrySize;
        if (fpo) {
            int bits = in.u16(at + 14);
            return new FrameData(
                    in.u32(at),
                    in.u32(at + 4),
                    bits & 0xff,
                    4 * in.u32(at + 8),
                    4L * in.u16(at + 12),
                    4L * (bits >>> 8 & 7),
                    0,
                    -1,
                    (bits & USES_EBP) != 0,
                    true,
                    bits >>> 14);
        }
        return new FrameData(
                in.u32(at),
                in.u32(at + 4),
                in.u16(at + 24),
                in.u32(at + 8),
                in.u32(at + 12),
                in.u16(at + 26),
                in.u32(at + 16),
                in.u32(at + 20),
                false,
                (in.u32(at + 28) & FUNCTION_START) != 0,
                FRAME_DATA_KIND);
    }

    /** The innermost piece that holds an address. */
    public Optional<FrameData> find(long rva) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (in.u32((long) middle * entrySize) <= rva) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        for (int i = high; i >= 0 && i > high - NESTED; i--) {
            FrameData found = record(i);
            if (rva - found.rva() < found.sizeBytes()) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
