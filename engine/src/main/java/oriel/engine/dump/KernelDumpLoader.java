package oriel.engine.dump;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.kernel.BugCheckEvidence;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelAccess;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KernelProcessor;
import oriel.engine.kernel.KernelSymbols;
import oriel.engine.kernel.KernelThread;
import oriel.engine.kernel.SourcedKernelSymbols;
import oriel.engine.symbols.SymbolLocator;
import oriel.format.kdump.HeaderException;
import oriel.format.kdump.KernelDump;
import oriel.format.kdump.KernelDumpHeader;
import oriel.format.kdump.TriageDriver;
import oriel.format.kdump.TriageDump;
import oriel.format.minidump.ProcessorContext;
import oriel.format.minidump.XstateLayout;
import oriel.format.pe.Machine;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.BugCheck;
import oriel.model.LoadedModule;
import oriel.model.ProcessInfo;
import oriel.model.RegisterSet;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;
import oriel.model.UnloadedModule;

/** Makes the contents of a target out of a kernel crash dump. Used once. */
final class KernelDumpLoader {
    /** The breakpoint with which a kernel enters the debugger: not why it stopped. */
    private static final int BREAKPOINT = 0x80000003;

    private static final int MOST_THREADS = 20_000;

    private final KernelDump dump;
    private final KernelDumpHeader header;
    private final Problems problems;
    private final ImageFinder images;
    private final SymbolLocator locator;
    private final Architecture architecture;

    KernelDumpLoader(Bytes file, Problems problems, ImageFinder images, SymbolLocator locator) {
        this.problems = problems;
        this.images = images;
        this.locator = locator;
        this.dump = KernelDump.of(file, problems::add);
        this.header = dump.header();
        this.architecture =
                Machine.of(header.machine())
                        .flatMap(Machine::architecture)
                        .orElseThrow(
                                () ->
                                        file.error(
                                                header.is64() ? 0x30 : 0x20,
                                                "kernel dump of machine 0x"
                                                        + Integer.toHexString(header.machine())
                                                        + ", which cannot be shown"));
    }

