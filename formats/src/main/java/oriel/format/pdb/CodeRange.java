package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in the code a variable lives at a place: a range with holes.
 *
 * @param section from 1; 0 for the whole scope
 * @param offset in the section
 * @param sizeBytes of the range
 * @param gaps holes in it
 */
public record CodeRange(int section, long offset, int sizeBytes, List<Gap> gaps) {
    /** The whole scope of the variable. */
    static final CodeRange EVERYWHERE = new CodeRange(0, 0, 0, List.of());

    /**
     * A hole.
     *
     * @param offset from the begin of the range
     * @param sizeBytes of the hole
     */
    public record Gap(int offset, int sizeBytes) {}

    /** Copies the list. */
    public CodeRange {
        gaps = List.copyOf(gaps);
    }

    static CodeRange read(RecordReader in) {
        long offset = in.u32();
        int section = in.u16();
        int size = in.u16();
        var gaps = new ArrayList<Gap>();
        while (in.hasMore(4)) {
            gaps.add(new Gap(in.u16(), in.u16()));
        }
        return new CodeRange(section, offset, size, gaps);
    }

    /** Whether the variable is there when the program is at a place. */
    public boolean contains(int atSection, long atOffset) {
        if (section == 0) {
            return true;
        }
        long distance = atOffset - offset;
        if (atSection != section || distance < 0 || distance >= sizeBytes) {
            return false;
        }
        for (Gap gap : gaps) {
            if (distance >= gap.offset() && distance - gap.offset() < gap.sizeBytes()) {
                return false;
            }
        }
        return true;
    }
}
