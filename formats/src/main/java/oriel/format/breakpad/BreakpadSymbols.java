package oriel.format.breakpad;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;
import oriel.model.LineSink;
import oriel.model.RangeTable;

/**
 * A Breakpad symbol file. Reading notes only where each record stands, about 24 bytes per function;
 * lines, inlined functions and frame data are read from the text when asked for. A record that
 * makes no sense is left out and noted. Immutable, safe for any thread.
 */
public final class BreakpadSymbols {
    private final Bytes text;
    private final BreakpadModule module;
    private final RangeTable files;
    private final RangeTable origins;
    private final RangeTable functions;
    private final RangeTable publics;
    private final RangeTable cfi;
    private final RangeTable frameData;
    private final RangeTable fpo;
    private final List<Diagnostic> diagnostics;
    private volatile long[] byName = {};

    BreakpadSymbols(Bytes text, BreakpadScan scan) {
        this.text = text;
        this.module = scan.module();
        this.files = scan.files.seal();
        this.origins = scan.origins.seal();
        this.functions = scan.functions.sealNested();
        this.publics = scan.publics.seal();
        this.cfi = scan.cfi.sealNested();
        this.frameData = scan.frameData.sealNested();
        this.fpo = scan.fpo.sealNested();
        this.diagnostics = scan.diagnostics();
    }

    /**
     * Reads a symbol file.
     *
     * @throws oriel.bytes.FormatException when it does not begin with a MODULE record
     */
    public static BreakpadSymbols read(Bytes text) {
        return new BreakpadSymbols(text, BreakpadScan.of(text));
    }

    /** Whether bytes begin like a Breakpad symbol file. */
    public static boolean looksLikeSymbols(Bytes text) {
        return text.contains(0, 7) && text.utf8(0, 7).equals("MODULE ");
    }

    /**
     * Which image a file describes, without reading the rest of it.
     *
     * @throws oriel.bytes.FormatException when it does not begin with a MODULE record
     */
    public static BreakpadModule moduleOf(Bytes text) {
        return BreakpadScan.firstLine(text).module();
    }

    /** Which image the file describes. */
    public BreakpadModule module() {
        return module;
    }

    /** Records that were left out. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Number of FUNC records. */
    public int functionCount() {
        return functions.count();
    }

    /** Number of PUBLIC records. */
    public int publicCount() {
        return publics.count();
    }

    /** Number of STACK CFI INIT and STACK WIN records. */
    public int frameCount() {
        return cfi.count() + frameData.count() + fpo.count();
    }

    /**
     * The function that holds an address, or else the nearest PUBLIC before it, unless a function
     * lies between the two.
     */
    public Optional<BreakpadFunction> symbolAt(long rva) {
        int row = functions.holding(rva);
        if (row >= 0) {
            return Optional.of(symbol(functions, row));
        }
        int before = functions.floor(rva);
        int exported = publics.floor(rva);
        if (exported < 0 || before >= 0 && functions.start(before) >= publics.start(exported)) {
            return Optional.empty();
        }
        return Optional.of(symbol(publics, exported));
    }

    /** Streams all FUNC and PUBLIC records, each kind by address. */
    public void forEach(Consumer<BreakpadFunction> sink) {
        for (int i = 0; i < functions.count(); i++) {
            sink.accept(symbol(functions, i));
        }
        for (int i = 0; i < publics.count(); i++) {
            sink.accept(symbol(publics, i));
        }
    }

    /** FUNC and PUBLIC records with exactly this name. The first call makes an index. */
    public List<BreakpadFunction> named(String name) {
        long[] index = nameIndex();
        long hash = TextLines.hash(name.getBytes(StandardCharsets.UTF_8));
        int at = Arrays.binarySearch(index, hash << 32);
        var found = new ArrayList<BreakpadFunction>();
        for (int i = at < 0 ? -at - 1 : at; i < index.length && index[i] >> 32 == hash; i++) {
            int row = (int) index[i];
            BreakpadFunction candidate =
                    row < functions.count()
                            ? symbol(functions, row)
                            : symbol(publics, row - functions.count());
            if (candidate.name().equals(name)) {
                found.add(candidate);
            }
        }
        return found;
    }

    /** The line record that covers an address. */
    public Optional<BreakpadLine> lineAt(long rva) {
        TextLines line = body(rva);
        while (line != null && line.next() && inFunction(line)) {
            if (line.first() == 'I') {
                continue;
            }
            long start = line.hex();
            long size = line.hex();
            long number = line.decimal();
            long file = line.decimal();
            if (start >= 0 && rva >= start && rva - start < size && number >= 0) {
                return Optional.of(
                        new BreakpadLine(start, size, lineNumber(number), name(files, file)));
            }
        }
        return Optional.empty();
    }

    /**
     * Takes where the code of lines begins, for all source files that are wanted.
     *
     * @param wanted is asked with paths as the file has them
     */
    public void forEachLine(Predicate<String> wanted, LineSink sink) {
        var chosen = new HashSet<Long>();
        for (int i = 0; i < files.count(); i++) {
            if (wanted.test(name(files, files.start(i)))) {
                chosen.add(files.start(i));
            }
        }
        for (int i = 0; i < functions.count() && !chosen.isEmpty(); i++) {
            var line = new TextLines(text, functions.value(i));
            line.next();
            while (line.next() && inFunction(line)) {
                if (line.first() == 'I') {
                    continue;
                }
                long start = line.hex();
                line.hex();
                long number = line.decimal();
                if (start >= 0 && number > 0 && chosen.contains(line.decimal())) {
                    sink.accept(lineNumber(number), start);
                }
            }
        }
    }

