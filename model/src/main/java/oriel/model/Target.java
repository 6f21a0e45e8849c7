package oriel.model;

import java.util.List;
import java.util.Optional;

/**
 * Something readable: a dump, or a live target held still. Unwinder, symbols, triage and scripts
 * accept only this. What a target does not know is empty, never an exception. Safe for any thread.
 */
public interface Target {
    /** Architecture of the side that is shown: X86 for a WOW64 process. */
    Architecture architecture();

    /** The address space. */
    Memory memory();

    /** All threads, in the target's order. */
    List<? extends TargetThread> threads();

    /** Mapped images, in the target's order (the program itself first, as a rule). */
    List<LoadedModule> modules();

    /** Images that are no longer mapped, oldest first. */
    default List<UnloadedModule> unloadedModules() {
        return List.of();
    }

    /** Why the target stopped; empty when nothing crashed. */
    Optional<TargetException> exception();

    /**
     * Why the kernel stopped; empty for processes, and for kernels that did not stop by themselves.
     */
    default Optional<BugCheck> bugCheck() {
        return Optional.empty();
    }

    /** The thread that raised the exception, or ran when the kernel stopped. */
    default Optional<ThreadRef> stoppingThread() {
        Optional<ThreadRef> raised = exception().map(TargetException::thread);
        return raised.isPresent() ? raised : bugCheck().map(BugCheck::thread);
    }

    /** The memory map, by address; empty when the target does not know it. */
    default List<MemoryRegion> regions() {
        return List.of();
    }

    /** The ranges that {@link #memory()} can read, by address, merged; empty when not known. */
    default List<AddressRange> readableRanges() {
        return List.of();
    }

    /** Machine and operating system. */
    default SystemInfo system() {
        return SystemInfo.UNKNOWN;
    }

    /** The process. */
    default ProcessInfo process() {
        return ProcessInfo.UNKNOWN;
    }

    /** Open handles of the process; empty when the target does not know them. */
    default List<HandleInfo> handles() {
        return List.of();
    }

    /** Unwind data of code that was made at run time, in the target's order. */
    default List<DynamicFunctions> dynamicFunctions() {
        return List.of();
    }

    /** The assertion that failed, when a crash handler recorded one. */
    default Optional<Assertion> assertion() {
        return Optional.empty();
    }

    /** Comments, memory counters and other remarks, in the target's order. */
    default List<Annotation> annotations() {
        return List.of();
    }

    /** What was damaged or missing so far. */
    default List<Diagnostic> diagnostics() {
        return List.of();
    }

    /** The module that holds an address. */
    default Optional<LoadedModule> moduleAt(long va) {
        return modules().stream().filter(m -> m.range().contains(va)).findFirst();
    }

    /** The region that holds an address. */
    default Optional<MemoryRegion> regionAt(long va) {
        return regions().stream().filter(r -> r.range().contains(va)).findFirst();
    }

    /** A thread by its id. */
    default Optional<? extends TargetThread> thread(long threadId) {
        return threads().stream().filter(t -> t.ref().threadId() == threadId).findFirst();
    }
}
