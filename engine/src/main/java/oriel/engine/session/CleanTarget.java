package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.BugCheck;
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
 * A process as the driver shows it, without traps in its memory and the protection of its pages,
 * and with its threads' names.
 */
final class CleanTarget implements Target {
    private final Target raw;
    private final Memory memory;
    private final PageTraps pages;
    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private volatile Optional<TargetException> exception = Optional.empty();

    CleanTarget(Target raw, Memory memory, PageTraps pages) {
        this.raw = raw;
        this.memory = memory;
        this.pages = pages;
    }

    void name(long threadId, String name) {
        names.put(threadId, name);
    }

    void exception(Optional<TargetException> now) {
        exception = now;
    }

    @Override
    public Architecture architecture() {
        return raw.architecture();
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public List<? extends TargetThread> threads() {
        if (names.isEmpty()) {
            return raw.threads();
        }
        var all = new ArrayList<TargetThread>();
        for (TargetThread thread : raw.threads()) {
            String name = names.get(thread.ref().threadId());
            all.add(name == null ? thread : new NamedThread(thread, name));
        }
        return all;
    }

    @Override
    public List<LoadedModule> modules() {
        return raw.modules();
    }

    @Override
    public Optional<TargetException> exception() {
        return exception;
    }

    @Override
    public Optional<BugCheck> bugCheck() {
        return raw.bugCheck();
    }

    @Override
    public List<MemoryRegion> regions() {
        List<MemoryRegion> shown = raw.regions();
        List<Long> closed = pages.closed();
        if (closed.isEmpty()) {
            return shown;
        }
        // A page that is closed is a region of its own, with the protection that it would have.
        var all = new ArrayList<MemoryRegion>(shown.size());
        for (MemoryRegion region : shown) {
            all.add(
                    pages.hidden(region.range().start())
                            .map(r -> within(r, region))
                            .orElse(region));
        }
        return all;
    }

    @Override
    public Optional<MemoryRegion> regionAt(long va) {
        Optional<MemoryRegion> hidden = pages.hidden(va);
        return hidden.isPresent() ? hidden : raw.regionAt(va);
    }

    private static MemoryRegion within(MemoryRegion attributes, MemoryRegion place) {
        return new MemoryRegion(
                place.range(),
                place.allocationBase(),
                place.state(),
                attributes.protection(),
                place.allocationProtection(),
                place.type());
    }

    @Override
    public List<AddressRange> readableRanges() {
        return raw.readableRanges();
    }

    @Override
    public SystemInfo system() {
        return raw.system();
    }

    @Override
    public ProcessInfo process() {
        return raw.process();
    }

    /** A thread with the name that the program gave it. */
    private record NamedThread(TargetThread thread, String given) implements TargetThread {
        @Override
        public ThreadRef ref() {
            return thread.ref();
        }

        @Override
        public RegisterSet registers() {
            return thread.registers();
        }

        @Override
        public Optional<String> name() {
            return Optional.of(given);
        }

        @Override
        public AddressRange stack() {
            return thread.stack();
        }

        @Override
        public OptionalLong tebVa() {
            return thread.tebVa();
        }

        @Override
        public OptionalLong startVa() {
            return thread.startVa();
        }

        @Override
        public OptionalInt suspendCount() {
            return thread.suspendCount();
        }

        @Override
        public OptionalInt processor() {
            return thread.processor();
        }

        @Override
        public Optional<RegisterSet> nativeRegisters() {
            return thread.nativeRegisters();
        }
    }
}
