package oriel.engine.symbols.pdb;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.X86FrameData;
import oriel.engine.symbols.source.SourceIndex;
import oriel.engine.unwind.UnwindSource;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.LineEntry;
import oriel.format.pdb.Pdb;
import oriel.model.Architecture;
import oriel.model.InlineFrame;
import oriel.model.LineSink;
import oriel.model.SourceLine;

/**
 * Symbols of an image from its PDB. Lazy: a lookup goes from the address through the section
 * contributions to one module, and reads that module only. What was indexed is kept as long as
 * memory allows. Safe for any thread.
 */
public final class PdbSymbolSource implements SymbolSource {
    private final Pdb pdb;
    private final String description;
    private final Optional<Dbi> dbi;
    private final Optional<ImageAddresses> addresses;
    private final AtomicReferenceArray<SoftReference<PdbModule>> modules;
    private final FunctionIds functionIds;
    private final PublicSymbols publics;
    private final GlobalSymbols globals;
    private final X86Frames frames;
    private volatile @Nullable SourceIndex sourceIndex;

    private PdbSymbolSource(Pdb pdb, String description) {
        this.pdb = pdb;
        this.description = description;
        this.dbi = pdb.dbi();
        this.addresses = dbi.map(ImageAddresses::new);
        this.modules = new AtomicReferenceArray<>(dbi.map(d -> d.modules().size()).orElse(0));
        this.functionIds = new FunctionIds(pdb, this::module);
        this.publics = new PublicSymbols(pdb);
        this.globals = new GlobalSymbols(pdb);
        this.frames = new X86Frames(pdb);
    }

    /**
     * Opens a PDB file.
     *
     * @throws IOException when the file cannot be read
     * @throws FormatException when it is no PDB that can be read; the message names what it is
     */
    public static PdbSymbolSource open(Path file) throws IOException {
        return of(Pdb.open(Bytes.open(file)), file.toString());
    }

    /**
     * Symbols of an open PDB.
     *
     * @param description where it came from, for users
     */
    public static PdbSymbolSource of(Pdb pdb, String description) {
        return new PdbSymbolSource(pdb, description);
    }

