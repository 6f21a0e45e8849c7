package oriel.format.pe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * COFF symbols and lines as debug information: IMAGE_COFF_SYMBOLS_HEADER of winnt.h, then the
 * tables it points to, names of symbols right behind the symbols. Read when it is walked.
 */
public final class CoffDebugInfo {
    private static final int HEADER_SIZE = 32;
    private static final int LINE_SIZE = 6;
    private static final int CLASS_STATIC = 3;
    private static final int CLASS_FILE = 103;

    private final Bytes data;
    private final List<Section> sections;
    private final CoffSymbolTable symbols;
    private final boolean relative;
    private final int lineCount;

    private CoffDebugInfo(Bytes data, List<Section> sections) {
        this.data = data;
        this.sections = sections;
        long first = data.u32(4);
        int count = data.checkedCount(data.u32(0), CoffSymbolTable.ENTRY, first);
        this.symbols = CoffSymbolTable.read(data, first, count);
        this.relative = isRelative();
        long lines = data.u32(8);
        this.lineCount = data.contains(data.u32(12), lines * LINE_SIZE) ? (int) lines : 0;
    }

    /** Takes a line of source. */
    @FunctionalInterface
    public interface LineSink {
        /**
         * @param rva where its code begins
         * @param line number, from 1
         * @param file path of the source, may be empty
         */
        void line(long rva, int line, String file);
    }

    /** Empty when the symbols do not fit into the data. */
    static Optional<CoffDebugInfo> read(Bytes data, List<Section> sections) {
        try {
            return Optional.of(new CoffDebugInfo(data, sections));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Streams all symbols in the order of the table. */
    public void forEach(Consumer<CoffSymbol> sink) {
        symbols.forEach(sink);
    }

    /** Where a symbol lies, -1 when it is no address. */
    public long rva(CoffSymbol symbol) {
        if (!symbol.isAddress() || symbol.sectionNumber() > sections.size()) {
            return -1;
        }
        long base = relative ? sections.get(symbol.sectionNumber() - 1).rva() : 0;
        return base + symbol.value();
    }

    /** Streams the lines in the order of the table; none when that does not fit. */
    public void forEachLine(LineSink sink) {
        long first = data.u32(12);
        var files = new Files();
        symbols.forEach(files);
        String file = "";
        for (int i = 0; i < lineCount; i++) {
            long at = first + (long) i * LINE_SIZE;
            int line = data.u16(at + 4);
            long place = data.u32(at);
            if (line == 0) {
                // Not a line: the function that the next ones belong to.
                file = files.ofSymbol(place);
            } else {
                String exact = files.at(place);
                sink.line(place, line, exact.isEmpty() ? file : exact);
            }
        }
    }

    /**
     * Whether values count from the section: linkers of images write addresses of the image, others
     * offsets as in object files. No address is below the section it is in.
     */
    private boolean isRelative() {
        boolean[] below = {false};
        symbols.forEach(
                s -> {
                    if (s.isAddress() && s.sectionNumber() <= sections.size()) {
                        below[0] |= s.value() < sections.get(s.sectionNumber() - 1).rva();
                    }
                });
        return below[0];
    }

    /**
     * Which source file code comes from: each begins with a symbol of its own, whose name lies in
     * the entries behind it; symbols named like sections tell where its code begins and how long it
     * is.
     */
    private final class Files implements Consumer<CoffSymbol> {
        private final List<Integer> starts = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final TreeMap<Long, Range> ranges = new TreeMap<>();

        private record Range(long end, String file) {}

        @Override
        public void accept(CoffSymbol symbol) {
            if (symbol.storageClass() == CLASS_FILE) {
                starts.add(symbol.index());
                names.add(fileName(symbol));
            } else if (symbol.storageClass() == CLASS_STATIC
                    && symbol.auxiliaryCount() == 1
                    && symbol.index() + 1 < symbols.size()
                    && symbol.name().startsWith(".")
                    && rva(symbol) >= 0
                    && !names.isEmpty()) {
                long start = rva(symbol);
                long length = symbols.auxiliary(symbol.index()).u32(0);
                ranges.put(start, new Range(start + length, names.get(names.size() - 1)));
            }
        }

        private String fileName(CoffSymbol symbol) {
            var text = new StringBuilder();
            int entries = Math.min(symbol.auxiliaryCount(), symbols.size() - symbol.index() - 1);
            for (int i = 0; i < entries; i++) {
                Bytes entry = symbols.auxiliary(symbol.index() + i);
                byte[] bytes = entry.copy(0, (int) entry.size());
                text.append(new String(bytes, StandardCharsets.ISO_8859_1));
            }
            int end = text.indexOf("\0");
            return end < 0 ? text.toString() : text.substring(0, end);
        }

        String ofSymbol(long index) {
            int low = 0;
            int high = starts.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (starts.get(middle) <= index) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return high < 0 ? "" : names.get(high);
        }

        String at(long rva) {
            Map.Entry<Long, Range> found = ranges.floorEntry(rva);
            return found != null && rva < found.getValue().end ? found.getValue().file : "";
        }
    }
}
