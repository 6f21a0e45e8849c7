package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import oriel.format.msf.MsfStream;

/**
 * One logical segment of the section map ({@code OMFSegMapDesc}).
 *
 * @param flags access and kind of the segment
 * @param frame number of the section, from 1
 * @param offset in the section
 * @param sizeBytes its length; 4294967295 for the segment of absolute symbols
 */
public record SectionMapEntry(int flags, int frame, long offset, long sizeBytes) {
    private static final int SIZE = 20;

    static List<SectionMapEntry> read(MsfStream in) {
        var entries = new ArrayList<SectionMapEntry>();
        if (in.size() >= 4) {
            int count = in.checkedCount(in.u16(0), SIZE, 4);
            for (int i = 0; i < count; i++) {
                long at = 4 + (long) i * SIZE;
                entries.add(
                        new SectionMapEntry(
                                in.u16(at), in.u16(at + 6), in.u32(at + 12), in.u32(at + 16)));
            }
        }
        return List.copyOf(entries);
    }
}
