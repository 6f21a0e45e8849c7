package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import oriel.format.msf.MsfStream;

/**
 * Which source files went into which module. The count of files in the header has 16 bits and is
 * too small for large programs; the sum of the counts per module is right.
 */
public final class SourceFiles {
    private final MsfStream counts;
    private final MsfStream nameOffsets;
    private final MsfStream names;
    private final int modules;

    private SourceFiles(MsfStream counts, MsfStream nameOffsets, MsfStream names, int modules) {
        this.counts = counts;
        this.nameOffsets = nameOffsets;
        this.names = names;
        this.modules = modules;
    }

    static SourceFiles read(MsfStream in) {
        if (in.size() < 4) {
            return new SourceFiles(in, in, in, 0);
        }
        int modules = in.checkedCount(in.u16(0), 4, 4);
        MsfStream counts = in.slice(4 + 2L * modules, 2L * modules);
        long files = 0;
        for (int i = 0; i < modules; i++) {
            files += counts.u16(2L * i);
        }
        long start = 4 + 4L * modules;
        long bytes = 4L * in.checkedCount(files, 4, start);
        return new SourceFiles(counts, in.slice(start, bytes), in.from(start + bytes), modules);
    }

    /** Number of modules listed. */
    public int modules() {
        return modules;
    }

    /** Names of the source files of a module; empty when there is no such module. */
    public List<String> of(int module) {
        if (module < 0 || module >= modules) {
            return List.of();
        }
        long first = 0;
        for (int i = 0; i < module; i++) {
            first += counts.u16(2L * i);
        }
        int count = counts.u16(2L * module);
        var found = new ArrayList<String>(count);
        for (long i = first; i < first + count; i++) {
            found.add(names.cString(nameOffsets.u32(4 * i)));
        }
        return List.copyOf(found);
    }
}
