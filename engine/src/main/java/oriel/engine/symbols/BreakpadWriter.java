package oriel.engine.symbols;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.engine.unwind.CallFrameRecords;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.pe.PeImage;
import oriel.model.InlineFrame;
import oriel.model.SourceLine;

/**
 * Writes the symbols of any source as a Breakpad {@code .sym} file: FUNC with lines and INLINE
 * records, PUBLIC for symbols without a size, STACK WIN from the frame data of the symbols, and
 * STACK CFI from the unwind data of the image where there is one. For one thread.
 */
public final class BreakpadWriter {
    /** Larger functions are not real; their lines would take for ever. */
    private static final long LARGEST_FUNCTION = 1 << 24;

    private final SymbolSource source;
    private final Appendable out;
    private final Map<String, Integer> files = new HashMap<>();
    private final Map<String, Integer> origins = new HashMap<>();
    private final StringBuilder heads = new StringBuilder();
    private final StringBuilder body = new StringBuilder();

    private BreakpadWriter(SymbolSource source, Appendable out) {
        this.source = source;
        this.out = out;
    }

    /**
     * Writes a file.
     *
     * @param module its MODULE and INFO records
     * @param image whose unwind data is written too
     * @param out gets the text, lines ended by LF
     * @throws IOException when {@code out} throws it
     */
    public static void write(
            BreakpadModule module, SymbolSource source, Optional<PeImage> image, Appendable out)
            throws IOException {
        out.append("MODULE ").append(module.system()).append(' ').append(module.cpu());
        out.append(' ').append(module.id()).append(' ').append(module.name()).append('\n');
        if (!module.codeId().isEmpty()) {
            // Stores write the size in lower case, Breakpad in upper case.
            out.append("INFO CODE_ID ").append(module.codeId().toUpperCase(Locale.ROOT));
            out.append(' ').append(module.codeFile()).append('\n');
        }
        new BreakpadWriter(source, out).symbols();
        if (image.isPresent()) {
            CallFrameRecords.write(image.get(), out);
        }
    }

    private void symbols() throws IOException {
        var all = new ArrayList<RvaSymbol>();
        source.forEach(
                s -> {
                    if (s.function()) {
                        all.add(s);
                    }
                });
        // Of several names for one address the one with a size counts, the others are folded.
        all.sort(
                Comparator.comparingLong(RvaSymbol::rva)
                        .thenComparing(Comparator.comparingLong(RvaSymbol::sizeBytes).reversed()));
        var publics = new ArrayList<RvaSymbol>();
        for (int i = 0; i < all.size(); ) {
            RvaSymbol symbol = all.get(i);
            int next = i + 1;
            while (next < all.size() && all.get(next).rva() == symbol.rva()) {
                next++;
            }
            boolean folded = named(all, i, next) > 1;
            if (symbol.sizeBytes() > 0 && symbol.sizeBytes() <= LARGEST_FUNCTION) {
                function(symbol, folded);
            } else {
                publics.add(symbol);
            }
            i = next;
        }
        for (RvaSymbol symbol : publics) {
            out.append("PUBLIC ").append(Long.toHexString(symbol.rva())).append(' ');
            out.append(Long.toHexString(source.parameterBytes(symbol.rva()))).append(' ');
            out.append(symbol.name()).append('\n');
        }
        source.writeFrames(out);
    }

    /** How many of the symbols of one address are functions of their own: they have a size. */
    private static int named(List<RvaSymbol> all, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (all.get(i).sizeBytes() > 0) {
                count++;
            }
        }
        return count;
    }

    private void function(RvaSymbol symbol, boolean folded) throws IOException {
        heads.setLength(0);
        body.setLength(0);
        Map<String, StringBuilder> inlines = new LinkedHashMap<>();
        long end = symbol.rva() + symbol.sizeBytes();
        long start = symbol.rva();
        Place place = placeAt(start);
        for (long rva = start + 1; rva <= end; rva++) {
            Place next = rva < end ? placeAt(rva) : Place.NONE;
            if (rva == end || !next.equals(place)) {
                add(place, start, rva - start, inlines);
                start = rva;
                place = next;
            }
        }
        out.append(heads);
        out.append("FUNC ").append(folded ? "m " : "").append(Long.toHexString(symbol.rva()));
        out.append(' ').append(Long.toHexString(symbol.sizeBytes()));
        out.append(' ').append(Long.toHexString(source.parameterBytes(symbol.rva())));
        out.append(' ').append(symbol.name()).append('\n');
        for (Map.Entry<String, StringBuilder> inline : inlines.entrySet()) {
            out.append("INLINE ").append(inline.getKey()).append(inline.getValue()).append('\n');
        }
        out.append(body);
    }

    /** What the sources say of an address. */
    private record Place(Optional<SourceLine> line, List<InlineFrame> inlined) {
        static final Place NONE = new Place(Optional.empty(), List.of());
    }

    private Place placeAt(long rva) {
        return new Place(source.lineAt(rva), source.inlinedAt(rva));
    }

    private void add(Place place, long rva, long size, Map<String, StringBuilder> inlines) {
        Optional<SourceLine> innermost = place.line;
        for (int i = 0; i < place.inlined.size(); i++) {
            InlineFrame frame = place.inlined.get(i);
            innermost = i == 0 ? frame.line() : innermost;
            Optional<SourceLine> call =
                    i + 1 < place.inlined.size() ? place.inlined.get(i + 1).line() : place.line;
            int depth = place.inlined.size() - 1 - i;
            String key =
                    depth
                            + " "
                            + call.map(SourceLine::line).orElse(0)
                            + " "
                            + call.map(this::file).orElse(0)
                            + " "
                            + origin(frame.name());
            StringBuilder ranges = inlines.computeIfAbsent(key, k -> new StringBuilder());
            ranges.append(' ').append(Long.toHexString(rva));
            ranges.append(' ').append(Long.toHexString(size));
        }
        if (innermost.isPresent()) {
            body.append(Long.toHexString(rva)).append(' ').append(Long.toHexString(size));
            body.append(' ').append(innermost.get().line());
            body.append(' ').append(file(innermost.get())).append('\n');
        }
    }

    private int file(SourceLine line) {
        Integer known = files.get(line.file());
        if (known == null) {
            known = files.size();
            files.put(line.file(), known);
            heads.append("FILE ").append(known).append(' ').append(line.file()).append('\n');
        }
        return known;
    }

    private int origin(String name) {
        Integer known = origins.get(name);
        if (known == null) {
            known = origins.size();
            origins.put(name, known);
            heads.append("INLINE_ORIGIN ").append(known).append(' ').append(name).append('\n');
        }
        return known;
    }
}
