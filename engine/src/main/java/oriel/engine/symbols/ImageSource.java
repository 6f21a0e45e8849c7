package oriel.engine.symbols;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.engine.demangle.NameQuery;
import oriel.format.pe.CoffSymbolTable;
import oriel.format.pe.ExportTable;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.Architecture;

/**
 * Names that an image carries itself: its exports, or the COFF symbols that MinGW leaves in it.
 * Read when first asked for.
 */
public final class ImageSource implements SymbolSource {
    private static final RvaSymbol[] UNREAD = {};
    private static final Comparator<RvaSymbol> BY_RVA = Comparator.comparingLong(RvaSymbol::rva);

    private final PeImage image;
    private final String origin;
    private final Quality quality;
    private volatile RvaSymbol[] symbols = UNREAD;

    private ImageSource(PeImage image, String origin, Quality quality) {
        this.image = image;
        this.origin = origin;
        this.quality = quality;
    }

    /** What an image has to offer: exports and a symbol table are two sources. */
    public static List<SymbolSource> of(PeImage image, String origin) {
        var sources = new ArrayList<SymbolSource>();
        if (image.coffHeader().symbolCount() > 0 && image.layout() == PeImage.Layout.FILE) {
            sources.add(new ImageSource(image, origin, Quality.TABLE));
        }
        if (image.exports().isPresent()) {
            sources.add(new ImageSource(image, origin, Quality.EXPORTS));
        }
        return sources;
    }

    @Override
    public String description() {
        return (quality == Quality.TABLE ? "COFF symbols of " : "exports of ") + origin;
    }

    @Override
    public Quality quality() {
        return quality;
    }

    @Override
    public Optional<RvaSymbol> symbolAt(long rva) {
        RvaSymbol[] all = symbols();
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (all[middle].rva() <= rva) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return Optional.empty();
        }
        // Of several names for one address the first is the best.
        int best = high;
        while (best > 0 && all[best - 1].rva() == all[high].rva()) {
            best--;
        }
        long start = image.sectionAt(rva).map(Section::rva).orElse(Long.MAX_VALUE);
        return all[best].rva() >= start ? Optional.of(all[best]) : Optional.empty();
    }

    @Override
    public List<RvaSymbol> named(String name) {
        var found = new ArrayList<RvaSymbol>(1);
        var query = new NameQuery(name);
        for (RvaSymbol symbol : symbols()) {
            if (query.matches(symbol.name())) {
                found.add(symbol);
            }
        }
        return found;
    }

    @Override
    public void forEach(Consumer<RvaSymbol> sink) {
        for (RvaSymbol symbol : symbols()) {
            sink.accept(symbol);
        }
    }

    private RvaSymbol[] symbols() {
        RvaSymbol[] known = symbols;
        if (known == UNREAD) {
            var list = new ArrayList<RvaSymbol>();
            if (quality == Quality.TABLE) {
                image.coffSymbols().ifPresent(table -> readTable(table, list));
            } else {
                image.exports().ifPresent(table -> readExports(table, list));
            }
            known = list.toArray(new RvaSymbol[0]);
            symbols = known;
        }
        return known;
    }

    private void readExports(ExportTable table, List<RvaSymbol> list) {
        table.forEach(
                export -> {
                    if (export.forwarder().isEmpty()) {
                        String name = export.name().orElse("Ordinal" + export.ordinal());
                        list.add(new RvaSymbol(export.rva(), 0, name, isCode(export.rva())));
                    }
                });
        list.sort(BY_RVA);
    }

    private void readTable(CoffSymbolTable table, List<RvaSymbol> list) {
        boolean underscored = image.architecture().filter(a -> a == Architecture.X86).isPresent();
        var external = new ArrayList<RvaSymbol>();
        table.forEach(
                s -> {
                    // Sections name themselves: .text, .rdata$zzz.
                    if (!s.isAddress()
                            || s.name().isEmpty()
                            || s.name().startsWith(".")
                            || s.sectionNumber() > image.sections().size()) {
                        return;
                    }
                    long rva = image.sections().get(s.sectionNumber() - 1).rva() + s.value();
                    String name =
                            underscored && isPlainC(s.name()) ? s.name().substring(1) : s.name();
                    var symbol = new RvaSymbol(rva, 0, name, s.isFunction() || isCode(rva));
                    (s.isExternal() ? external : list).add(symbol);
                });
        list.addAll(0, external);
        list.sort(BY_RVA);
    }

    /** The underscore of C names on x86, which goes; others say how they are called, or are C++. */
    private static boolean isPlainC(String name) {
        return name.startsWith("_") && name.indexOf('@') < 0 && !name.startsWith("__Z");
    }

    private boolean isCode(long rva) {
        return image.sectionAt(rva).filter(Section::isExecutable).isPresent();
    }
}
