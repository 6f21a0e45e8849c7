package oriel.app.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oriel.app.console.ConsoleException;
import oriel.app.console.Inspected;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelAccess;
import oriel.engine.kernel.KernelObjects;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KernelSymbols;
import oriel.engine.kernel.KernelThread;
import oriel.engine.kernel.SourcedKernelSymbols;
import oriel.engine.paging.PageTables;
import oriel.engine.paging.PagingMode;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.kd.KdException;
import oriel.kd.KdSession;
import oriel.kd.KdStop;
import oriel.kd.Processor;
import oriel.kd.protocol.SpecialRegisters;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;

/**
 * A kernel on a line as a target with drivers, processes, threads, names and stacks. Lives as long
 * as the session: what it shows is the kernel at its current stop. What is read of the kernel's
 * tables is kept until it runs on, the list of drivers until one comes or goes. For one thread.
 */
final class KernelView implements Inspected {
    private static final int CR4_PAE = 1 << 5;
    private static final int CR4_LA57 = 1 << 12;

    private final KdSession session;
    private final SymbolLocator locator;
    private final KernelTarget target;
    private final List<SymbolsEvent> loaded = new ArrayList<>();
    private Symbolizer symbolizer;
    private StackWalker walker;
    private @Nullable Kernel kernel;
    private long foundBase;
    private @Nullable KdStop seen;
    private Optional<List<LoadedModule>> drivers = Optional.empty();
    private Optional<ProcessContext> context = Optional.empty();
    private Optional<TargetThread> thread = Optional.empty();

    /** A process whose user half is shown. */
    private record ProcessContext(
            KernelProcess process, Memory memory, List<LoadedModule> modules) {}

    /**
     * @param locator finds symbols of the drivers
     */
    KernelView(KdSession session, SymbolLocator locator) {
        this.session = session;
        this.locator = locator;
        this.target = new KernelTarget(this);
        this.symbolizer = new Symbolizer(target, locator);
        this.walker = new StackWalker(target, List.of(symbolizer.unwindSource()));
        session.runner().onSymbols(this::symbols);
    }

    private void symbols(SymbolsEvent event) {
        if (event.unload()) {
            loaded.removeIf(e -> e.baseVa() == event.baseVa());
        } else {
            loaded.add(event);
        }
        reload();
    }

    /** The machine has started anew: what was loaded is gone. */
    void restarted() {
        loaded.clear();
        foundBase = 0;
        reload();
    }

    /** Reads the list of drivers anew when it is next wanted. */
    void reload() {
        drivers = Optional.empty();
        kernel = null;
        symbolizer = new Symbolizer(target, locator);
        walker = new StackWalker(target, List.of(symbolizer.unwindSource()));
    }

    /**
     * The stop at which the kernel is.
     *
     * @throws ConsoleException when it runs
     */
    KdStop stop() {
        if (!session.isStopped()) {
            throw new ConsoleException("the target is running");
        }
        KdStop now = session.stop();
        if (now != seen) {
            seen = now;
            kernel = null;
            context = Optional.empty();
            thread = Optional.empty();
        }
        return now;
    }

    /** The session. */
    KdSession session() {
        return session;
    }

    /** Something was written: what was read of the kernel's tables may be wrong. */
    private void changed() {
        kernel = null;
    }

    // The kernel

    /** The kernel's tables at this stop. */
    Kernel kernel() {
        KdStop at = stop();
        Kernel known = kernel;
        if (known == null) {
            known = Kernel.open(access(at), this::kernelSymbols);
            kernel = known;
            if (drivers.isEmpty() || known.modules().isEmpty()) {
                drivers = Optional.of(drivers(known));
            }
        }
        return known;
    }

    private KernelAccess access(KdStop at) {
        Architecture architecture = at.architecture();
        var version = at.version();
        long list = version.debuggerDataListVa() & architecture.addressMask();
        long block = list == 0 ? 0 : at.memory().pointer(list, architecture).orElse(0);
        KernelAccess access =
                KernelAccess.of(architecture, at.memory())
                        .withAddresses(version.kernelBase(), block, version.moduleListVa(), 0)
                        .withVersion(version.build(), processorCount(at));
        if (access.kernelBase().isEmpty() && access.loadedModulesVa().isEmpty() && block == 0) {
            // It tells nothing. A break-in stops in the kernel; later stops may be elsewhere.
            access =
                    foundBase == 0
                            ? access.withKernelAround(at.pc())
                            : access.withAddresses(foundBase, 0, 0, 0);
            foundBase = access.kernelBase().orElse(0);
        }
        PagingMode mode = paging(at);
        return access.withPhysical(at.physicalMemory(), mode, root(at));
    }