    /** The INLINE records that cover an address, innermost first. */
    public List<BreakpadInline> inlinedAt(long rva) {
        TextLines line = body(rva);
        var found = new ArrayList<BreakpadInline>();
        while (line != null && line.next() && inFunction(line)) {
            if (line.first() == 'I' && line.take("INLINE")) {
                inline(line.rest().split(" +"), rva).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingInt(BreakpadInline::depth).reversed());
        return found;
    }

    /** The STACK WIN record that covers an address: FRAMEDATA before FPO. */
    public Optional<WindowsFrame> windowsFrameAt(long rva) {
        Optional<WindowsFrame> found = windowsFrame(frameData, rva, true);
        return found.isPresent() ? found : windowsFrame(fpo, rva, false);
    }

    /**
     * The STACK CFI rules in force at an address: those of the INIT record and of every later
     * record up to the address, oldest first; later ones replace earlier ones for the same
     * register. Empty when no INIT record covers the address.
     */
    public List<String> cfiRulesAt(long rva) {
        int row = cfi.holding(rva);
        if (row < 0) {
            return List.of();
        }
        var line = new TextLines(text, cfi.value(row));
        var rules = new ArrayList<String>();
        while (line.next() && line.take("STACK") && line.take("CFI")) {
            boolean init = line.take("INIT");
            if (init != rules.isEmpty()) {
                break;
            }
            long start = line.hex();
            if (start > rva || start < 0) {
                break;
            }
            if (init) {
                line.hex();
            }
            rules.add(line.rest());
        }
        return rules;
    }

    private Optional<WindowsFrame> windowsFrame(RangeTable rows, long rva, boolean isFrameData) {
        int row = rows.holding(rva);
        if (row < 0) {
            return Optional.empty();
        }
        var line = new TextLines(text, rows.value(row));
        if (!line.next()) {
            return Optional.empty();
        }
        for (int i = 0; i < 3; i++) {
            line.word();
        }
        return WindowsFrame.read(isFrameData, line);
    }

    /** Stands before the first record inside the function at an address. */
    private @Nullable TextLines body(long rva) {
        int row = functions.holding(rva);
        if (row < 0) {
            return null;
        }
        var line = new TextLines(text, functions.value(row));
        line.next();
        return line;
    }

    /** Line and INLINE records belong to the FUNC before them; anything else ends it. */
    private static boolean inFunction(TextLines line) {
        int first = line.first();
        return Character.digit(first, 16) >= 0 && !line.take("FUNC") && !line.take("FILE")
                || first == 'I';
    }

    private Optional<BreakpadInline> inline(String[] fields, long rva) {
        // Files written before October 2021 have no file of the call: an odd number of fields.
        int ranges = fields.length % 2 == 0 ? 4 : 3;
        if (fields.length < ranges + 2) {
            return Optional.empty();
        }
        for (int i = ranges; i < fields.length; i += 2) {
            long start = number(fields[i], 16);
            if (start < 0 || rva < start || rva - start >= number(fields[i + 1], 16)) {
                continue;
            }
            long callFile = ranges == 4 ? number(fields[2], 10) : -1;
            return Optional.of(
                    new BreakpadInline(
                            lineNumber(number(fields[0], 10)),
                            name(origins, number(fields[ranges - 1], 10)),
                            lineNumber(number(fields[1], 10)),
                            name(files, callFile)));
        }
        return Optional.empty();
    }

    private String name(RangeTable rows, long id) {
        int row = rows.floor(id);
        if (id < 0 || row < 0 || rows.start(row) != id) {
            return "";
        }
        var line = new TextLines(text, rows.value(row));
        line.next();
        line.word();
        line.word();
        return line.rest();
    }

    private BreakpadFunction symbol(RangeTable rows, int row) {
        var line = new TextLines(text, rows.value(row));
        line.next();
        boolean isPublic = line.take("PUBLIC");
        if (!isPublic) {
            line.word();
        }
        boolean multiple = line.take("m");
        line.word();
        if (!isPublic) {
            line.word();
        }
        long parameters = Math.max(0, line.hex());
        return new BreakpadFunction(
                rows.start(row), rows.size(row), parameters, line.rest(), multiple, isPublic);
    }

    private long[] nameIndex() {
        long[] index = byName;
        int total = functions.count() + publics.count();
        if (index.length == total) {
            return index;
        }
        index = new long[total];
        for (int i = 0; i < total; i++) {
            boolean isFunction = i < functions.count();
            var line =
                    new TextLines(
                            text,
                            isFunction ? functions.value(i) : publics.value(i - functions.count()));
            line.next();
            line.word();
            line.take("m");
            line.word();
            line.word();
            if (isFunction) {
                line.word();
            }
            index[i] = (long) line.restHash() << 32 | i;
        }
        Arrays.sort(index);
        byName = index;
        return index;
    }

    private static long number(String field, int radix) {
        try {
            return Long.parseLong(field, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static int lineNumber(long value) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, value));
    }
}
