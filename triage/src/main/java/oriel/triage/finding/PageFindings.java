package oriel.triage.finding;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;
import oriel.triage.report.MemoryAccess;

/**
 * What the state of the pages around a failed access tells. Page heap puts each block at the end of
 * its own pages, before one that cannot be accessed, and takes the pages away when the block is
 * freed; an ordinary heap ends with reserved pages.
 */
final class PageFindings {
    private static final int PAGE = 0x1000;

    /** So near the end of a page begin blocks that end there, as small objects do. */
    private static final int NEAR = 0x80;

    private static final long FLAG_HEAP_PAGE_ALLOCS = 0x02000000;

    private PageFindings() {}

    static void add(Scene scene, List<Finding> findings) {
        if (scene.access().isEmpty() || !findings.isEmpty()) {
            return;
        }
        MemoryAccess access = scene.access().get();
        boolean data =
                access.kind() == MemoryAccess.Kind.READ || access.kind() == MemoryAccess.Kind.WRITE;
        long va = access.place().va();
        Optional<MemoryRegion> region = scene.target().regionAt(va);
        if (data && scene.target().regions().isEmpty()) {
            pageEnd(scene, va, findings);
        }
        if (!data || region.isEmpty() || !isShut(region.get())) {
            return;
        }
        boolean pageHeap = hasPageHeap(scene);
        long start = region.get().range().start();
        Optional<MemoryRegion> before = scene.target().regionAt(start - 1);
        boolean follows =
                before.isPresent()
                        && before.get().state() == MemoryRegion.State.COMMITTED
                        && before.get().isWritable()
                        && before.get().allocationBase().equals(region.get().allocationBase());
        if (follows && va - start >= 0 && va - start < PAGE) {
            findings.add(
                    new Finding(
                            "buffer-overrun",
                            pageHeap ? Confidence.HIGH : Confidence.MEDIUM,
                            "the "
                                    + (access.kind() == MemoryAccess.Kind.READ ? "read" : "write")
                                    + " is "
                                    + (va - start)
                                    + " bytes behind the end of the memory that begins at "
                                    + Long.toHexString(before.get().range().start())
                                    + (pageHeap
                                            ? ": it ran out of its heap block (page heap is on)"
                                            : ": it ran out of a block at the end of a heap or"
                                                    + " buffer")));
        } else if (pageHeap) {
            findings.add(
                    new Finding(
                            "use-after-free",
                            Confidence.MEDIUM,
                            "the address "
                                    + Long.toHexString(va)
                                    + " is reserved but not accessible, and page heap is on, which"
                                    + " does that to blocks that are freed"));
        }
    }

    /** Without a map of memory: a pointer near the end of a page, and an access on the next. */
    private static void pageEnd(Scene scene, long va, List<Finding> findings) {
        for (BadPointer pointer : BadPointer.of(scene)) {
            long offset = va - pointer.value();
            long left = PAGE - (pointer.value() & PAGE - 1);
            if (offset >= left && offset - left < NEAR && left <= NEAR) {
                findings.add(
                        new Finding(
                                "buffer-overrun",
                                Confidence.LOW,
                                pointer.shown()
                                        + " points "
                                        + left
                                        + " bytes before the end of its page, and the access, "
                                        + offset
                                        + " bytes further, is on the next: a block of a guarded"
                                        + " heap that is overrun looks like that"));
                return;
            }
        }
    }

    /** Part of an allocation, but not to be accessed. */
    private static boolean isShut(MemoryRegion region) {
        boolean isPrivate =
                region.type() == MemoryRegion.Type.PRIVATE
                        || region.type() == MemoryRegion.Type.UNKNOWN;
        return isPrivate
                && (region.state() == MemoryRegion.State.RESERVED
                        || region.state() == MemoryRegion.State.COMMITTED
                                && !region.isReadable()
                                && !region.isGuard());
    }

    /** PEB.NtGlobalFlag has the bit, or Application Verifier is there. */
    private static boolean hasPageHeap(Scene scene) {
        OptionalLong peb = scene.target().process().pebVa();
        if (peb.isPresent()) {
            long at = peb.getAsLong() + (scene.architecture().is64Bit() ? 0xbc : 0x68);
            OptionalLong flags = scene.target().memory().unsigned(at, 4);
            if (flags.isPresent() && (flags.getAsLong() & FLAG_HEAP_PAGE_ALLOCS) != 0) {
                return true;
            }
        }
        for (LoadedModule module : scene.target().modules()) {
            if (module.name().equalsIgnoreCase("verifier.dll")) {
                return true;
            }
        }
        return false;
    }
}
