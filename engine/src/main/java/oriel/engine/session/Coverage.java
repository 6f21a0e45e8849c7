package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import oriel.engine.code.BasicBlock;
import oriel.engine.code.CodeGraph;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.find.ModuleImage;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;

/**
 * Which basic blocks of modules are executed. Each block has a breakpoint that goes with its first
 * hit, so a program runs at full speed once its usual ways are known. Functions are found by
 * symbols, exports, unwind data, and the calls of those found.
 */
public final class Coverage implements SessionPart, TrapOwner {
    private static final long MOST_FUNCTION = 1 << 20;

    private final Runner runner;

    /** Blocks by where they begin, of one process. */
    private final Map<Long, Map<Long, Integer>> blocks = new HashMap<>();

    private final List<CoveredBlock> hits = new ArrayList<>();
    private final Set<LoadedModule> modules = new HashSet<>();
    private final Map<String, TreeSet<Integer>> lines = new TreeMap<>();
    private int armed;

    /**
     * A block that was executed.
     *
     * @param module in which it lies
     * @param va where it begins
     * @param sizeBytes its length
     */
    public record CoveredBlock(LoadedModule module, long va, int sizeBytes) {}

    Coverage(Runner runner) {
        this.runner = runner;
    }

    /**
     * Watches a module of a process that is loaded.
     *
     * @return how many blocks it has
     * @throws IllegalArgumentException when it is not loaded
     */
    public int cover(long processId, String module) {
        return runner.session()
                .call(
                        () -> {
                            ProcessSpace space =
                                    runner.space(processId)
                                            .orElseThrow(
                                                    () ->
                                                            new IllegalArgumentException(
                                                                    "process "
                                                                            + processId
                                                                            + " is not debugged"));
                            LoadedModule found =
                                    space.labels()
                                            .module(module)
                                            .orElseThrow(
                                                    () ->
                                                            new IllegalArgumentException(
                                                                    "no module "
                                                                            + module
                                                                            + " is loaded"));
                            return cover(space, found);
                        });
    }

    private int cover(ProcessSpace space, LoadedModule module) {
        modules.add(module);
        Map<Long, Integer> own = blocks.computeIfAbsent(space.processId(), p -> new HashMap<>());
        int before = own.size();
        Optional<PeImage> image = ModuleImage.read(module, space.memory());
        NavigableSet<Long> starts = starts(space, module, image);
        List<AddressRange> code = code(module, image);
        var waiting = new ArrayList<>(starts);
        for (int i = 0; i < waiting.size(); i++) {
            long start = waiting.get(i);
            long limit = limit(start, starts, code);
            if (limit <= 0) {
                continue;
            }
            CodeGraph graph =
                    CodeGraph.of(
                            space.architecture(), space.memory(), new AddressRange(start, limit));
            for (BasicBlock block : graph.blocks()) {
                long va = block.range().start();
                if (own.putIfAbsent(va, (int) block.range().sizeBytes()) == null) {
                    space.traps().add(va, this);
                }
            }
            for (long target : graph.callTargets()) {
                if (module.range().contains(target) && starts.add(target)) {
                    waiting.add(target);
                }
            }
        }
        armed += own.size() - before;
        return own.size() - before;
    }

    private static NavigableSet<Long> starts(
            ProcessSpace space, LoadedModule module, Optional<PeImage> image) {
        var starts = new TreeSet<Long>(Long::compareUnsigned);
        for (SymbolSource source : space.symbolizer().sources(module)) {
            source.forEach(symbol -> add(starts, module, symbol));
        }
        if (image.isPresent()) {
            PeImage pe = image.get();
            pe.exports()
                    .ifPresent(
                            table ->
                                    table.forEach(
                                            export -> {
                                                if (export.forwarder().isEmpty()) {
                                                    starts.add(module.base() + export.rva());
                                                }
                                            }));
            long entry = pe.optionalHeader().entryPointRva();
            if (entry != 0) {
                starts.add(module.base() + entry);
            }
            FunctionTable functions = pe.functions().orElse(null);
            for (int i = 0; functions != null && i < functions.size(); i++) {
                functions.entry(i).ifPresent(e -> starts.add(module.base() + e.beginRva()));
            }
        }
        return starts;
    }

    private static void add(Set<Long> starts, LoadedModule module, RvaSymbol symbol) {
        if (symbol.function()) {
            starts.add(module.base() + symbol.rva());
        }
    }

    /** The sections that hold code. */
    private static List<AddressRange> code(LoadedModule module, Optional<PeImage> image) {
        var code = new ArrayList<AddressRange>();
        if (image.isPresent()) {
            for (Section section : image.get().sections()) {
                if (section.isExecutable()) {
                    code.add(new AddressRange(module.base() + section.rva(), section.sizeBytes()));
                }
            }
        }
        return code;
    }

    /** How long a function can be: to the next one, or the end of its section. */
    private static long limit(long start, NavigableSet<Long> starts, List<AddressRange> code) {
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

    @Override
    public void reached(ProcessSpace space, ThreadRef thread, long va) {
        space.traps().remove(va, this);
        Integer size = blocks.getOrDefault(space.processId(), Map.of()).remove(va);
        if (size != null) {
            for (LoadedModule module : modules) {
                if (module.range().contains(va)) {
                    hits.add(new CoveredBlock(module, va, size));
                    space.symbolizer()
                            .locate(va)
                            .line()
                            .ifPresent(
                                    line ->
                                            lines.computeIfAbsent(line.file(), f -> new TreeSet<>())
                                                    .add((int) line.line()));
                    return;
                }
            }
        }
    }

    @Override
    public void processExited(ProcessSpace space) {
        blocks.remove(space.processId());
    }

    @Override
    public void moduleUnloaded(ProcessSpace space, LoadedModule module) {
        blocks.getOrDefault(space.processId(), Map.of())
                .keySet()
                .removeIf(va -> module.range().contains(va));
    }

    /** How many blocks are watched, those that were executed included. */
    public int blockCount() {
        return armed;
    }

    /** The blocks that were executed, in the order of their first time. */
    public List<CoveredBlock> hits() {
        return runner.session().call(() -> List.copyOf(hits));
    }

    /** The source lines at which executed blocks begin, by file; where symbols tell lines. */
    public Map<String, TreeSet<Integer>> lines() {
        return runner.session().call(() -> new TreeMap<>(lines));
    }
}
