package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import oriel.driver.DebugDriver;
import oriel.driver.RefusedTrap;
import oriel.driver.Trap;
import oriel.model.AddressRange;
import oriel.model.MemoryRegion;
import oriel.model.ThreadRef;

/**
 * The closed pages of one process, and the watches that want them closed. A closed page stays so
 * while a thread is stopped at an access to it, so that no other thread slips through; it is opened
 * for one instruction of one thread, with the others held, when that cannot be emulated.
 */
final class PageTraps {
    static final int PAGE = 0x1000;

    private final long processId;
    private final Map<Long, Set<Breakpoint>> watches = new HashMap<>();

    /** Pages with code traps, which the program may write: it must not write over the traps. */
    private final Set<Long> trapped = new HashSet<>();

    private final Set<Long> refused = new HashSet<>();

    /** Pages that are closed now, and whether to writes only. */
    private final Map<Long, Boolean> closed = new ConcurrentHashMap<>();

    /** What the program may do with pages that are closed, or were, where that is told. */
    private final Map<Long, Optional<MemoryRegion>> regions = new ConcurrentHashMap<>();

    /** Pages that threads are about to access. */
    private final Map<ThreadRef, Set<Long>> touched = new HashMap<>();

    /** Pages that are open for a thread that executes one instruction. */
    private final Set<Long> open = new HashSet<>();

    /** Pages that system calls of threads use, or whose protection they change. */
    private final Map<ThreadRef, Set<Long>> exempt = new HashMap<>();

    PageTraps(long processId) {
        this.processId = processId;
    }

    void add(Breakpoint watch, AddressRange range) {
        for (long page : pagesOf(range)) {
            watches.computeIfAbsent(page, p -> new HashSet<>()).add(watch);
        }
    }

    void remove(Breakpoint watch) {
        watches.values().forEach(each -> each.remove(watch));
        watches.values().removeIf(Set::isEmpty);
    }

    /** Closes pages to writes for the sake of the code traps in them, and no others. */
    void closeForTraps(Set<Long> pages) {
        if (!pages.isEmpty() || !trapped.isEmpty()) {
            trapped.clear();
            trapped.addAll(pages);
            trapped.removeAll(refused);
        }
    }

    private static List<Long> pagesOf(AddressRange range) {
        var pages = new ArrayList<Long>();
        long first = range.start() & -PAGE;
        long last = range.end() - 1 & -PAGE;
        for (long page = first; page != last + PAGE; page += PAGE) {
            pages.add(page);
        }
        return pages;
    }

    private boolean isWanted(long page) {
        return watches.containsKey(page) || trapped.contains(page);
    }

    private boolean wantsWritesOnly(long page) {
        return watches.getOrDefault(page, Set.of()).stream()
                .allMatch(w -> w.access() == Access.WRITE);
    }

    // --- accesses -------------------------------------------------------------------------------

    /**
     * Whether the fault of an access is of our making: the page is watched, and the program may do
     * what it does. A page may also have been closed until a moment ago.
     */
    boolean isOurs(ThreadRef thread, long va, Access access, ProcessSpace space) {
        long page = va & -PAGE;
        boolean again = open.contains(page) && isTouchedBy(thread, page);
        if (!regions.containsKey(page) || again) {
            return false;
        }
        Optional<MemoryRegion> region = space.target().regionAt(va);
        return region.isEmpty() || permits(region.get(), access);
    }

    /** What the program may do with a page that is closed now; empty for any other. */
    Optional<MemoryRegion> hidden(long va) {
        long page = va & -PAGE;
        return closed.containsKey(page)
                ? regions.getOrDefault(page, Optional.empty())
                : Optional.empty();
    }

    /** The pages that are closed now, in order. */
    List<Long> closed() {
        return closed.keySet().stream().sorted(Long::compareUnsigned).toList();
    }

    private static boolean permits(MemoryRegion region, Access access) {
        return switch (access) {
            case READ -> region.isReadable();
            case WRITE, ACCESS -> region.isWritable();
            case EXECUTE -> region.isExecutable();
        };
    }

    /** Watches that touch some bytes. */
    List<Breakpoint> watching(AddressRange bytes) {
        var found = new ArrayList<Breakpoint>();
        for (long page : pagesOf(bytes)) {
            for (Breakpoint watch : watches.getOrDefault(page, Set.of())) {
                boolean touches =
                        watch.rangeIn(processId).filter(r -> overlap(r, bytes)).isPresent();
                if (touches && !found.contains(watch)) {
                    found.add(watch);
                }
            }
        }
        return found;
    }

    private static boolean overlap(AddressRange a, AddressRange b) {
        return a.contains(b.start()) || b.contains(a.start());
    }

    /** A thread stands at an access to a closed page. */
    void touch(ThreadRef thread, long va) {
        touched.computeIfAbsent(thread, t -> new HashSet<>()).add(va & -PAGE);
    }

