package oriel.engine.dump;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Header and directory of a minidump that is being written. */
final class DumpDirectory {
    private static final int SIGNATURE = 0x504d444d;
    private static final int VERSION = 0xa793;
    private static final int HEADER = 32;
    private static final int ENTRY = 12;

    /** All kinds that are ever written; entries not used are of kind 0, which readers skip. */
    private static final int MOST_STREAMS = 12;

    private final List<int[]> entries = new ArrayList<>();
    private int capacity;

    /** Leaves room for header and directory. Returns where the directory lies. */
    int reserve(DumpBuffer out, int ownStreams) {
        capacity = MOST_STREAMS + ownStreams;
        out.zeros(HEADER + capacity * ENTRY);
        return HEADER;
    }

    /** A stream begins here. Returns what {@link #end} needs. */
    int begin(DumpBuffer out, int kind) {
        out.align(8);
        entries.add(new int[] {kind, 0, out.at()});
        return entries.size() - 1;
    }

    /** A stream ends here. */
    void end(DumpBuffer out, int entry) {
        int[] it = entries.get(entry);
        it[1] = out.at() - it[2];
    }

    /** Fills in header and directory. */
    void finish(DumpBuffer out, int directoryAt, Instant now, long flags) {
        out.put32(0, SIGNATURE);
        out.put32(4, VERSION);
        out.put32(8, entries.size());
        out.put32(12, directoryAt);
        out.put32(20, now.getEpochSecond());
        out.put64(24, flags);
        int at = directoryAt;
        for (int[] entry : entries) {
            out.put32(at, entry[0]);
            out.put32(at + 4, entry[1]);
            out.put32(at + 8, entry[2]);
            at += ENTRY;
        }
    }
}
