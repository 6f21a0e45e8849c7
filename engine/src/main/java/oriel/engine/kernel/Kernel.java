package oriel.engine.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import oriel.engine.kernel.DebuggerData.Item;
import oriel.engine.paging.PageTables;
import oriel.model.AddressRange;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.UnloadedModule;

/**
 * A kernel and what runs on it. Everything is read when it is first asked for and then kept, so a
 * live target makes a new one at each stop. What cannot be found is empty, and {@link #diagnostics}
 * says why; nothing throws because of what is in memory. Lists are bounded, also where memory lies.
 * Safe for any thread.
 *
 * <p>{@code Kernel kernel = Kernel.open( KernelAccess.of(Architecture.X64, memory)
 * .withAddresses(kernelBase, kdbg, psLoadedModuleList, 0) .withPhysical(physical, PagingMode.X64,
 * cr3) .withVersion(19041, 4), Kernel.NO_SYMBOLS); }
 */
public final class Kernel {
    /** No symbols of the kernel. */
    public static final Function<LoadedModule, KernelSymbols> NO_SYMBOLS =
            module -> KernelSymbols.NONE;

    private static final int LARGEST_KERNEL = 32 << 20;

    private final KernelAccess access;
    private final KernelMemory memory;
    private final Set<Diagnostic> problems = new LinkedHashSet<>();
    private final List<LoadedModule> modules;
    private final Optional<AddressRange> image;
    private final KernelSymbols symbols;
    private final Optional<DebuggerData> data;
    private final KernelLayout layout;
    private @Nullable List<KernelProcessor> processors;
    private @Nullable List<KernelProcess> processes;
    private boolean allListed;

    private Kernel(KernelAccess access, Function<LoadedModule, KernelSymbols> finder) {
        this.access = access;
        this.memory = new KernelMemory(access.memory(), access.architecture());
        List<LoadedModule> listed = list(access.loadedModulesVa());
        this.image = image(listed);
        this.symbols = new LazySymbols(finder, image, listed);
        this.data = new DebuggerDataFinder(memory, access, symbols, this::report).find(image);
        this.modules =
                listed.isEmpty()
                        ? list(address(Item.LOADED_MODULES, OptionalLong.empty()))
                        : listed;
        this.layout =
                new KernelLayout(
                        memory,
                        data,
                        symbols,
                        (recovery, offsets) -> {
                            OptionalLong head = activeProcesses();
                            if (head.isPresent()) {
                                recovery.complete(head.getAsLong(), access.build());
                            }
                            if (!offsets.containsKey(KernelField.THREAD_ID)) {
                                recoverFromThreads(
                                        recovery, offsets.get(KernelField.THREAD_APC_PROCESS));
                            }
                        });
    }

    /**
     * Finds what is needed to read the rest: the kernel image and its debugger data block.
     *
     * @param access what it is read from
     * @param symbols finds the symbols of the kernel image; asked at most once, and only when
     *     memory does not tell what is wanted; may take long, because it may fetch them
     */
    public static Kernel open(KernelAccess access, Function<LoadedModule, KernelSymbols> symbols) {
        return new Kernel(access, symbols);
    }

    private List<LoadedModule> list(OptionalLong head) {
        return head.isEmpty()
                ? List.of()
                : new ModuleReader(memory, this::report).modules(head.getAsLong(), "drivers");
    }

    private Optional<AddressRange> image(List<LoadedModule> listed) {
        OptionalLong said = access.kernelBase();
        long inside =
                said.orElse(access.loadedModulesVa().orElse(access.debuggerDataVa().orElse(0)));
        for (LoadedModule module : listed) {
            if (module.range().contains(inside)) {
                return Optional.of(module.range());
            }
        }
        return inside == 0
                ? Optional.empty()
                : MappedHeader.imageAround(
                        access.memory(), inside, said.isPresent() ? 0 : LARGEST_KERNEL);
    }

    private void report(Diagnostic problem) {
        synchronized (problems) {
            problems.add(problem);
        }
    }

    private OptionalLong address(Item item, OptionalLong otherwise) {
        if (data.isEmpty() && !item.symbol().isEmpty()) {
            OptionalLong named = symbols.address(item.symbol());
            return named.isPresent() ? named : otherwise;
        }
        OptionalLong told = data.isPresent() ? data.get().address(item) : OptionalLong.empty();
        return told.isPresent() ? told : otherwise;
    }

    private OptionalLong activeProcesses() {
        OptionalLong said = access.activeProcessesVa();
        OptionalLong head = said.isPresent() ? said : address(Item.ACTIVE_PROCESSES, said);
        return head.isPresent() ? head : processesOfInitial();
    }

