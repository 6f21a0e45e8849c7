package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.format.msf.MsfStream;

/**
 * The lines of one module. Reading notes where each part lies; rows are made when they are asked
 * for. Immutable and safe for any thread.
 */
public final class ModuleLines {
    private static final int LINES_HEADER = 12;
    private static final int BLOCK_HEADER = 12;
    private static final int LINE_SIZE = 8;
    private static final int COLUMN_SIZE = 4;
    private static final int HAS_COLUMNS = 1;

    private final MsfStream in;

    /** Begins of the line subsections (section << 32 | offset), sorted, and where they lie. */
    private final SortedPlaces lines;

    /** Ids of inlinees, sorted, and where they lie. */
    private final Lazy<SortedPlaces> inlinees;

    private final MsfStream checksums;
    private final MsfStream imports;
    private final MsfStream exports;

    private ModuleLines(MsfStream in, Parts parts) {
        this.in = in;
        this.checksums = parts.checksums;
        this.imports = parts.imports;
        this.exports = parts.exports;
        this.lines = parts.lines.build();
        this.inlinees = new Lazy<>(() -> readInlinees(in, parts.inlineeParts.build()));
    }

    /** Reads the line part of a module. */
    public static ModuleLines read(MsfStream in) {
        var parts = new Parts(in);
        LineSubsection.forEach(in, parts);
        return new ModuleLines(in, parts);
    }

    /** Number of line subsections: as a rule one for each function. */
    public int size() {
        return lines.size();
    }

    /** The row that holds a place; the last one when several begin at the same offset. */
    public Optional<LineEntry> find(int section, long offset) {
        int part = partOf(section, offset);
        if (part < 0) {
            return Optional.empty();
        }
        var nearest = new Nearest(in, offset - (lines.key(part) & 0xffff_ffffL));
        walk(lines.place(part), nearest);
        return nearest.found ? Optional.of(row(part, nearest)) : Optional.empty();
    }

    /** Takes all rows of the subsection that holds a place, in the order of the file. */
    public void forEachIn(int section, long offset, Consumer<LineEntry> sink) {
        int part = partOf(section, offset);
        if (part >= 0) {
            forEachOf(part, sink);
        }
    }

    /** Takes all rows. */
    public void forEach(Consumer<LineEntry> sink) {
        for (int part = 0; part < lines.size(); part++) {
            forEachOf(part, sink);
        }
    }

    /** A source file by the id that rows use. */
    public Optional<FileChecksum> file(long fileId) {
        if (!checksums.contains(fileId, 6)) {
            return Optional.empty();
        }
        int size = checksums.u8(fileId + 4);
        if (!checksums.contains(fileId + 6, size)) {
            return Optional.empty();
        }
        return Optional.of(
                new FileChecksum(
                        checksums.u32(fileId),
                        FileChecksum.Kind.of(checksums.u8(fileId + 5)),
                        FileChecksum.hex(checksums.window(fileId + 6, size).copy(0, size))));
    }

    /** Offset in the string table of the path of a source file, -1 when there is no such file. */
    public long fileNameOffset(long fileId) {
        return checksums.contains(fileId, 6) ? checksums.u32(fileId) : -1;
    }

    /** All source files with a checksum entry, in the order of the file. */
    public List<FileChecksum> files() {
        var found = new ArrayList<FileChecksum>();
        long at = 0;
        for (Optional<FileChecksum> file = file(at); file.isPresent(); file = file(at)) {
            found.add(file.get());
            at = (at + 6 + checksums.u8(at + 4) + 3) & ~3L;
        }
        return List.copyOf(found);
    }

    /** Where an inlined function begins. */
    public Optional<Inlinee> inlinee(long id) {
        SortedPlaces known = inlinees.value();
        int found = known.first(id);
        if (found < 0) {
            return Optional.empty();
        }
        long at = known.place(found);
        return Optional.of(new Inlinee(id, in.u32(at + 4), in.u32(at + 8)));
    }

    /** Number of functions inlined into the module. */
    public int inlinees() {
        return inlinees.value().size();
    }

    /** What the module uses of other modules. */
    public List<CrossModuleImport> imports() {
        var found = new ArrayList<CrossModuleImport>();
        long at = 0;
        while (imports.contains(at, 8)) {
            int count = imports.checkedCount(imports.u32(at + 4), 4, at + 8);
            var ids = new ArrayList<Long>(count);
            for (int i = 0; i < count; i++) {
                ids.add(imports.u32(at + 8 + 4L * i));
            }
            found.add(new CrossModuleImport(imports.u32(at), ids));
            at += 8 + 4L * count;
        }
        return List.copyOf(found);
    }

    /** What other modules use of the module. */
    public List<CrossModuleExport> exports() {
        var found = new ArrayList<CrossModuleExport>();
        for (long at = 0; exports.contains(at, 8); at += 8) {
            found.add(new CrossModuleExport(exports.u32(at), exports.u32(at + 4)));
        }
        return List.copyOf(found);
    }

