package oriel.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oriel.engine.paging.MappedRanges;
import oriel.engine.paging.PageTables;
import oriel.engine.paging.PagingMode;
import oriel.model.AddressRange;
import oriel.model.Annotation;
import oriel.model.Architecture;
import oriel.model.BugCheck;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PhysicalMemory;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;

/**
 * A process of a kernel as a target: its address space, both halves; its threads; its images and
 * the drivers. Safe for any thread.
 */
public final class ProcessTarget implements Target, KernelView {
    private static final int MOST_RANGES = 1 << 20;
    private static final long MOST_CHECKS = 16L << 20;

    private final Target system;
    private final Kernel kernel;
    private final KernelProcess process;
    private final Memory memory;
    private final List<KernelThread> threads;
    private final List<LoadedModule> modules;
    private @Nullable List<AddressRange> ranges;

    private ProcessTarget(Target system, Kernel kernel, KernelProcess process, Memory memory) {
        this.system = system;
        this.kernel = kernel;
        this.process = process;
        this.memory = memory;
        this.threads = kernel.threads(process);
        var all = new ArrayList<>(kernel.userModules(process));
        all.addAll(system.modules());
        this.modules = List.copyOf(all);
    }

    /**
     * A process of a system.
     *
     * @param system the whole of it
     * @return empty when the memory of the process cannot be read: in a small dump, for example
     */
    public static Optional<ProcessTarget> of(Target system, Kernel kernel, KernelProcess process) {
        return kernel.memoryOf(process)
                .map(memory -> new ProcessTarget(system, kernel, process, memory));
    }

    @Override
    public Optional<Kernel> kernel() {
        return Optional.of(kernel);
    }

    @Override
    public Optional<PageTables> pageTables() {
        return kernel.pageTables().map(tables -> tables.withRoot(process.directoryTableBase()));
    }

    @Override
    public Architecture architecture() {
        return system.architecture();
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public List<? extends TargetThread> threads() {
        return threads;
    }

    @Override
    public List<LoadedModule> modules() {
        return modules;
    }

    private boolean stopped() {
        long id = system.stoppingThread().map(t -> t.threadId()).orElse(0L);
        return threads.stream().anyMatch(t -> t.ref().threadId() == id);
    }

    @Override
    public Optional<TargetException> exception() {
        return stopped() ? system.exception() : Optional.empty();
    }

    @Override
    public Optional<BugCheck> bugCheck() {
        return stopped() ? system.bugCheck() : Optional.empty();
    }

    @Override
    public synchronized List<AddressRange> readableRanges() {
        if (ranges == null) {
            PagingMode mode = kernel.access().paging();
            ranges =
                    kernel.access()
                            .physical()
                            .map(
                                    physical ->
                                            MappedRanges.of(
                                                    mode,
                                                    physical,
                                                    process.directoryTableBase(),
                                                    pa -> isThere(physical, pa),
                                                    MOST_RANGES,
                                                    MOST_CHECKS))
                            .orElse(List.of());
        }
        return ranges;
    }

    private static boolean isThere(PhysicalMemory physical, long pa) {
        return physical.read(pa, new byte[1], 0, 1) == 1;
    }

    @Override
    public SystemInfo system() {
        return system.system();
    }

    @Override
    public ProcessInfo process() {
        return new ProcessInfo(
                OptionalLong.of(process.processId()),
                modules.isEmpty() || kernel.modules().contains(modules.get(0))
                        ? process.name()
                        : modules.get(0).path(),
                Optional.empty(),
                List.of(),
                process.pebVa(),
                process.created(),
                system.process().captured(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<Annotation> annotations() {
        return system.annotations();
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return system.diagnostics();
    }
}