    /** The PDB itself. */
    public Pdb pdb() {
        return pdb;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Quality quality() {
        return Quality.FULL;
    }

    /** The public symbols of the linker cover what has no debug information. */
    @Override
    public boolean knowsAllFunctions() {
        return true;
    }

    @Override
    public Optional<RvaSymbol> symbolAt(long rva) {
        long place = place(rva);
        if (place < 0) {
            return Optional.empty();
        }
        try {
            Optional<Procedure> procedure = procedureAt(place);
            if (procedure.isPresent()) {
                Procedure found = procedure.get();
                long start = addresses.orElseThrow().startFor(found.place(), place, rva);
                return Optional.of(new RvaSymbol(start, found.sizeBytes(), found.name(), true));
            }
            return other(place);
        } catch (FormatException e) {
            pdb.report("symbols", e);
            return Optional.empty();
        }
    }

    @Override
    public Optional<SourceLine> lineAt(long rva) {
        long place = place(rva);
        if (place < 0) {
            return Optional.empty();
        }
        try {
            return moduleOf(place).flatMap(module -> line(module, place));
        } catch (FormatException e) {
            pdb.report("lines", e);
            return Optional.empty();
        }
    }

    @Override
    public List<InlineFrame> inlinedAt(long rva) {
        long place = place(rva);
        if (place < 0) {
            return List.of();
        }
        try {
            Optional<Procedure> procedure = procedureAt(place);
            if (procedure.isEmpty()) {
                return List.of();
            }
            var frames = new ArrayList<InlineFrame>();
            for (InlineChain.Site site : InlineChain.at(procedure.get(), place)) {
                frames.add(
                        new InlineFrame(
                                functionIds.name(procedure.get().module(), site.functionId()),
                                line(procedure.get().module(), site)));
            }
            return List.copyOf(frames);
        } catch (FormatException e) {
            pdb.report("inline sites", e);
            return List.of();
        }
    }

    @Override
    public List<RvaSymbol> named(String name) {
        var found = new ArrayList<RvaSymbol>();
        if (addresses.isPresent()) {
            try {
                globals.named(name, this::module, addresses.get(), found);
                publics.named(name, addresses.get(), found);
            } catch (FormatException e) {
                pdb.report("names", e);
            }
        }
        return List.copyOf(found);
    }

    @Override
    public void forEach(Consumer<RvaSymbol> sink) {
        if (addresses.isEmpty()) {
            return;
        }
        for (int i = 0; i < modules.length(); i++) {
            Optional<PdbModule> module = module(i);
            if (module.isPresent()) {
                for (int p = 0; p < module.get().procedureCount(); p++) {
                    module.get().procedure(p).ifPresent(found -> symbols(found, sink));
                }
            }
        }
        try {
            globals.forEachVariable(addresses.get(), sink);
            publics.forEach(addresses.get(), sink);
        } catch (FormatException e) {
            pdb.report("publics", e);
        }
    }

    @Override
    public void forEachLine(Predicate<String> wanted, LineSink sink) {
        if (addresses.isEmpty() || pdb.names().isEmpty()) {
            return;
        }
        for (int i = 0; i < modules.length(); i++) {
            try {
                // The list of source files spares reading the lines of every module.
                List<String> files = dbi.orElseThrow().sourceFiles().of(i);
                if (files.isEmpty() || files.stream().anyMatch(wanted)) {
                    module(i).ifPresent(module -> lines(module, wanted, sink));
                }
            } catch (FormatException e) {
                pdb.report("lines", e);
            }
        }
    }

    private void lines(PdbModule module, Predicate<String> wanted, LineSink sink) {
        var chosen = new HashMap<Long, Boolean>();
        module.lines()
                .forEach(
                        row -> {
                            boolean take =
                                    !row.isHidden()
                                            && chosen.computeIfAbsent(
                                                    row.fileId(),
                                                    id -> wanted.test(fileName(module, id)));
                            long rva = take ? rvaOf(place(row)) : -1;
                            if (rva >= 0) {
                                sink.accept(row.line(), rva);
                            }
                        });
    }

    private static long place(LineEntry row) {
        return ImageAddresses.place(row.section(), row.offset());
    }

    private String fileName(PdbModule module, long fileId) {
        long name = module.lines().fileNameOffset(fileId);
        return name < 0 ? "" : pdb.names().orElseThrow().at(name);
    }

    @Override
    public Optional<UnwindSource.Caller> callerOf(UnwindSource.Frame frame, LongPredicate isCode) {
        if (addresses.isEmpty() || frame.registers().architecture() != Architecture.X86) {
            return Optional.empty();
        }
        try {
            return frames.at(addresses.get().sourceRva(frame.rva()))
                    .flatMap(data -> data.callerOf(frame, isCode));
        } catch (FormatException e) {
            pdb.report("frame data", e);
            return Optional.empty();
        }
    }

    @Override
    public SourceIndex sourceIndex() {
        SourceIndex known = sourceIndex;
        if (known == null) {
            known = SourceIndex.of(pdb);
            sourceIndex = known;
        }
        return known;
    }

    @Override
    public void writeFrames(Appendable out) throws IOException {
        if (addresses.isEmpty()) {
            return;
        }
        try {
            new WindowsFrameRecords(pdb, addresses.get(), out).write();
        } catch (FormatException e) {
            pdb.report("frame data", e);
        }
    }

    @Override
    public long parameterBytes(long rva) {
        if (addresses.isEmpty()) {
            return 0;
        }
        try {
            return frames.at(addresses.get().sourceRva(rva))
                    .map(X86FrameData::parameterBytes)
                    .orElse(0L);
        } catch (FormatException e) {
            pdb.report("frame data", e);
            return 0;
        }
    }

    /** A variable of the program with its type, by its exact name. */
    public Optional<TypedVariable> variable(String name) {
        try {
            return addresses.flatMap(image -> globals.typed(name, image));
        } catch (FormatException e) {
            pdb.report("variables", e);
            return Optional.empty();
        }
    }

    /** The PDB among several sources of a module, if there is one. */
    public static Optional<PdbSymbolSource> among(List<SymbolSource> sources) {
        for (SymbolSource source : sources) {
            if (source instanceof PdbSymbolSource pdb) {
                return Optional.of(pdb);
            }
        }
        return Optional.empty();
    }

    /** The procedure that holds an address, with its module. */
    Optional<Procedure> procedureAtRva(long rva) {
        long place = place(rva);
        return place < 0 ? Optional.empty() : procedureAt(place);
    }

    /** Address of a place, -1 when there is no such section. */
    long rvaOf(long place) {
        return addresses.isPresent() ? addresses.get().rva(place) : -1;
    }

    /** Name of a function that was inlined into a module. */
    String functionName(PdbModule module, long id) {
        return functionIds.name(module, id);
    }

    /** x86: what variables of a frame count from, when frame data tells. */
    OptionalLong virtualFrame(UnwindSource.Frame frame, LongPredicate isCode) {
        if (addresses.isEmpty() || frame.registers().architecture() != Architecture.X86) {
            return OptionalLong.empty();
        }
        Optional<X86FrameData> data = frames.at(addresses.get().sourceRva(frame.rva()));
        return data.isPresent() ? data.get().virtualFrame(frame, isCode) : OptionalLong.empty();
    }

    /** Section and offset of an address, -1 when it lies in no section. */
    long place(long rva) {
        return addresses.isPresent() && rva >= 0 ? addresses.get().place(rva) : -1;
    }

    private Optional<Procedure> procedureAt(long place) {
        return moduleOf(place).flatMap(module -> module.procedureAt(place));
    }

    private Optional<PdbModule> moduleOf(long place) {
        var contributions = dbi.orElseThrow().contributions();
        int found = contributions.find(ImageAddresses.section(place), ImageAddresses.offset(place));
        return found < 0 ? Optional.empty() : module(contributions.module(found));
    }

    private Optional<PdbModule> module(int index) {
        if (index < 0 || index >= modules.length()) {
            return Optional.empty();
        }
        SoftReference<PdbModule> kept = modules.get(index);
        PdbModule module = kept == null ? null : kept.get();
        if (module != null) {
            return Optional.of(module);
        }
        Optional<PdbModule> opened = PdbModule.open(pdb, dbi.orElseThrow().modules().get(index));
        opened.ifPresent(m -> modules.set(index, new SoftReference<>(m)));
        return opened;
    }

    /** Code whose blocks were moved is told piece by piece. */
    private void symbols(Procedure procedure, Consumer<RvaSymbol> sink) {
        ImageAddresses image = addresses.orElseThrow();
        if (!image.isReordered()) {
            long rva = image.rva(procedure.place());
            if (rva >= 0) {
                sink.accept(new RvaSymbol(rva, procedure.sizeBytes(), procedure.name(), true));
            }
            return;
        }
        for (MovedCode piece : image.piecesAt(procedure.place(), procedure.sizeBytes())) {
            sink.accept(new RvaSymbol(piece.rva(), piece.sizeBytes(), procedure.name(), true));
        }
    }

    /** The nearest variable or public, unless another object file begins between. */
    private Optional<RvaSymbol> other(long place) {
        ImageAddresses image = addresses.orElseThrow();
        long floor = 0;
        var contributions = dbi.orElseThrow().contributions();
        int found = contributions.find(ImageAddresses.section(place), ImageAddresses.offset(place));
        if (found >= 0) {
            floor = ImageAddresses.place(contributions.section(found), contributions.offset(found));
        }
        Optional<RvaSymbol> variable =
                image.isCode(place) ? Optional.empty() : globals.variableAt(place, floor, image);
        return variable.isPresent() ? variable : publics.at(place, floor, image);
    }

    private Optional<SourceLine> line(PdbModule module, long place) {
        int section = ImageAddresses.section(place);
        Optional<LineEntry> row = module.lines().find(section, ImageAddresses.offset(place));
        if (row.isPresent() && row.get().isHidden()) {
            row = VisibleLine.before(module.lines(), row.get());
        }
        return row.flatMap(r -> sourceLine(module, r.fileId(), r.line(), r.column()));
    }

    private Optional<SourceLine> line(PdbModule module, InlineChain.Site site) {
        return site.hasLine()
                ? sourceLine(module, site.fileId(), site.line(), 0)
                : Optional.empty();
    }

    private Optional<SourceLine> sourceLine(PdbModule module, long fileId, long line, int column) {
        long name = module.lines().fileNameOffset(fileId);
        if (name < 0 || line < 0 || line > Integer.MAX_VALUE || pdb.names().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new SourceLine(
                        pdb.names().get().at(name),
                        (int) line,
                        column > 0 ? OptionalInt.of(column) : OptionalInt.empty()));
    }
}
