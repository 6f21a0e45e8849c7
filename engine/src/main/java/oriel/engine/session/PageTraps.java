package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oriel.driver.DebugDriver;
import oriel.driver.RefusedTrap;
import oriel.driver.Trap;
import oriel.model.AddressRange;

/** The guarded pages of one process, and the watches that want them guarded. */
final class PageTraps {
    static final int PAGE = 0x1000;

    private final long processId;
    private final Map<Long, Set<Breakpoint>> watches = new HashMap<>();
    private final Set<Long> armed = new HashSet<>();

    /** Pages that a thread is about to access unguarded. */
    private final Set<Long> open = new HashSet<>();

    /** Pages whose protection the program is changing. */
    private final Set<Long> exempt = new HashSet<>();

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

    private static List<Long> pagesOf(AddressRange range) {
        var pages = new ArrayList<Long>();
        long first = range.start() & -PAGE;
        long last = range.end() - 1 & -PAGE;
        for (long page = first; page != last + PAGE; page += PAGE) {
            pages.add(page);
        }
        return pages;
    }

    /** Whether a guard on the page of an address is ours. */
    boolean isOurs(long va) {
        return armed.contains(va & -PAGE);
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

    /** The system took the guard of a page away because somebody touched it. */
    void tripped(long va) {
        armed.remove(va & -PAGE);
        open.add(va & -PAGE);
    }

    /** Whether some thread is about to access a page of which the guard is off. */
    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** The access has been made: pages are guarded again by the next {@link #sync}. */
    void passed() {
        open.clear();
    }

    /** Takes guards off for some time: {@link #sync} does it. */
    void exempt(AddressRange range) {
        for (long page : watches.keySet()) {
            if (overlap(range, new AddressRange(page, PAGE))) {
                exempt.add(page);
            }
        }
    }

    /** All pages are guarded again by the next {@link #sync}. */
    void endExemption() {
        exempt.clear();
    }

    /** Writes the difference between what is wanted and what is there. */
    void sync(DebugDriver driver) {
        if (watches.isEmpty() && armed.isEmpty()) {
            return;
        }
        var out = new ArrayList<Trap.Page>();
        for (long page : List.copyOf(armed)) {
            if (!watches.containsKey(page) || exempt.contains(page)) {
                armed.remove(page);
                out.add(new Trap.Page(processId, page, PAGE));
            }
        }
        var in = new ArrayList<Trap.Page>();
        for (long page : watches.keySet()) {
            if (!open.contains(page) && !exempt.contains(page) && armed.add(page)) {
                in.add(new Trap.Page(processId, page, PAGE));
            }
        }
        driver.disarm(out);
        for (RefusedTrap refused : driver.arm(in)) {
            armed.remove(refused.trap().va());
            Set<Breakpoint> disappointed = watches.remove(refused.trap().va());
            if (disappointed != null) {
                disappointed.forEach(w -> w.problem(processId, refused.reason()));
            }
        }
    }

    /** Takes all guards away. */
    void disarmAll(DebugDriver driver) {
        watches.clear();
        sync(driver);
    }
}
