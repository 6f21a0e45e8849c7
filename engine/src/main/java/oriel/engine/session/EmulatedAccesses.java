package oriel.engine.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.ThreadRef;

/**
 * Memory as an emulated instruction may use it: what the program may not do is refused, and so is
 * what a watch must be told of. Then the thread executes the instruction itself, and gets the fault
 * or runs into the watch.
 */
final class EmulatedAccesses {
    private static final int PAGE = PageTraps.PAGE;
    private static final int MOST_PAGES = 256;

    private final ProcessSpace space;

    /** What the program may do with pages, as long as nothing but traps of ours has stopped it. */
    private final Map<Long, Optional<MemoryRegion>> regions = new HashMap<>();

    EmulatedAccesses(ProcessSpace space) {
        this.space = space;
    }

    /** The program may have changed protections. */
    void forget() {
        regions.clear();
    }

    Memory reading(ThreadRef thread) {
        return (va, into, offset, length) ->
                may(thread, va, length, false) ? space.memory().read(va, into, offset, length) : 0;
    }

    /** Returns whether all was written; else nothing was. */
    boolean write(ThreadRef thread, long va, byte[] bytes) {
        return may(thread, va, bytes.length, true) && space.write(va, bytes) == bytes.length;
    }

    private boolean may(ThreadRef thread, long va, int length, boolean write) {
        return permitted(va, write)
                && permitted(va + length - 1, write)
                && !space.pages().guards(thread, va, length, write)
                && !space.slots().watch(thread, va, length);
    }

    private boolean permitted(long va, boolean write) {
        if (regions.size() > MOST_PAGES) {
            regions.clear();
        }
        long page = va & -PAGE;
        Optional<MemoryRegion> region =
                regions.computeIfAbsent(page, p -> space.target().regionAt(p));
        // What cannot be told, as of kernels, is left to the access itself.
        return region.isEmpty() || (write ? region.get().isWritable() : region.get().isReadable());
    }
}