    private static SortedPlaces readInlinees(MsfStream in, SortedPlaces parts) {
        var found = new SortedPlaces.Builder();
        for (int i = 0; i < parts.size(); i++) {
            long start = parts.key(i);
            long end = start + parts.place(i);
            boolean extraFiles = parts.place(i) >= 4 && in.u32(start) == 1;
            for (long at = start + 4; at + 12 <= end; at += 12) {
                found.add(in.u32(at), at);
                if (extraFiles && at + 16 <= end) {
                    at += 4 + 4 * Math.min(in.u32(at + 12), end);
                }
            }
        }
        return found.build();
    }

    private int partOf(int section, long offset) {
        long key = (long) section << 32 | offset;
        int part = lines.floor(key);
        // Of several that begin at the same place only the first has lines as a rule.
        part = part < 0 ? part : lines.first(lines.key(part));
        if (part < 0 || key - lines.key(part) >= in.u32(lines.place(part) + 8)) {
            return -1;
        }
        return part;
    }

    private void forEachOf(int part, Consumer<LineEntry> sink) {
        walk(
                lines.place(part),
                (fileId, line, column) -> {
                    var row = new Nearest(in, Long.MAX_VALUE);
                    row.row(fileId, line, column);
                    sink.accept(row(part, row));
                });
    }

    private LineEntry row(int part, Nearest at) {
        long bits = in.u32(at.line + 4);
        int line = (int) (bits & 0xff_ffff);
        return new LineEntry(
                (int) (lines.key(part) >>> 32),
                (lines.key(part) & 0xffff_ffffL) + at.offset,
                at.fileId,
                line,
                line + (int) (bits >>> 24 & 0x7f),
                at.column < 0 ? 0 : in.u16(at.column),
                at.column < 0 ? 0 : in.u16(at.column + 2),
                bits >>> 31 != 0);
    }

    /** Walks the blocks of a subsection, each with the lines of one file. */
    private void walk(long place, Rows rows) {
        boolean columns = (in.u16(place + 6) & HAS_COLUMNS) != 0;
        long end = place + in.u32(place - 4);
        long at = place + LINES_HEADER;
        while (at + BLOCK_HEADER <= end) {
            long fileId = in.u32(at);
            long count = in.u32(at + 4);
            long lines = at + BLOCK_HEADER;
            count =
                    Math.min(
                            count, (end - lines) / (columns ? LINE_SIZE + COLUMN_SIZE : LINE_SIZE));
            for (long i = 0; i < count; i++) {
                long column = columns ? lines + count * LINE_SIZE + i * COLUMN_SIZE : -1;
                rows.row(fileId, lines + i * LINE_SIZE, column);
            }
            long blockSize = in.u32(at + 8);
            if (blockSize < BLOCK_HEADER) {
                return;
            }
            at += blockSize;
        }
    }

    /** Takes rows as places in the stream. */
    private interface Rows {
        void row(long fileId, long line, long column);
    }

    /** Keeps the row that begins nearest before an offset. */
    private static final class Nearest implements Rows {
        private final MsfStream in;
        private final long target;
        private boolean found;
        private long offset;
        private long fileId;
        private long line;
        private long column;

        Nearest(MsfStream in, long target) {
            this.in = in;
            this.target = target;
        }

        @Override
        public void row(long ofFile, long ofLine, long ofColumn) {
            long begin = in.u32(ofLine);
            if (begin <= target && (!found || begin >= offset)) {
                found = true;
                offset = begin;
                fileId = ofFile;
                line = ofLine;
                column = ofColumn;
            }
        }
    }

    /** Notes where the parts lie. */
    private static final class Parts implements LineSubsection.Sink {
        private final MsfStream in;
        private final SortedPlaces.Builder lines = new SortedPlaces.Builder();
        private final SortedPlaces.Builder inlineeParts = new SortedPlaces.Builder();
        private MsfStream checksums;
        private MsfStream imports;
        private MsfStream exports;

        Parts(MsfStream in) {
            this.in = in;
            checksums = in.slice(0, 0);
            imports = checksums;
            exports = checksums;
        }

        @Override
        public void subsection(LineSubsection kind, long offset, long size) {
            switch (kind) {
                case LINES -> {
                    if (size >= LINES_HEADER) {
                        lines.add((long) in.u16(offset + 4) << 32 | in.u32(offset), offset);
                    }
                }
                case FILE_CHECKSUMS -> checksums = in.slice(offset, size);
                case INLINEE_LINES -> inlineeParts.add(offset, size);
                case CROSS_SCOPE_IMPORTS -> imports = in.slice(offset, size);
                case CROSS_SCOPE_EXPORTS -> exports = in.slice(offset, size);
                default -> {}
            }
        }
    }
}
