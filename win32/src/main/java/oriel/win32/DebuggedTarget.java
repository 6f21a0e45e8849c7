package oriel.win32;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.Architecture;
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

/** A debugged process as something to read. Asks the system when it is asked. */
final class DebuggedTarget implements Target {
    private final DebuggedProcess process;

    /** Empty as soon as the process has ended. */
    private final Memory memory =
            new Memory() {
                @Override
                public int read(long va, byte[] into, int offset, int length) {
                    return process.isDead() ? 0 : process.read(va, into, offset, length);
                }
            };

    DebuggedTarget(DebuggedProcess process) {
        this.process = process;
    }

    @Override
    public Architecture architecture() {
        return process.architecture();
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public List<TargetThread> threads() {
        var all = new ArrayList<TargetThread>();
        for (DebuggedThread thread : process.threads()) {
            all.add(new OneThread(thread));
        }
        return all;
    }

    @Override
    public List<LoadedModule> modules() {
        return process.modules();
    }

    @Override
    public Optional<TargetException> exception() {
        return Optional.empty();
    }

    @Override
    public List<MemoryRegion> regions() {
        return process.isDead() ? List.of() : process.process().memory().map();
    }

    @Override
    public Optional<MemoryRegion> regionAt(long va) {
        return process.isDead() ? Optional.empty() : process.process().memory().query(va);
    }

    @Override
    public List<AddressRange> readableRanges() {
        var ranges = new ArrayList<AddressRange>();
        for (MemoryRegion region : regions()) {
            if (region.isReadable()) {
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
        if (process.isDead()) {
            return ProcessInfo.UNKNOWN;
        }
        try {
            WindowsProcess live = process.process();
            ProcessBlock block = live.block();
            ProcessTimes times = live.times();
            return new ProcessInfo(
                    OptionalLong.of(live.processId()),
                    live.imagePath(),
                    block.commandLine(),
                    block.environment(),
                    live.pebVa(),
                    times.created(),
                    Optional.empty(),
                    Optional.of(times.userTime()),
                    Optional.of(times.kernelTime()));
        } catch (DriverException e) {
            return ProcessInfo.UNKNOWN;
        }
    }

    /** A thread whose registers are asked when somebody wants them. */
    private final class OneThread implements TargetThread {
        private final DebuggedThread thread;

        OneThread(DebuggedThread thread) {
            this.thread = thread;
        }

        @Override
        public ThreadRef ref() {
            return thread.ref();
        }

        @Override
        public RegisterSet registers() {
            return thread.registers();
        }

        @Override
        public AddressRange stack() {
            Architecture architecture = process.architecture();
            long base = thread.tebVa() + architecture.pointerSize();
            long top = memory.pointer(base, architecture).orElse(0);
            long sp = registers().sp().orElse(0);
            return AddressRange.compare(sp, top) < 0 && top - sp < 1L << 30
                    ? new AddressRange(sp, top - sp)
                    : AddressRange.EMPTY;
        }

        @Override
        public OptionalLong tebVa() {
            return thread.tebVa() == 0 ? OptionalLong.empty() : OptionalLong.of(thread.tebVa());
        }

        @Override
        public OptionalLong startVa() {
            return thread.startVa() == 0 ? OptionalLong.empty() : OptionalLong.of(thread.startVa());
        }
    }
}