    /**
     * The list of processes by a variable that every kernel exports: it points to System, the first
     * process of the list, so before its entry lies the head.
     */
    private OptionalLong processesOfInitial() {
        OptionalLong variable = symbols.address("PsInitialSystemProcess");
        OptionalLong system =
                variable.isPresent() ? memory.nonNull(variable.getAsLong()) : variable;
        return system.isPresent()
                ? LayoutRecovery.linksOf(memory, system.getAsLong())
                : OptionalLong.empty();
    }

    /** Small dumps hold the threads that ran, and no lists. */
    private void recoverFromThreads(LayoutRecovery recovery, @Nullable KnownOffset process) {
        if (process == null) {
            return;
        }
        for (KernelProcessor processor : processors()) {
            long thread = processor.currentThreadVa();
            OptionalLong owner = memory.nonNull(thread + process.value());
            if (thread != 0 && !processor.isIdle() && owner.isPresent()) {
                recovery.completeFrom(thread, owner.getAsLong());
            }
        }
    }

    /** What it is read from. */
    public KernelAccess access() {
        return access;
    }

    /** Where the kernel image begins; empty when not found. */
    public OptionalLong base() {
        return image.isPresent() ? OptionalLong.of(image.get().start()) : access.kernelBase();
    }

    /** The debugger data block; empty when it was not found or is encoded. */
    public Optional<DebuggerData> debuggerData() {
        return data;
    }

    /** Where the members of structures lie, and who says so. */
    public KernelLayout layout() {
        return layout;
    }

    /** The drivers, the kernel itself among them, in the order they were loaded. */
    public List<LoadedModule> modules() {
        return modules;
    }

    /** The kernel without its drivers, for targets where no list of them is known. */
    public List<LoadedModule> withoutDrivers() {
        if (image.isEmpty()) {
            return List.of();
        }
        Optional<MappedHeader> header = MappedHeader.read(access.memory(), image.get().start());
        if (header.isEmpty()) {
            return List.of();
        }
        report(new Diagnostic("drivers", "no list of them is known; only the kernel itself is"));
        return List.of(
                new LoadedModule(
                        image.get(),
                        "ntoskrnl.exe",
                        header.get().timestamp(),
                        header.get().checksum(),
                        Optional.empty(),
                        header.get().pdb()));
    }

    /** The image of the kernel itself; empty when it is not in the list of drivers. */
    public Optional<LoadedModule> kernelModule() {
        return image.flatMap(
                range -> modules.stream().filter(m -> m.base() == range.start()).findFirst());
    }

    /** Drivers that were unloaded, oldest first. */
    public List<UnloadedModule> unloadedModules() {
        OptionalLong array = address(Item.UNLOADED_DRIVERS, OptionalLong.empty());
        return array.isEmpty()
                ? List.of()
                : new ModuleReader(memory, this::report)
                        .unloaded(
                                array.getAsLong(),
                                address(Item.LAST_UNLOADED_DRIVER, OptionalLong.empty()));
    }

    /** The processors, with registers where they were saved. */
    public synchronized List<KernelProcessor> processors() {
        if (processors == null) {
            OptionalLong block = address(Item.PROCESSOR_BLOCK, OptionalLong.empty());
            processors =
                    block.isEmpty()
                            ? List.of()
                            : new ProcessorReader(memory, layout)
                                    .read(block.getAsLong(), access.processors());
        }
        return processors;
    }

    /** The processes, oldest first; the idle process is not among them. */
    public synchronized List<KernelProcess> processes() {
        if (processes == null) {
            OptionalLong head = activeProcesses();
            List<KernelProcess> listed =
                    head.isEmpty() ? List.of() : reader().processes(head.getAsLong());
            allListed = !listed.isEmpty();
            processes = allListed ? listed : runningProcesses();
        }
        return processes;
    }

    /** Whether {@link #processes} are all; else only those of threads that ran are there. */
    public synchronized boolean listsAllProcesses() {
        processes();
        return allListed;
    }

    /** Small dumps hold no list of processes, but those whose threads ran. */
    private List<KernelProcess> runningProcesses() {
        var found = new LinkedHashMap<Long, KernelProcess>();
        for (KernelThread thread : currentThreads()) {
            KernelProcess process = process(thread.processVa());
            if (thread.processVa() != 0 && process.processId() != 0) {
                found.putIfAbsent(process.va(), process);
            }
        }
        return List.copyOf(found.values());
    }

    private ProcessReader reader() {
        return new ProcessReader(memory, layout, this::report);
    }

    /** The threads of a process. */
    public List<KernelThread> threads(KernelProcess process) {
        return reader().threads(process, processors());
    }

