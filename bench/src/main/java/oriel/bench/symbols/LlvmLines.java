package oriel.bench.symbols;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.SectionTable;

/**
 * The lines of a module as llvm-symbolizer 19 keeps and searches them: the rows of each source file
 * of each function are a run of their own, ended by an entry at the end of the function; runs are
 * sorted by their first address and put behind each other. Where a function has several runs, the
 * list is not sorted, and a binary search may end in the wrong one.
 */
final class LlvmLines {
    private static final int LINES = 0xf2;
    private static final int HEADER = 12;
    private static final int ROW = 8;
    private static final int COLUMNS = 4;

    private static final Entry NOTHING = new Entry(0, 0, 0, true);

    private final List<Entry> entries = new ArrayList<>();

    /** A row, or the end of a run. */
    record Entry(long rva, long fileId, long line, boolean ends) {}

    /** Reads the line part of a module. */
    LlvmLines(MsfStream in, SectionTable sections) {
        var runs = new ArrayList<List<Entry>>();
        for (long at = 0; in.contains(at, 8); ) {
            long size = in.u32(at + 4);
            if (in.u32(at) == LINES && in.contains(at + 8, size) && size >= HEADER) {
                runs(in, at + 8, size, sections, runs);
            }
            at += 8 + (size + 3 & ~3L);
        }
        runs.sort(Comparator.comparingLong(run -> run.get(0).rva));
        runs.forEach(entries::addAll);
    }

    private static void runs(
            MsfStream in, long start, long size, SectionTable sections, List<List<Entry>> into) {
        long base = sections.rva(in.u16(start + 4), in.u32(start));
        int rowSize = (in.u16(start + 6) & 1) != 0 ? ROW + COLUMNS : ROW;
        long end = base + in.u32(start + 8);
        long at = start + HEADER;
        while (at + HEADER <= start + size) {
            long fileId = in.u32(at);
            long count = Math.min(in.u32(at + 4), (start + size - at - HEADER) / rowSize);
            var run = new ArrayList<Entry>();
            for (long i = 0; i < count; i++) {
                long row = at + HEADER + i * ROW;
                run.add(new Entry(base + in.u32(row), fileId, in.u32(row + 4) & 0xff_ffff, false));
            }
            run.add(new Entry(end, fileId, 0, true));
            into.add(run);
            long blockSize = in.u32(at + 8);
            if (blockSize < HEADER) {
                return;
            }
            at += blockSize;
        }
    }

    /** What the tool finds for an address; one that ends when it finds nothing. */
    Entry find(long rva) {
        int first = 0;
        int length = entries.size();
        while (length > 0) {
            int half = length >>> 1;
            if (entries.get(first + half).rva < rva) {
                first += half + 1;
                length -= half + 1;
            } else {
                length = half;
            }
        }
        if (first == entries.size() || entries.get(first).rva != rva) {
            return first == 0 ? NOTHING : entries.get(first - 1);
        }
        while (first < entries.size() && entries.get(first).ends) {
            first++;
        }
        return first == entries.size() ? NOTHING : entries.get(first);
    }
}
