package oriel.bench.symbols;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.FileChecksum;
import oriel.format.pdb.Inlinee;
import oriel.format.pdb.ModuleLines;
import oriel.format.pdb.ModuleStream;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;
import oriel.format.pdb.SymbolRecord;
import oriel.format.pdb.TypeRecord;

/**
 * Foretells what llvm-symbolizer 19 says of an address, by its own reading of the records: of
 * inline sites (every row is followed by what its length says), of several rows at one address (the
 * first), of functions with several files ({@link LlvmLines}), and of lines that compilers mark as
 * hidden (shown as they are). Only names of inlined functions are left out, but for their last
 * part. Written down so that a difference to Oriel is either foretold here or counts as an error.
 */
final class LlvmRules {
    /** Marks a function of another module, at which the tool crashes. */
    static final long IMPORTED = 0x8000_0000L;

    private final Pdb pdb;
    private final Dbi dbi;
    private final Map<Integer, LlvmLines> lists = new HashMap<>();

    LlvmRules(Pdb pdb) {
        this.pdb = pdb;
        this.dbi = pdb.dbi().orElseThrow();
    }

    /** What it will say; empty when it finds no procedure there. */
    Optional<Foretold> at(long rva) {
        int section = dbi.sections().sectionOf(rva);
        long offset = section == 0 ? 0 : dbi.sections().offsetIn(section, rva);
        int part = section == 0 ? -1 : dbi.contributions().find(section, offset);
        if (part < 0) {
            return Optional.empty();
        }
        int index = dbi.contributions().module(part);
        return pdb.module(dbi.modules().get(index))
                .flatMap(module -> within(module, index, section, offset));
    }

