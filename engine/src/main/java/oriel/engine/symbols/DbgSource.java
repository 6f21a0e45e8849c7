package oriel.engine.symbols;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.engine.unwind.UnwindSource;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.EmbeddedCodeView;
import oriel.format.pdb.FrameData;
import oriel.format.pdb.FrameDataTable;
import oriel.format.pdb.OmapTable;
import oriel.format.pdb.SymbolRecord;
import oriel.format.pe.CoffDebugInfo;
import oriel.format.pe.CoffSymbol;
import oriel.format.pe.DebugType;
import oriel.format.pe.Section;
import oriel.format.pe.SeparateDebugFile;
import oriel.model.Architecture;
import oriel.model.PdbId;
import oriel.model.SourceLine;

/**
 * Symbols of a DBG file: names and lines by CodeView or COFF, whichever it has, FPO frame data, and
 * the maps of images whose blocks were moved. Read when first asked for.
 */
public final class DbgSource implements SymbolSource {
    private final SeparateDebugFile dbg;
    private final String origin;
    private final Optional<EmbeddedCodeView> codeView;
    private final Optional<FrameDataTable> fpo;
    private final Optional<OmapTable> toSource;
    private final Optional<OmapTable> fromSource;
    private volatile @Nullable Contents contents;

    /**
     * @param origin where it came from, for users
     */
    public DbgSource(SeparateDebugFile dbg, String origin) {
        this.dbg = dbg;
        this.origin = origin;
        codeView = dbg.data(DebugType.CODEVIEW).flatMap(EmbeddedCodeView::of);
        fpo = stream(DebugType.FPO).map(FrameDataTable::fpo);
        toSource = stream(DebugType.OMAP_TO_SRC).map(OmapTable::read);
        fromSource = stream(DebugType.OMAP_FROM_SRC).map(OmapTable::read);
    }

    /** The PDB that holds symbols in the place of this file. */
    public Optional<PdbId> pdb() {
        return dbg.pdb();
    }

    @Override
    public String description() {
        return origin;
    }

    @Override
    public Quality quality() {
        return contents().lines.isEmpty() ? Quality.TABLE : Quality.FULL;
    }

    @Override
    public Optional<RvaSymbol> symbolAt(long rva) {
        long source = sourceRva(rva);
        if (source < 0) {
            return Optional.empty();
        }
        long start = sectionStart(source);
        return contents()
                .symbols
                .at(source)
                .filter(s -> s.rva() >= start)
                .filter(s -> s.sizeBytes() == 0 || source - s.rva() < s.sizeBytes())
                // An address in it is to show the distance that the code had before it was moved.
                .map(s -> at(s, Math.max(0, rva - (source - s.rva()))));
    }

    @Override
    public Optional<SourceLine> lineAt(long rva) {
        long source = sourceRva(rva);
        if (source < 0) {
            return Optional.empty();
        }
        long function = contents().symbols.at(source).map(RvaSymbol::rva).orElse(0L);
        return contents().lines.at(source, Math.max(function, sectionStart(source)));
    }

    @Override
    public List<RvaSymbol> named(String name) {
        var found = new ArrayList<RvaSymbol>();
        contents().symbols.named(name).forEach(s -> inImage(s, found::add));
        return found;
    }

    @Override
    public void forEach(Consumer<RvaSymbol> sink) {
        contents().symbols.forEach(s -> inImage(s, sink));
    }

    @Override
    public Optional<UnwindSource.Caller> callerOf(UnwindSource.Frame frame, LongPredicate isCode) {
        return frame.registers().architecture() == Architecture.X86
                ? frameData(frame.rva()).flatMap(data -> data.callerOf(frame, isCode))
                : Optional.empty();
    }

    @Override
    public long parameterBytes(long rva) {
        return frameData(rva).map(X86FrameData::parameterBytes).orElse(0L);
    }

    private Optional<X86FrameData> frameData(long rva) {
        long source = sourceRva(rva);
        return fpo.flatMap(table -> table.find(source)).map(DbgSource::frameData);
    }

    private static X86FrameData frameData(FrameData data) {
        return new X86FrameData(
                "",
                data.usesEbp(),
                data.parameterBytes(),
                data.savedRegisterBytes(),
                data.localBytes());
    }

    private Optional<MsfStream> stream(DebugType type) {
        return dbg.data(type).map((Bytes data) -> MsfStream.of(data));
    }

    private long sourceRva(long rva) {
        return toSource.isPresent() ? toSource.get().map(rva) : rva;
    }

