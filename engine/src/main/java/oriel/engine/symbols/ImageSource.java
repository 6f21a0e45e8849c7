package oriel.engine.symbols;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    private final PeImage image;
    private final String origin;
    private final Quality quality;
    private volatile @Nullable SortedSymbols symbols;

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
        long start = image.sectionAt(rva).map(Section::rva).orElse(Long.MAX_VALUE);
        return symbols().at(rva).filter(found -> found.rva() >= start);
    }

    @Override
    public List<RvaSymbol> named(String name) {
        return symbols().named(name);
    }

    @Override
    public void forEach(Consumer<RvaSymbol> sink) {
        symbols().forEach(sink);
    }

    private SortedSymbols symbols() {
        SortedSymbols known = symbols;
        if (known == null) {
            var list = new ArrayList<RvaSymbol>();
            if (quality == Quality.TABLE) {
                image.coffSymbols().ifPresent(table -> readTable(table, list));
            } else {
                image.exports().ifPresent(table -> readExports(table, list));
            }
            known = new SortedSymbols(list);
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
                    String name = underscored ? plain(s.name()) : s.name();
                    var symbol = new RvaSymbol(rva, 0, name, s.isFunction() || isCode(rva));
                    (s.isExternal() ? external : list).add(symbol);
                });
        list.addAll(0, external);
    }

    /** A C name of x86 without its underscore; others say how they are called, or are C++. */
    static String plain(String name) {
        boolean plainC = name.startsWith("_") && name.indexOf('@') < 0 && !name.startsWith("__Z");
        return plainC ? name.substring(1) : name;
    }

    private boolean isCode(long rva) {
        return image.sectionAt(rva).filter(Section::isExecutable).isPresent();
    }
}
