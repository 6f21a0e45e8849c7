package oriel.engine.dump;

import java.util.List;
import java.util.function.Predicate;
import oriel.model.MemoryRegion;

/**
 * What a minidump is to hold besides threads with their stacks, modules and system.
 *
 * @param fullMemory all memory that can be read
 * @param dataSegments the writable parts of modules
 * @param handles open handles
 * @param threadInfo times, start and names of threads
 * @param memoryInfo the memory map
 * @param unloadedModules modules that were unloaded
 * @param wanted which regions may be written at all; stacks are always
 * @param streams streams of the caller's own
 */
public record DumpPlan(
        boolean fullMemory,
        boolean dataSegments,
        boolean handles,
        boolean threadInfo,
        boolean memoryInfo,
        boolean unloadedModules,
        Predicate<MemoryRegion> wanted,
        List<Own> streams) {
    /**
     * A stream of the caller's own.
     *
     * @param kind MINIDUMP_STREAM_TYPE; those above 0xffff are free for everybody
     * @param bytes its contents
     */
    public record Own(int kind, byte[] bytes) {}

    /** Stacks, modules and system, as small as it gets. */
    public static final DumpPlan NORMAL =
            new DumpPlan(false, false, false, true, true, true, region -> true, List.of());

    /** Everything. */
    public static final DumpPlan FULL =
            new DumpPlan(true, true, true, true, true, true, region -> true, List.of());

    /** Copies the list. */
    public DumpPlan {
        streams = List.copyOf(streams);
    }

    /** The same with the writable parts of modules. */
    public DumpPlan withDataSegments() {
        return new DumpPlan(
                fullMemory,
                true,
                handles,
                threadInfo,
                memoryInfo,
                unloadedModules,
                wanted,
                streams);
    }

    /** The same with open handles. */
    public DumpPlan withHandles() {
        return new DumpPlan(
                fullMemory,
                dataSegments,
                true,
                threadInfo,
                memoryInfo,
                unloadedModules,
                wanted,
                streams);
    }

    /** The same with only those regions that pass a test. */
    public DumpPlan only(Predicate<MemoryRegion> test) {
        return new DumpPlan(
                fullMemory,
                dataSegments,
                handles,
                threadInfo,
                memoryInfo,
                unloadedModules,
                test,
                streams);
    }

    /** The same with streams of one's own. */
    public DumpPlan with(List<Own> more) {
        return new DumpPlan(
                fullMemory,
                dataSegments,
                handles,
                threadInfo,
                memoryInfo,
                unloadedModules,
                wanted,
                more);
    }
}