    boolean isTouchedBy(ThreadRef thread) {
        return touched.containsKey(thread);
    }

    private boolean isTouchedBy(ThreadRef thread, long page) {
        return touched.getOrDefault(thread, Set.of()).contains(page);
    }

    /** Whether a thread must not access bytes without being told of: a page it has not touched. */
    boolean guards(ThreadRef thread, long va, int length, boolean write) {
        if (closed.isEmpty()) {
            return false;
        }
        for (long page : pagesOf(new AddressRange(va, Math.max(1, length)))) {
            Boolean writesOnly = closed.get(page);
            boolean stops = writesOnly != null && (write || !writesOnly);
            if (stops && !isTouchedBy(thread, page)) {
                return true;
            }
        }
        return false;
    }

    /** The pages that are open for a thread. */
    List<Long> opened(ThreadRef thread) {
        return touched.getOrDefault(thread, Set.of()).stream().filter(open::contains).toList();
    }

    /** Opens the pages that a thread has touched: it executes one instruction, alone. */
    void open(ThreadRef thread, DebugDriver driver) {
        var out = new ArrayList<Trap.Page>();
        for (long page : touched.getOrDefault(thread, Set.of())) {
            open.add(page);
            Boolean writesOnly = closed.remove(page);
            if (writesOnly != null) {
                out.add(new Trap.Page(processId, page, PAGE, writesOnly));
            }
        }
        driver.disarm(out);
    }

    /** A thread has made its access; the next {@link #sync} closes pages that were opened. */
    void passed(ThreadRef thread) {
        Set<Long> pages = touched.remove(thread);
        if (pages != null) {
            open.removeAll(pages);
        }
    }

    // --- writing the difference -----------------------------------------------------------------

    /** Opens pages for as long as a system call of a thread takes: {@link #sync} does it. */
    void exempt(ThreadRef thread, AddressRange range) {
        for (long page : regions.keySet()) {
            if (overlap(range, new AddressRange(page, PAGE))) {
                exempt.computeIfAbsent(thread, t -> new HashSet<>()).add(page);
            }
        }
    }

    /**
     * The call is over: its pages are closed again by the next {@link #sync}.
     *
     * @return the pages
     */
    Set<Long> endExemption(ThreadRef thread) {
        refused.clear();
        Set<Long> pages = exempt.remove(thread);
        return pages == null ? Set.of() : pages;
    }

    /** Whether some bytes are in pages that are closed, or were. */
    boolean knows(AddressRange bytes) {
        for (long page : regions.keySet()) {
            if (overlap(bytes, new AddressRange(page, PAGE))) {
                return true;
            }
        }
        return false;
    }

    private boolean isExempt(long page) {
        for (Set<Long> pages : exempt.values()) {
            if (pages.contains(page)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the difference between what is wanted and what is there.
     *
     * @param otherwise tries to watch in another way, when a page cannot be closed; answers whether
     *     it could
     */
    void sync(DebugDriver driver, ProcessSpace space, Predicate<Breakpoint> otherwise) {
        if (watches.isEmpty() && trapped.isEmpty() && closed.isEmpty()) {
            return;
        }
        var out = new ArrayList<Trap.Page>();
        for (Map.Entry<Long, Boolean> each : List.copyOf(closed.entrySet())) {
            long page = each.getKey();
            boolean right = isWanted(page) && wantsWritesOnly(page) == each.getValue();
            if (!right || isExempt(page)) {
                closed.remove(page);
                out.add(new Trap.Page(processId, page, PAGE, each.getValue()));
            }
        }
        var in = new ArrayList<Trap.Page>();
        wanted(watches.keySet(), in, space);
        wanted(trapped, in, space);
        driver.disarm(out);
        for (RefusedTrap each : driver.arm(in)) {
            refuse(each, otherwise);
        }
    }

    private void wanted(Set<Long> pages, List<Trap.Page> in, ProcessSpace space) {
        for (long page : pages) {
            if (open.contains(page) || isExempt(page) || closed.containsKey(page)) {
                continue;
            }
            boolean writesOnly = wantsWritesOnly(page);
            regions.put(page, space.target().regionAt(page));
            closed.put(page, writesOnly);
            in.add(new Trap.Page(processId, page, PAGE, writesOnly));
        }
    }

    private void refuse(RefusedTrap each, Predicate<Breakpoint> otherwise) {
        long page = each.trap().va();
        closed.remove(page);
        trapped.remove(page);
        refused.add(page);
        Set<Breakpoint> disappointed = watches.remove(page);
        if (disappointed != null) {
            for (Breakpoint watch : disappointed) {
                if (!otherwise.test(watch)) {
                    watch.problem(processId, each.reason());
                }
            }
        }
    }

    /** Opens all pages. */
    void disarmAll(DebugDriver driver, ProcessSpace space) {
        watches.clear();
        trapped.clear();
        sync(driver, space, watch -> false);
    }
}
