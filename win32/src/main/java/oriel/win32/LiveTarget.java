package oriel.win32;

import java.time.Duration;
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
import oriel.model.MemoryRegion;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;

/**
 * A running process held still, to be read like a dump. All its threads wait until this is closed.
 * What is listed is what was there when it was stopped. Or a process that runs on, see {@link
 * #watch}.
 */
public final class LiveTarget implements Target, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WindowsProcess process;
    private final Optional<Suspension> suspension;
    private final Architecture architecture;
    private final Instant captured = Instant.now();
    private final List<LoadedModule> modules;
    private final List<UnloadedModule> unloaded;
    private final List<TargetThread> threads;
    private final List<MemoryRegion> regions;
    private final List<Diagnostic> diagnostics;

    private LiveTarget(
            WindowsProcess process, Architecture architecture, HeldProcess.Reading reading) {
        this.process = process;
        this.architecture = architecture;
        this.suspension = reading.suspension();
        this.modules = reading.process().modules();
        this.unloaded = reading.process().unloadedModules();
        this.threads = reading.process().threads();
        this.regions = reading.process().regions();
        this.diagnostics = reading.process().diagnostics();
    }

    /**
     * Holds a process.
     *
     * @param nativeSide whether to show the 64-bit side of a 32-bit program
     * @throws DriverException when it cannot be opened or held, or does not come to rest in time (5
     *     seconds for each thread); it is not held then
     */
    public static LiveTarget open(long processId, boolean nativeSide) {
        WindowsProcess process = WindowsProcess.open(processId);
        boolean other = nativeSide && process.isWow64();
        try {
            return new LiveTarget(
                    process,
                    other ? process.machine() : process.architecture(),
                    HeldProcess.hold(process, other, PATIENCE));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /**
     * Opens a process and lets it run on: modules and map are those of now, memory is that of each
     * moment, and there are no threads.
     *
     * @throws DriverException when it cannot be opened
     */
    public static LiveTarget watch(long processId) {
        WindowsProcess process = WindowsProcess.open(processId);
        try {
            return new LiveTarget(process, process.architecture(), HeldProcess.watch(process));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
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
    public List<UnloadedModule> unloadedModules() {
        return unloaded;
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
        return diagnostics;
    }

    @Override
    public void close() {
        suspension.ifPresent(Suspension::close);
        process.close();
    }
}