    private static int processorCount(KdStop at) {
        return (int) Math.min(2048, Math.max(1, at.change().processors()));
    }

    /** The special registers of the current processor; none when the target does not tell. */
    SpecialRegisters special() {
        try {
            return session.registers().special(stop().processor());
        } catch (KdException e) {
            return new SpecialRegisters(List.of());
        }
    }

    private PagingMode paging(KdStop at) {
        long cr4 = special().value("cr4").orElse(CR4_PAE);
        return switch (at.architecture()) {
            case X86 -> (cr4 & CR4_PAE) != 0 ? PagingMode.PAE : PagingMode.X86;
            case X64 -> (cr4 & CR4_LA57) != 0 ? PagingMode.X64_LA57 : PagingMode.X64;
            case ARM, ARM64 -> PagingMode.usual(at.architecture());
        };
    }

    private long root(KdStop at) {
        return at.architecture().isIntel() ? special().value("cr3").orElse(0) : 0;
    }

    private KernelSymbols kernelSymbols(LoadedModule module) {
        return new SourcedKernelSymbols(locator.locate(module, target.memory()), module.base());
    }

    /** The objects of the kernel, as far as its symbols tell where they are. */
    KernelObjects objects() {
        kernel();
        long base = stop().version().kernelBase() & target.architecture().addressMask();
        KernelSymbols symbols =
                drivers().stream()
                        .filter(m -> m.base() == base)
                        .findFirst()
                        .or(() -> drivers().stream().findFirst())
                        .map(this::kernelSymbols)
                        .orElse(KernelSymbols.NONE);
        return new KernelObjects(target.memory(), target.architecture(), symbols);
    }

    /** The drivers in the kernel's list, and those that it said it loaded and has not in it yet. */
    private List<LoadedModule> drivers(Kernel from) {
        List<LoadedModule> listed = from.modules();
        var all = new ArrayList<>(listed.isEmpty() ? from.withoutDrivers() : listed);
        for (SymbolsEvent event : loaded) {
            long base = event.baseVa() & target.architecture().addressMask();
            if (all.stream().noneMatch(m -> m.base() == base)) {
                all.add(
                        new LoadedModule(
                                new AddressRange(base, event.sizeBytes()),
                                event.path(),
                                0,
                                event.checksum(),
                                Optional.empty(),
                                Optional.empty()));
            }
        }
        return List.copyOf(all);
    }

    /** The drivers. */
    List<LoadedModule> drivers() {
        if (drivers.isEmpty()) {
            kernel();
        }
        return drivers.orElse(List.of());
    }

    /** The page tables of the process that is shown; empty when their root is not known. */
    Optional<PageTables> pageTables() {
        Kernel now = kernel();
        if (context.isPresent() && context.get().memory() instanceof PageTables tables) {
            return Optional.of(tables);
        }
        if (now.access().directoryTableBase().orElse(0) != 0) {
            return now.pageTables();
        }
        return currentProcess()
                .flatMap(now::memoryOf)
                .filter(PageTables.class::isInstance)
                .map(PageTables.class::cast);
    }

    /** The process that runs on the current processor; empty when not known. */
    Optional<KernelProcess> currentProcess() {
        if (context.isPresent()) {
            return Optional.of(context.get().process());
        }
        long va = stop().threadVa();
        if (va == 0) {
            return Optional.empty();
        }
        long process = kernel().thread(va).processVa();
        return process == 0 ? Optional.empty() : Optional.of(kernel().process(process));
    }

    /** Shows the user half of a process from here on. */
    void showProcess(KernelProcess process) {
        Memory memory =
                kernel().memoryOf(process)
                        .orElseThrow(
                                () ->
                                        new ConsoleException(
                                                "the page tables of process "
                                                        + Long.toHexString(process.processId())
                                                        + " are not known"));
        context = Optional.of(new ProcessContext(process, memory, kernel().userModules(process)));
    }