    /** Hands on a symbol with its address in the image; not when its block was removed. */
    private void inImage(RvaSymbol symbol, Consumer<RvaSymbol> sink) {
        long rva = fromSource.isPresent() ? fromSource.get().map(symbol.rva()) : symbol.rva();
        if (rva >= 0) {
            sink.accept(at(symbol, rva));
        }
    }

    private static RvaSymbol at(RvaSymbol symbol, long rva) {
        return new RvaSymbol(rva, symbol.sizeBytes(), symbol.name(), symbol.function());
    }

    private long sectionStart(long rva) {
        return section(rva).map(Section::rva).orElse(Long.MAX_VALUE);
    }

    private Optional<Section> section(long rva) {
        for (Section section : dbg.sections()) {
            if (section.contains(rva)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    private Contents contents() {
        Contents known = contents;
        if (known == null) {
            known = read();
            contents = known;
        }
        return known;
    }

    /** CodeView tells more; COFF has what that does not. */
    private Contents read() {
        var symbols = new ArrayList<RvaSymbol>();
        var lines = new LineIndex.Builder();
        codeView.ifPresent(
                from -> {
                    from.forEachSymbol(record -> add(record, symbols));
                    from.forEachLine(
                            (section, offset, line, file) ->
                                    lines.add(rva(section, offset), line, file));
                });
        if (symbols.isEmpty() || lines.isEmpty()) {
            dbg.coff()
                    .ifPresent(
                            from -> {
                                if (symbols.isEmpty()) {
                                    addSymbols(from, symbols);
                                }
                                if (lines.isEmpty()) {
                                    from.forEachLine(lines::add);
                                }
                            });
        }
        return new Contents(new SortedSymbols(symbols), lines.build());
    }

    private void add(SymbolRecord record, List<RvaSymbol> symbols) {
        if (record instanceof SymbolRecord.Procedure p) {
            add(rva(p.section(), p.offset()), p.codeSize(), p.name(), symbols);
        } else if (record instanceof SymbolRecord.Thunk t) {
            add(rva(t.section(), t.offset()), t.codeSize(), t.name(), symbols);
        } else if (record instanceof SymbolRecord.Data d) {
            add(rva(d.section(), d.offset()), 0, d.name(), symbols);
        } else if (record instanceof SymbolRecord.Public p) {
            add(rva(p.section(), p.offset()), 0, p.name(), symbols);
        }
    }

    private void add(long rva, long size, String name, List<RvaSymbol> symbols) {
        if (rva >= 0 && !name.isEmpty()) {
            boolean code = section(rva).filter(Section::isExecutable).isPresent();
            symbols.add(new RvaSymbol(rva, size, name, code));
        }
    }

    private long rva(int section, long offset) {
        List<Section> all = dbg.sections();
        return section < 1 || section > all.size() ? -1 : all.get(section - 1).rva() + offset;
    }

    private void addSymbols(CoffDebugInfo from, List<RvaSymbol> symbols) {
        boolean underscored = dbg.architecture().filter(a -> a == Architecture.X86).isPresent();
        var external = new ArrayList<RvaSymbol>();
        from.forEach(
                (CoffSymbol s) -> {
                    // Sections name themselves: .text, .rdata$zzz.
                    if (!s.name().startsWith(".")) {
                        String name = underscored ? ImageSource.plain(s.name()) : s.name();
                        add(from.rva(s), 0, name, s.isExternal() ? external : symbols);
                    }
                });
        symbols.addAll(0, external);
    }

    private record Contents(SortedSymbols symbols, LineIndex lines) {}

    /** Lines by address: of several at one address the last counts. */
    private static final class LineIndex {
        private final Row[] rows;

        private LineIndex(List<Row> rows) {
            this.rows = rows.toArray(new Row[0]);
            Arrays.sort(this.rows, (a, b) -> Long.compare(a.rva, b.rva));
        }

        private record Row(long rva, int line, String file) {}

        boolean isEmpty() {
            return rows.length == 0;
        }

        /** The line that begins nearest before an address, not before another one. */
        Optional<SourceLine> at(long rva, long notBefore) {
            int low = 0;
            int high = rows.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (rows[middle].rva <= rva) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return high < 0 || rows[high].rva < notBefore
                    ? Optional.empty()
                    : Optional.of(new SourceLine(rows[high].file, rows[high].line));
        }

        static final class Builder {
            private final List<Row> rows = new ArrayList<>();

            void add(long rva, int line, String file) {
                if (rva >= 0 && line > 0 && !file.isEmpty()) {
                    rows.add(new Row(rva, line, file));
                }
            }

            boolean isEmpty() {
                return rows.isEmpty();
            }

            LineIndex build() {
                return new LineIndex(rows);
            }
        }
    }
}