    /**
     * What the tool will say.
     *
     * @param sites inlined functions, innermost first
     * @param line of the function around them
     * @param atRow whether a row begins at the very address
     * @param folded lines of other functions at this place, of which it may take one
     * @param own all lines of the function
     */
    record Foretold(
            List<Site> sites, String line, boolean atRow, Set<String> folded, Set<String> own) {
        boolean crashes() {
            return sites.stream().anyMatch(s -> s.id() >= IMPORTED);
        }

        boolean isFolded(Answer theirs) {
            return !theirs.lines().get(0).equals(line);
        }

        boolean matches(Answer theirs) {
            if (theirs.frames().size() != sites.size() + 1) {
                return false;
            }
            String outer = theirs.frames().get(sites.size()).line();
            return (outer.equals(line) || folded.contains(outer)) && hasSites(theirs);
        }

        /** Whether it took another row of the same function than foretold. */
        boolean isOtherRow(Answer theirs) {
            return theirs.frames().size() == sites.size() + 1
                    && own.contains(theirs.frames().get(sites.size()).line())
                    && hasSites(theirs);
        }

        /** Whether a line is one of this function, or of another that was folded into it. */
        boolean mayTake(String outer) {
            return own.contains(outer) || folded.contains(outer);
        }

        private boolean hasSites(Answer theirs) {
            for (int i = 0; i < sites.size(); i++) {
                if (!theirs.frames().get(i).name().endsWith(sites.get(i).name())
                        || !theirs.frames().get(i).line().equals(sites.get(i).line())) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * An inlined function.
     *
     * @param id its number
     * @param name the last part of its name
     * @param line as file:line
     */
    record Site(long id, String name, String line) {}

    private Optional<Foretold> within(ModuleStream module, int index, int section, long offset) {
        ModuleLines lines = ModuleLines.read(module.lines());
        SymbolCursor cursor = module.cursor();
        @Nullable List<Site> sites = null;
        Set<String> other = new HashSet<>();
        while (cursor.next()) {
            if (SymbolKind.isProcedure(cursor.kind())
                    && SymbolRecord.read(cursor.record()) instanceof SymbolRecord.Procedure p) {
                if (p.section() == section
                        && offset >= p.offset()
                        && offset - p.offset() < p.codeSize()) {
                    if (sites == null) {
                        sites = sites(cursor, p.scopeEnd(), offset - p.offset(), lines);
                    } else {
                        lines.forEach(
                                row -> {
                                    if (row.section() == section
                                            && row.offset() >= p.offset()
                                            && row.offset() <= offset) {
                                        other.add(path(lines, row.fileId()) + ":" + row.line());
                                    }
                                });
                    }
                }
                cursor.skipTo(p.scopeEnd());
            }
        }
        if (sites == null) {
            return Optional.empty();
        }
        LlvmLines list =
                lists.computeIfAbsent(index, i -> new LlvmLines(module.lines(), dbi.sections()));
        long rva = dbi.sections().rva(section, offset);
        LlvmLines.Entry row = list.find(rva);
        String line = row.ends() ? "??:0" : path(lines, row.fileId()) + ":" + row.line();
        var own = new HashSet<String>();
        lines.forEachIn(section, offset, r -> own.add(path(lines, r.fileId()) + ":" + r.line()));
        return Optional.of(new Foretold(sites, line, row.rva() == rva, other, own));
    }

    private List<Site> sites(SymbolCursor cursor, long scopeEnd, long offset, ModuleLines lines) {
        var sites = new ArrayList<Site>();
        while (cursor.next() && cursor.offset() < scopeEnd) {
            boolean first = cursor.kind() == SymbolKind.INLINESITE;
            if (!first && cursor.kind() != SymbolKind.INLINESITE2) {
                continue;
            }
            var program = new Program(cursor.record(), first ? 16 : 20);
            if (!program.holds(offset)) {
                cursor.skipTo(cursor.u32(8));
                continue;
            }
            long id = cursor.u32(12);
            Optional<Inlinee> inlinee = lines.inlinee(id);
            Program place = new Program(cursor.record(), first ? 16 : 20).lineAt(offset);
            String line =
                    inlinee.map(
                                    i ->
                                            path(lines, place.file == 0 ? i.fileId() : place.file)
                                                    + ":"
                                                    + (i.line() + place.line))
                            .orElse("??:0");
            sites.add(0, new Site(id, name(id), line));
        }
        return sites;
    }

    private String name(long id) {
        if (id >= IMPORTED || !pdb.ids().contains(id)) {
            return "";
        }
        return switch (TypeRecord.read(pdb.ids().record(id))) {
            case TypeRecord.FunctionId f -> f.name();
            case TypeRecord.MemberFunctionId f -> f.name();
            default -> "";
        };
    }

    private String path(ModuleLines lines, long fileId) {
        Optional<FileChecksum> file = lines.file(fileId);
        return file.isPresent() && pdb.names().isPresent()
                ? pdb.names().get().at(file.get().nameOffset()).replace('/', '\\')
                : "??";
    }

    /** Runs the program of an inline site as the tool does. For one run. */
    private static final class Program {
        private final Bytes record;
        private long at;
        private long line;
        private long file;

        Program(Bytes record, int start) {
            this.record = record;
            this.at = start;
        }

        /**
         * Whether a row holds the offset; a row that ends where another with a length begins does
         * not count.
         */
        boolean holds(long offset) {
            long code = 0;
            boolean begun = false;
            for (long op = number(); op > 0; op = number()) {
                if (op == 4) {
                    code += number();
                    if (begun && offset < code) {
                        return true;
                    }
                    begun = false;
                } else if (op == 12) {
                    long length = number();
                    code += number();
                    if (offset >= code && offset < code + length) {
                        return true;
                    }
                    begun = false;
                } else {
                    long operand = number();
                    if (op == 1 || op == 3 || op == 11) {
                        code += op == 11 ? operand & 0xf : operand;
                        begun |= offset >= code;
                    }
                }
            }
            return false;
        }

        /** The line of the row that holds the offset; by another rule than {@link #holds}. */
        Program lineAt(long offset) {
            var rows = new Rows();
            for (long op = number(); op > 0; op = number()) {
                switch ((int) op) {
                    case 1, 2, 3 -> {
                        long delta = number();
                        rows.code += delta;
                        rows.step(delta);
                    }
                    case 4 -> rows.step(number());
                    case 5 -> rows.file(number());
                    case 6 -> rows.line(signed(number()));
                    case 11 -> {
                        long both = number();
                        rows.code += both & 0xf;
                        rows.step(both & 0xf);
                        rows.line(signed(both >>> 4));
                    }
                    case 12 -> {
                        long length = number();
                        long delta = number();
                        rows.code += delta;
                        rows.step(delta);
                        if (rows.ends(offset)) {
                            break;
                        }
                        rows.step(length);
                    }
                    default -> number();
                }
                if (rows.ends(offset)) {
                    break;
                }
            }
            line = rows.line;
            file = rows.file;
            return this;
        }

        private static long signed(long number) {
            return (number & 1) != 0 ? -(number >>> 1) : number >>> 1;
        }

        private long number() {
            if (at >= record.size()) {
                return -1;
            }
            int first = record.u8(at++);
            if ((first & 0x80) == 0) {
                return first;
            }
            if ((first & 0xc0) == 0x80 && at < record.size()) {
                return (first & 0x3f) << 8 | record.u8(at++);
            }
            if (at + 3 <= record.size()) {
                at += 3;
                return (first & 0x1fL) << 24
                        | record.u8(at - 3) << 16
                        | record.u8(at - 2) << 8
                        | record.u8(at - 1);
            }
            return -1;
        }
    }

    /** One row at a time: where it begins and ends, its line, and those that come after it. */
    private static final class Rows {
        private long code;
        private long line;
        private long file;
        private long start = -1;
        private long end = -1;
        private @Nullable Long now;
        private @Nullable Long then;
        private long nextFile;
        private boolean found;

        void step(long distance) {
            if (start < 0) {
                start = code;
            } else if (end < 0) {
                end = start + distance;
            }
        }

        void line(long delta) {
            if (now == null) {
                now = delta;
            } else {
                then = now + delta;
            }
        }

        void file(long id) {
            if (start < 0) {
                file = id;
            } else {
                nextFile = id;
            }
        }

        /** Whether this is the row of the offset; moves on to the next one otherwise. */
        boolean ends(long offset) {
            Long current = now;
            if (found || start < 0 || end < 0 || current == null) {
                return found;
            }
            if (start <= offset && offset < end) {
                line = current;
                found = true;
                return true;
            }
            if (nextFile != 0) {
                file = nextFile;
                nextFile = 0;
            }
            if (then != null) {
                now = then;
                then = null;
            }
            start = end;
            end = -1;
            return false;
        }
    }
}