    DumpContents load() {
        Optional<PagedMemory> paged =
                dump.pages().count() > 0
                        ? Optional.of(new KernelMemoryFinder(dump, architecture, problems).find())
                        : Optional.empty();
        DumpMemory memory =
                paged.isPresent()
                        ? paged.get()
                        : dump.triage()
                                .map(t -> new TriageMemory(dump, t, architecture).build())
                                .orElseGet(() -> SparseMemory.builder(dump.file()).build());
        Kernel kernel = Kernel.open(access(memory, paged), module -> symbols(module, memory));
        List<LoadedModule> modules = modules(kernel);
        RegisterSet stopped = context();
        CrashedProcessor crashed =
                CrashedProcessor.find(
                        kernel.processors(),
                        stopped,
                        dump.triage().map(TriageDump::prcb).orElse(dump.file().slice(0, 0)),
                        kernel.layout());
        List<KernelThread> threads = threads(kernel, crashed, stopped);
        Optional<KernelThread> stopper = crashed.of(threads);
        BugCheck bugCheck = bugCheck(kernel, crashed, stopper);
        BugCheckEvidence evidence =
                header.bugCheckCode() == 0
                        ? BugCheckEvidence.none()
                        : BugCheckEvidence.of(
                                bugCheck,
                                memory,
                                architecture,
                                stopper.map(KernelThread::stack).orElse(AddressRange.EMPTY));
        Optional<KernelProcess> process = stopper.flatMap(t -> processOf(kernel, t));
        var facts = new KernelFacts(dump, kernel, evidence);
        var contents =
                new DumpContents(
                        facts.format(),
                        architecture,
                        false,
                        memory,
                        withEvidence(threads, stopper, evidence),
                        withUserModules(modules, kernel, process),
                        unloaded(kernel),
                        exception(evidence, bugCheck),
                        RegionTable.NONE,
                        facts.system(architecture),
                        process(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        facts.annotations(process),
                        facts.streams(),
                        header.bugCheckCode() == 0
                                ? Optional.empty()
                                : Optional.of(withIrql(bugCheck, evidence)),
                        Optional.of(kernel));
        kernel.diagnostics().forEach(problems::add);
        return contents;
    }

    private KernelAccess access(DumpMemory memory, Optional<PagedMemory> paged) {
        KernelAccess access =
                KernelAccess.of(architecture, memory)
                        .withAddresses(
                                0,
                                header.debuggerDataVa(),
                                header.loadedModulesVa(),
                                header.activeProcessesVa())
                        .withVersion(
                                (int) header.minorVersion() & 0xffff,
                                (int) Math.min(header.processors(), 4096));
        return paged.map(p -> p.on(access)).orElse(access);
    }

    private KernelSymbols symbols(LoadedModule module, DumpMemory memory) {
        return new SourcedKernelSymbols(locator.locate(module, memory), module.base());
    }

    // Modules

    private List<LoadedModule> modules(Kernel kernel) {
        if (!kernel.modules().isEmpty()) {
            return kernel.modules();
        }
        var modules = new ArrayList<LoadedModule>();
        for (TriageDriver driver : dump.triage().map(TriageDump::drivers).orElse(List.of())) {
            var module =
                    new LoadedModule(
                            new AddressRange(driver.base(), driver.sizeBytes()),
                            driver.path(),
                            driver.timestamp(),
                            driver.checksum(),
                            Optional.empty(),
                            Optional.empty());
            modules.add(
                    images.inFolders(module)
                            .map(image -> ImageIdentity.with(module, image))
                            .orElse(module));
        }
        return modules.isEmpty() ? kernel.withoutDrivers() : List.copyOf(modules);
    }

    /** The page tables at the stop are those of the process that ran: its images are mapped. */
    private static List<LoadedModule> withUserModules(
            List<LoadedModule> drivers, Kernel kernel, Optional<KernelProcess> process) {
        if (process.isEmpty()) {
            return drivers;
        }
        var all = new ArrayList<>(drivers);
        all.addAll(kernel.userModules(process.get()));
        return List.copyOf(all);
    }

    private List<UnloadedModule> unloaded(Kernel kernel) {
        if (dump.triage().isEmpty()) {
            return kernel.unloadedModules();
        }
        var modules = new ArrayList<UnloadedModule>();
        dump.triage()
                .get()
                .unloadedDrivers()
                .forEach(
                        d ->
                                modules.add(
                                        new UnloadedModule(
                                                AddressRange.between(d.start(), d.end()),
                                                d.name(),
                                                0,
                                                0)));
        return List.copyOf(modules);
    }

    // Threads

    private RegisterSet context() {
        try {
            Optional<RegisterSet> registers =
                    ProcessorContext.read(dump.context(), architecture, XstateLayout.NONE)
                            .map(ProcessorContext::registers);
            if (registers.isPresent()) {
                return registers.get();
            }
            problems.add("context", "the header's is not one of " + architecture);
        } catch (FormatException e) {
            problems.add("context", e.getMessage());
        }
        return RegisterSet.unknown(architecture);
    }

    /** Those that run, by processor; then the others, by process. */
    private List<KernelThread> threads(
            Kernel kernel, CrashedProcessor crashed, RegisterSet stopped) {
        var threads = new ArrayList<KernelThread>();
        Set<Long> seen = new LinkedHashSet<>();
        for (KernelThread thread : kernel.currentThreads()) {
            if (seen.add(thread.va())) {
                threads.add(crashed.is(thread) ? with(thread, stopped) : thread);
            }
        }
        if (threads.stream().noneMatch(crashed::is)) {
            threads.add(0, alone(kernel, stopped));
        }
        int left = 0;
        for (KernelProcess process : kernel.processes()) {
            for (KernelThread thread : kernel.threads(process)) {
                if (!seen.add(thread.va())) {
                    continue;
                }
                if (threads.size() < MOST_THREADS) {
                    threads.add(thread);
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            problems.add("threads", left + " more are not shown");
        }
        return List.copyOf(threads);
    }

    /** The header's context, when no processor's block can be read. */
    private KernelThread alone(Kernel kernel, RegisterSet stopped) {
        var none =
                new KernelThread(
                        0,
                        new ThreadRef(0, KernelThread.idleId(0)),
                        0,
                        OptionalInt.of(0),
                        OptionalInt.empty(),
                        stopped,
                        AddressRange.EMPTY,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.of("CPU that stopped"));
        return with(none, stopped);
    }

    private KernelThread with(KernelThread thread, RegisterSet registers) {
        if (registers.sp().isEmpty()) {
            return thread;
        }
        AddressRange stack = thread.stack();
        long sp = registers.sp().getAsLong();
        if (!stack.contains(sp) && stack.isEmpty() && dump.triage().isPresent()) {
            stack =
                    dump.triage()
                            .get()
                            .stack()
                            .map(b -> AddressRange.between(sp, b.va() + b.sizeBytes()))
                            .orElse(stack);
        } else if (!stack.isEmpty()) {
            stack = AddressRange.between(sp, stack.end());
        }
        return withRegisters(thread, registers, stack);
    }

    private static KernelThread withRegisters(
            KernelThread t, RegisterSet registers, AddressRange stack) {
        return new KernelThread(
                t.va(),
                t.ref(),
                t.processVa(),
                t.processor(),
                t.state(),
                registers,
                stack,
                t.tebVa(),
                t.startVa(),
                t.name());
    }

    /** The registers at the fault count more than those of the function that stopped the system. */
    private static List<? extends TargetThread> withEvidence(
            List<KernelThread> threads, Optional<KernelThread> stopper, BugCheckEvidence evidence) {
        if (stopper.isEmpty() || evidence.registers().isEmpty()) {
            return threads;
        }
        var changed = new ArrayList<KernelThread>(threads);
        KernelThread thread = stopper.get();
        RegisterSet registers = evidence.registers().get();
        long sp = registers.sp().orElse(0);
        AddressRange stack =
                thread.stack().contains(sp)
                        ? AddressRange.between(sp, thread.stack().end())
                        : thread.stack();
        changed.set(threads.indexOf(thread), withRegisters(thread, registers, stack));
        return List.copyOf(changed);
    }

    private static Optional<KernelProcess> processOf(Kernel kernel, KernelThread thread) {
        return thread.processVa() == 0
                ? Optional.empty()
                : Optional.of(kernel.process(thread.processVa()));
    }

    // The bug check

    private BugCheck bugCheck(
            Kernel kernel, CrashedProcessor crashed, Optional<KernelThread> stopper) {
        Optional<String> blamed =
                dump.triage()
                        .flatMap(TriageDump::brokenDriver)
                        .map(d -> LoadedModule.baseName(d.path()))
                        .filter(name -> !name.isEmpty())
                        .or(
                                () ->
                                        header.bugCheckCode() == 0
                                                ? Optional.empty()
                                                : kernel.blamedDriver());
        Optional<KernelProcessor> processor = crashed.processor();
        return new BugCheck(
                stopper.map(KernelThread::ref).orElse(new ThreadRef(0, 0)),
                processor.isPresent()
                        ? OptionalInt.of(processor.get().number())
                        : OptionalInt.empty(),
                header.bugCheckCode(),
                header.bugCheckParameters(),
                processor.map(KernelProcessor::irql).orElse(OptionalInt.empty()),
                blamed);
    }

    private static BugCheck withIrql(BugCheck b, BugCheckEvidence evidence) {
        return evidence.irql().isEmpty()
                ? b
                : new BugCheck(
                        b.thread(),
                        b.processor(),
                        b.code(),
                        b.parameters(),
                        evidence.irql(),
                        b.blamedDriver());
    }

    private Optional<TargetException> exception(BugCheckEvidence evidence, BugCheck bugCheck) {
        if (evidence.exception().isPresent()) {
            return evidence.exception();
        }
        Optional<HeaderException> own = dump.exception().filter(e -> e.code() != BREAKPOINT);
        return own.map(
                e ->
                        new TargetException(
                                bugCheck.thread(),
                                e.code(),
                                e.flags(),
                                e.address(),
                                e.nestedVa() == 0
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(e.nestedVa()),
                                e.parameters()));
    }

    /** The system as a whole stands in for the process: it began when Windows did. */
    private ProcessInfo process() {
        Optional<Instant> stopped = Times.instant(header.systemTime());
        Optional<Duration> ran = Times.duration(header.upTime()).filter(d -> !d.isZero());
        return new ProcessInfo(
                OptionalLong.empty(),
                "",
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                stopped.flatMap(at -> ran.map(at::minus)),
                stopped,
                Optional.empty(),
                Optional.empty());
    }
}
