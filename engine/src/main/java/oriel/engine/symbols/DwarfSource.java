package oriel.engine.symbols;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import oriel.bytes.Bytes;
import oriel.engine.demangle.NameQuery;
import oriel.format.dwarf.Dwarf;
import oriel.format.dwarf.DwarfFunction;
import oriel.format.dwarf.DwarfInline;
import oriel.format.dwarf.DwarfLine;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.InlineFrame;
import oriel.model.LineSink;
import oriel.model.SourceLine;

/** Functions, inlined functions and lines from the DWARF sections of a MinGW image. */
public final class DwarfSource implements SymbolSource {
    private final Dwarf dwarf;
    private final long imageBase;
    private final String origin;

    private DwarfSource(Dwarf dwarf, long imageBase, String origin) {
        this.dwarf = dwarf;
        this.imageBase = imageBase;
        this.origin = origin;
    }

    /** The debug information of an image file, if it has any that can be read. */
    public static Optional<SymbolSource> of(PeImage image, Bytes file, String origin) {
        Function<String, Bytes> sections = name -> section(image, file, name);
        if (sections.apply(".debug_info").size() == 0) {
            return Optional.empty();
        }
        Dwarf dwarf = Dwarf.of(sections);
        return dwarf.unitCount() == 0
                ? Optional.empty()
                : Optional.of(new DwarfSource(dwarf, image.optionalHeader().imageBase(), origin));
    }

    @Override
    public String description() {
        return "DWARF of " + origin;
    }

    @Override
    public Quality quality() {
        return Quality.FULL;
    }

    @Override
    public Optional<RvaSymbol> symbolAt(long rva) {
        return dwarf.functionAt(imageBase + rva).map(this::symbol);
    }

    @Override
    public Optional<SourceLine> lineAt(long rva) {
        List<DwarfInline> inlines = dwarf.inlinedAt(imageBase + rva);
        Optional<DwarfLine> line =
                inlines.isEmpty()
                        ? dwarf.lineAt(imageBase + rva)
                        : inlines.get(inlines.size() - 1).call();
        return line.map(DwarfSource::line);
    }

    @Override
    public List<InlineFrame> inlinedAt(long rva) {
        List<DwarfInline> inlines = dwarf.inlinedAt(imageBase + rva);
        var frames = new ArrayList<InlineFrame>(inlines.size());
        Optional<DwarfLine> line =
                inlines.isEmpty() ? Optional.empty() : dwarf.lineAt(imageBase + rva);
        for (DwarfInline inline : inlines) {
            String name = name(inline.name(), inline.linkageName());
            frames.add(new InlineFrame(name, line.map(DwarfSource::line)));
            line = inline.call();
        }
        return frames;
    }

    @Override
    public void forEachLine(Predicate<String> wanted, LineSink sink) {
        dwarf.forEachLine(wanted, (line, address) -> sink.accept(line, address - imageBase));
    }

    @Override
    public List<RvaSymbol> named(String name) {
        var found = new ArrayList<RvaSymbol>();
        var query = new NameQuery(name);
        dwarf.forEachFunction(
                f -> {
                    if (f.name().equals(name) || query.matches(f.linkageName())) {
                        found.add(symbol(f));
                    }
                });
        return found;
    }

    @Override
    public void forEach(Consumer<RvaSymbol> sink) {
        dwarf.forEachFunction(f -> sink.accept(symbol(f)));
    }

    private RvaSymbol symbol(DwarfFunction function) {
        return new RvaSymbol(
                function.address() - imageBase,
                function.sizeBytes(),
                name(function.name(), function.linkageName()),
                true);
    }

    /** The name of the linker has the scopes that the other lacks. */
    private static String name(String name, String linkageName) {
        return linkageName.isEmpty() ? name : linkageName;
    }

    private static SourceLine line(DwarfLine line) {
        return new SourceLine(
                line.file(),
                line.line(),
                line.column() > 0 ? OptionalInt.of(line.column()) : OptionalInt.empty());
    }

    /** Debug sections lie in the file only; their last page may be cut. */
    private static Bytes section(PeImage image, Bytes file, String name) {
        for (Section section : image.sections()) {
            long size = Math.min(section.rawSizeBytes(), section.virtualSizeBytes());
            if (section.name().equals(name) && file.contains(section.rawFileOffset(), size)) {
                return file.slice(section.rawFileOffset(), size);
            }
        }
        return file.slice(0, 0);
    }
}