    /** The thread at an address of an ETHREAD, with the process it runs in. */
    public KernelThread thread(long va) {
        Optional<KernelProcessor> processor =
                processors().stream().filter(p -> p.currentThreadVa() == va).findFirst();
        return reader().thread(va, processOf(va), processor);
    }

    /** The threads that run on the processors, in their order. */
    public List<KernelThread> currentThreads() {
        var threads = new ArrayList<KernelThread>();
        for (KernelProcessor processor : processors()) {
            if (processor.currentThreadVa() != 0) {
                long va = processor.currentThreadVa();
                threads.add(reader().thread(va, processOf(va), Optional.of(processor)));
            }
        }
        return List.copyOf(threads);
    }

    /** The process at an address of an EPROCESS. */
    public KernelProcess process(long va) {
        return reader().process(va);
    }

    private Optional<KernelProcess> processOf(long thread) {
        OptionalLong va = layout.pointer(thread, KernelField.THREAD_APC_PROCESS);
        if (va.isEmpty()) {
            va = layout.pointer(thread, KernelField.THREAD_PROCESS);
        }
        return va.isPresent() && memory.isKernel(va.getAsLong())
                ? Optional.of(process(va.getAsLong()))
                : Optional.empty();
    }

    /** The page tables at the stop; empty without physical memory. */
    public Optional<PageTables> pageTables() {
        return access.physical().isPresent() && access.directoryTableBase().isPresent()
                ? Optional.of(
                        new PageTables(
                                access.paging(),
                                access.physical().get(),
                                access.directoryTableBase().getAsLong()))
                : Optional.empty();
    }

    /**
     * The address space of a process, both halves; empty without physical memory, or when the root
     * of its page tables is not known.
     */
    public Optional<Memory> memoryOf(KernelProcess process) {
        return process.directoryTableBase() == 0
                ? Optional.empty()
                : access.physical()
                        .map(
                                physical ->
                                        new PageTables(
                                                access.paging(),
                                                physical,
                                                process.directoryTableBase()));
    }

    /** The images in the user half of a process; empty when its memory cannot be read. */
    public List<LoadedModule> userModules(KernelProcess process) {
        Optional<Memory> space = memoryOf(process);
        if (space.isEmpty() || process.pebVa().isEmpty()) {
            return List.of();
        }
        return new ModuleReader(new KernelMemory(space.get(), access.architecture()), this::report)
                .userModules(
                        process.pebVa().getAsLong(), "modules of process " + process.processId());
    }

    /**
     * KiBugCheckData: code and four parameters of the bug check; empty when there was none, or it
     * is not known.
     */
    public List<Long> bugCheckData() {
        OptionalLong at = address(Item.BUG_CHECK_DATA, OptionalLong.empty());
        if (at.isEmpty()) {
            return List.of();
        }
        var words = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            OptionalLong word = memory.pointer(at.getAsLong() + (long) i * memory.pointerSize());
            if (word.isEmpty()) {
                return List.of();
            }
            words.add(word.getAsLong());
        }
        return words.get(0) == 0 ? List.of() : List.copyOf(words);
    }

    /** The driver that the kernel itself blames (KiBugCheckDriver), which only symbols name. */
    public Optional<String> blamedDriver() {
        OptionalLong variable = symbols.address("KiBugCheckDriver");
        OptionalLong text =
                variable.isPresent() ? memory.nonNull(variable.getAsLong()) : OptionalLong.empty();
        return text.isPresent()
                ? memory.unicodeString(text.getAsLong()).filter(name -> !name.isEmpty())
                : Optional.empty();
    }

    /** The build in the words of its makers: {@code 17134.1.arm64fre.rs4_release.180410-1804}. */
    public Optional<String> buildLab() {
        OptionalLong at = address(Item.BUILD_LAB, OptionalLong.empty());
        return at.isEmpty()
                ? Optional.empty()
                : memory.text(at.getAsLong(), 256).filter(text -> !text.isEmpty());
    }

    /** What drivers printed, oldest first. */
    public Optional<String> debugPrints() {
        return data.flatMap(block -> new PrintBuffer(memory, block).text());
    }

    /** The time of the system clock, UTC. */
    public Optional<Instant> time() {
        return new KernelClock(memory).time();
    }

    /** How long the system ran, sleep left out. */
    public Optional<Duration> uptime() {
        return new KernelClock(memory).uptime();
    }

    /** Major.minor.build as the shared page tells; the build of Windows 10 and newer only. */
    public Optional<String> version() {
        return new KernelClock(memory).version();
    }

    /** What was damaged or missing so far. */
    public List<Diagnostic> diagnostics() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }
}