    /** Shows the process that runs again. */
    void showCurrentProcess() {
        context = Optional.empty();
    }

    /** The memory that is shown: the user half of a process that was chosen, the kernel's else. */
    int read(long va, byte[] into, int offset, int length) {
        KdStop at = stop();
        Architecture architecture = at.architecture();
        boolean user =
                architecture.is64Bit() ? va >= 0 : (va & architecture.addressMask()) >>> 31 == 0;
        return user && context.isPresent()
                ? context.get().memory().read(va, into, offset, length)
                : at.memory().read(va, into, offset, length);
    }

    /** Drivers, and the modules of a process that was chosen. */
    List<LoadedModule> modules() {
        List<LoadedModule> own = drivers();
        if (context.isEmpty() || context.get().modules().isEmpty()) {
            return own;
        }
        var all = new ArrayList<LoadedModule>(own);
        all.addAll(context.get().modules());
        return all;
    }

    // Threads

    /** A thread that runs has the registers of its processor, as the target tells them. */
    TargetThread live(KernelThread of) {
        OptionalInt on = of.processor();
        boolean stopped = of.va() == stop().threadVa();
        int number = stopped ? stop().processor() : on.orElse(-1);
        if (number < 0) {
            return of;
        }
        RegisterSet registers =
                stop().processor(number).map(Processor::registers).orElse(of.registers());
        long sp = registers.sp().orElse(0);
        AddressRange stack =
                !of.stack().isEmpty() && Long.compareUnsigned(sp, of.stack().end()) < 0
                        ? AddressRange.between(sp, of.stack().end())
                        : AddressRange.EMPTY;
        return new KernelThread(
                of.va(),
                of.ref(),
                of.processVa(),
                OptionalInt.of(number),
                of.state(),
                registers,
                stack,
                of.tebVa(),
                of.startVa(),
                of.name());
    }

    /** Makes a thread the one that commands are about, until the target runs. */
    void showThread(TargetThread chosen) {
        stop();
        thread = Optional.of(chosen);
    }

    /** Goes back to the processor that stopped. */
    void showCurrentThread() {
        thread = Optional.empty();
    }

    @Override
    public TargetThread thread() {
        KdStop at = stop();
        return thread.orElseGet(() -> at.processor(at.processor()).orElseThrow());
    }

    /** Threads of the target: the processors, and the thread that was chosen before them. */
    List<TargetThread> threads() {
        var all = new ArrayList<TargetThread>();
        thread.ifPresent(all::add);
        all.addAll(stop().threads());
        return all;
    }

    // What commands look at

    @Override
    public Target target() {
        stop();
        return target;
    }

    @Override
    public Symbolizer symbolizer() {
        return symbolizer;
    }

    @Override
    public StackWalker walker() {
        return walker;
    }

    @Override
    public void write(long va, byte[] bytes) {
        boolean user = target.architecture().is64Bit() ? va >= 0 : va >>> 31 == 0;
        if (user && context.isPresent()) {
            writeUser(va, bytes);
        } else {
            session.writeMemory(va, bytes);
        }
        changed();
    }

    /** By physical addresses, page by page. */
    private void writeUser(long va, byte[] bytes) {
        PageTables tables = pageTables().orElseThrow();
        int done = 0;
        while (done < bytes.length) {
            long at = va + done;
            int part = (int) Math.min(bytes.length - done, 0x1000 - (at & 0xfff));
            OptionalLong pa = tables.translate(at);
            if (pa.isEmpty()) {
                throw new ConsoleException("there is no page at " + Long.toHexString(at));
            }
            session.writePhysical(
                    pa.getAsLong(), java.util.Arrays.copyOfRange(bytes, done, done + part));
            done += part;
        }
    }

    @Override
    public void write(RegisterSet registers) {
        if (thread.isPresent() && !(thread.get() instanceof Processor)) {
            throw new ConsoleException(
                    "only registers of processors can be changed; .thread goes back to one");
        }
        session.writeRegisters(stop().processor(), registers);
        changed();
    }

    @Override
    public Memory physical() {
        var memory = stop().physicalMemory();
        return memory::read;
    }

    @Override
    public void writePhysical(long pa, byte[] bytes) {
        session.writePhysical(pa, bytes);
        changed();
    }
}
