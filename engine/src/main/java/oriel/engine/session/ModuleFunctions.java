package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import oriel.bytes.Bytes;
import oriel.engine.code.CodeGraph;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.find.ModuleImage;
import oriel.format.pe.DataDirectory;
import oriel.format.pe.DirectoryKind;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.ImageBytes;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;

/** Where the functions of a loaded module begin, and the code of each. */
final class ModuleFunctions {
    private static final long MOST_FUNCTION = 1 << 20;
    private static final long MOST_TABLE = 64 << 20;

    private final ProcessSpace space;
    private final LoadedModule module;
    private final Optional<PeImage> image;
    private final List<AddressRange> code = new ArrayList<>();
    private final NavigableSet<Long> starts = new TreeSet<>(Long::compareUnsigned);

    /** Takes the code of functions. */
    interface Sink {
        /** A function, and what is reached from its beginning. */
        void function(long va, CodeGraph graph);
    }

    ModuleFunctions(ProcessSpace space, LoadedModule module) {
        this.space = space;
        this.module = module;
        this.image =
                ModuleImage.read(module, space.memory())
                        .or(() -> ModuleImage.headers(module, space.memory()));
        for (Section section : image.map(PeImage::sections).orElse(List.of())) {
            if (section.isExecutable()) {
                code.add(new AddressRange(module.base() + section.rva(), section.sizeBytes()));
            }
        }
    }

    /** Adds exported functions. */
    ModuleFunctions exports() {
        image.flatMap(PeImage::exports)
                .ifPresent(
                        table ->
                                table.forEach(
                                        export -> {
                                            if (export.forwarder().isEmpty()) {
                                                add(export.rva());
                                            }
                                        }));
        return this;
    }

    /** Adds those that symbols tell. */
    ModuleFunctions symbols() {
        for (SymbolSource source : space.symbolizer().sources(module)) {
            source.forEach(
                    symbol -> {
                        if (symbol.function()) {
                            add(symbol.rva());
                        }
                    });
        }
        return this;
    }

    /** Adds the entry point, and functions that have unwind data. */
    ModuleFunctions unwound() {
        image.map(i -> i.optionalHeader().entryPointRva())
                .filter(entry -> entry != 0)
                .ifPresent(this::add);
        DataDirectory table =
                image.map(i -> i.directory(DirectoryKind.EXCEPTION)).orElse(DataDirectory.NONE);
        if (!table.isPresent() || table.sizeBytes() > MOST_TABLE) {
            return this;
        }
        byte[] rows = space.memory().readUpTo(module.base() + table.rva(), (int) table.sizeBytes());
        ImageBytes mapped =
                (rva, into, offset, length) ->
                        space.memory().read(module.base() + rva, into, offset, length);
        FunctionTable.of(Bytes.of(rows, module.name()), mapped, space.architecture())
                .ifPresent(this::addAll);
        return this;
    }

    private void addAll(FunctionTable functions) {
        for (int i = 0; i < functions.size(); i++) {
            functions.entry(i).filter(this::isBeginning).ifPresent(e -> add(e.beginRva()));
        }
    }

    /** Whether an entry is no later part of a function (UNW_FLAG_CHAININFO). */
    private boolean isBeginning(FunctionEntry entry) {
        if (space.architecture() != Architecture.X64) {
            return true;
        }
        boolean indirect = (entry.unwindData() & 1) != 0;
        long versionAndFlags =
                space.memory().unsigned(module.base() + entry.unwindData(), 1).orElse(0);
        return !indirect && (versionAndFlags >>> 3 & 4) == 0;
    }

    private void add(long rva) {
        long va = module.base() + rva;
        for (AddressRange range : code) {
            if (range.contains(va)) {
                starts.add(va);
                return;
            }
        }
    }

    /** What was found so far, ascending. */
    NavigableSet<Long> starts() {
        return starts;
    }

    /** Goes through the code of all functions, also of those that others call. */
    void forEach(Sink sink) {
        var waiting = new ArrayList<>(starts);
        for (int i = 0; i < waiting.size(); i++) {
            long start = waiting.get(i);
            long limit = limit(start);
            if (limit <= 0) {
                continue;
            }
            var range = new AddressRange(start, limit);
            CodeGraph graph = CodeGraph.of(space.architecture(), space.memory(), range);
            sink.function(start, graph);
            for (long target : graph.callTargets()) {
                if (module.range().contains(target) && starts.add(target)) {
                    waiting.add(target);
                }
            }
        }
    }

    /** How long a function can be: to the next one, or the end of its section. */
    private long limit(long start) {
        for (AddressRange range : code) {
            if (range.contains(start)) {
                long end = range.end();
                Long next = starts.higher(start);
                long limit = next != null && range.contains(next) ? next : end;
                return Math.min(limit - start, MOST_FUNCTION);
            }
        }
        return 0;
    }
}
