package oriel.win32;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.ProcessInfo;
import oriel.model.RegisterSet;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * A running process held still, to be read like a dump. All its threads wait until this is closed.
 * What is listed is what was there when it was stopped. Or a process that runs on, see {@link
 * #watch}.
 */
public final class LiveTarget implements Target, AutoCloseable {
    private final WindowsProcess process;
    private final Optional<Suspension> suspension;
    private final Architecture architecture;
    private final boolean nativeSide;
    private final Instant captured = Instant.now();
    private final List<LoadedModule> modules;
    private final List<TargetThread> threads;
    private final List<MemoryRegion> regions;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private LiveTarget(WindowsProcess process, boolean held, boolean nativeSide) {
        this.process = process;
        this.nativeSide = nativeSide && process.isWow64();
        this.architecture = this.nativeSide ? process.machine() : process.architecture();
        this.suspension = held ? Optional.of(process.suspend()) : Optional.empty();
        try {
            this.modules = readModules();
            this.threads = held ? readThreads() : List.of();
            this.regions = process.memory().map();
        } catch (RuntimeException e) {
            suspension.ifPresent(Suspension::close);
            throw e;
        }
    }

    /**
     * Holds a process.
     *
     * @param nativeSide whether to show the 64-bit side of a 32-bit program
     * @throws DriverException when it cannot be opened or held
     */
    public static LiveTarget open(long processId, boolean nativeSide) {
        return open(processId, true, nativeSide);
    }

    /**
     * Opens a process and lets it run on: modules and map are those of now, memory is that of each
     * moment, and there are no threads.
     *
     * @throws DriverException when it cannot be opened
     */
    public static LiveTarget watch(long processId) {
        return open(processId, false, false);
    }

    private static LiveTarget open(long processId, boolean held, boolean nativeSide) {
        WindowsProcess process = WindowsProcess.open(processId);
        try {
            return new LiveTarget(process, held, nativeSide);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private List<LoadedModule> readModules() {
        List<LoadedModule> found =
                LoaderList.read(
                        process.memory(),
                        architecture,
                        nativeSide ? process.nativePebVa() : process.pebVa());
        return found.stream()
                .map(
                        m ->
                                new LoadedModule(
                                        m.range(),
                                        m.path(),
                                        m.timestamp(),
                                        m.checksum(),
                                        VersionResource.read(process.memory(), m.base()),
                                        m.pdb()))
                .toList();
    }

    private List<TargetThread> readThreads() {
        var found = new ArrayList<TargetThread>();
        for (ThreadEntry entry : process.threads()) {
            try (WindowsThread thread = WindowsThread.open(process, entry.threadId())) {
                found.add(readThread(entry, thread));
            } catch (DriverException e) {
                diagnostics.add(
                        new Diagnostic(
                                "thread " + entry.threadId(), String.valueOf(e.getMessage())));
            }
        }
        return List.copyOf(found);
    }

    /** A thread whose registers cannot be read is there all the same. */
    private RegisterSet registers(WindowsThread thread) {
        try {
            return nativeSide ? thread.nativeRegisters() : thread.registers();
        } catch (DriverException e) {
            diagnostics.add(
                    new Diagnostic(
                            "registers of thread " + thread.threadId(),
                            String.valueOf(e.getMessage())));
            return RegisterSet.builder(architecture).build();
        }
    }

    private TargetThread readThread(ThreadEntry entry, WindowsThread thread) {
        RegisterSet registers = registers(thread);
        Optional<RegisterSet> other =
                process.isWow64() && !nativeSide
                        ? Optional.of(thread.nativeRegisters())
                        : Optional.empty();
        long teb = thread.tebVa();
        int word = architecture.pointerSize();
        Memory memory = process.memory();
        long top = memory.pointer(teb + word, architecture).orElse(0);
        long sp = registers.sp().orElse(0);
        AddressRange stack =
                AddressRange.compare(sp, top) < 0 && top - sp < 1L << 30
                        ? new AddressRange(sp, top - sp)
                        : AddressRange.EMPTY;
        return new LiveThread(
                new ThreadRef(process.processId(), entry.threadId()),
                registers,
                other,
                thread.name(),
                stack,
                teb,
                thread.startVa(),
                entry.basePriority(),
                thread.times());
    }

    /** The process, to change what this only reads. It closes with this target. */
    public WindowsProcess opened() {
        return process;
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public ProcessMemory memory() {
        return process.memory();
    }

    @Override
    public List<TargetThread> threads() {
        return threads;
    }

    @Override
    public List<LoadedModule> modules() {
        return modules;
    }

    @Override
    public Optional<TargetException> exception() {
        return Optional.empty();
    }

    @Override
    public List<MemoryRegion> regions() {
        return regions;
    }

    @Override
    public List<AddressRange> readableRanges() {
        var ranges = new ArrayList<AddressRange>();
        for (MemoryRegion region : regions) {
            if (!region.isReadable()) {
                continue;
            }
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).end() == region.range().start()) {
                AddressRange before = ranges.get(last);
                ranges.set(
                        last,
                        new AddressRange(
                                before.start(), before.sizeBytes() + region.range().sizeBytes()));
            } else {
                ranges.add(region.range());
            }
        }
        return ranges;
    }

    @Override
    public SystemInfo system() {
        return SystemFacts.system();
    }

    @Override
    public ProcessInfo process() {
        ProcessBlock block = process.block();
        ProcessTimes times = process.times();
        return new ProcessInfo(
                OptionalLong.of(process.processId()),
                process.imagePath(),
                block.commandLine(),
                block.environment(),
                process.pebVa(),
                times.created(),
                Optional.of(captured),
                Optional.of(times.userTime()),
                Optional.of(times.kernelTime()));
    }

    @Override
    public List<HandleInfo> handles() {
        return process.handles();
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    @Override
    public void close() {
        suspension.ifPresent(Suspension::close);
        process.close();
    }
}
