package oriel.format.pdb;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import oriel.format.msf.MsfStream;

/**
 * The modules of a DBI stream. Their places are found once, in one pass over the part; each record
 * is made when it is asked for.
 */
final class ModuleTable extends AbstractList<ModuleInfo> implements RandomAccess {
    private static final int FIXED_SIZE = 64;
    private static final int NO_STREAM = 0xffff;

    private final MsfStream in;
    private final int[] places;
    private final int count;

    private ModuleTable(MsfStream in, int[] places, int count) {
        this.in = in;
        this.places = places;
        this.count = count;
    }

    static List<ModuleInfo> read(MsfStream in) {
        var places = new int[64];
        int count = 0;
        long at = 0;
        while (in.contains(at, FIXED_SIZE) && at < Integer.MAX_VALUE) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
            }
            places[count++] = (int) at;
            long archive = in.zeroAt(at + FIXED_SIZE) + 1;
            at = (Math.max(archive, in.zeroAt(Math.min(archive, in.size()))) + 4) & ~3L;
        }
        return new ModuleTable(in, places, count);
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public ModuleInfo get(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("module " + index + " of " + count);
        }
        long at = places[index];
        long archive = Math.min(in.size(), in.zeroAt(at + FIXED_SIZE) + 1);
        int stream = in.u16(at + 34);
        return new ModuleInfo(
                index,
                in.cString(at + FIXED_SIZE),
                in.cString(archive),
                stream == NO_STREAM ? -1 : stream,
                in.u32(at + 36),
                in.u32(at + 40),
                in.u32(at + 44),
                in.u16(at + 48));
    }
}
