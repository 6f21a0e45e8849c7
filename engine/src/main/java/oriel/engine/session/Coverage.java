package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import oriel.engine.code.BasicBlock;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;

/**
 * Which basic blocks of modules are executed. Each block has a breakpoint that goes with its first
 * hit, so a program runs at full speed once its usual ways are known. Functions are found by
 * symbols, exports, unwind data, and the calls of those found.
 */
public final class Coverage implements SessionPart, TrapOwner {
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
        new ModuleFunctions(space, module)
                .symbols()
                .exports()
                .unwound()
                .forEach(
                        (start, graph) -> {
                            for (BasicBlock block : graph.blocks()) {
                                long va = block.range().start();
                                int size = (int) block.range().sizeBytes();
                                if (own.putIfAbsent(va, size) == null) {
                                    space.traps().add(va, this);
                                }
                            }
                        });
        armed += own.size() - before;
        return own.size() - before;
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
