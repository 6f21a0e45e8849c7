package oriel.engine.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import oriel.driver.DebugDriver;
import oriel.driver.RefusedTrap;
import oriel.driver.Trap;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.MemoryRegion;

/**
 * The code traps of one process. Traps stay in the program while it is stopped: only the difference
 * is written before it runs, and {@link #memory} shows what the program wrote. Changed on the
 * control thread only.
 */
final class CodeTraps {
    private static final int PAGE = 0x1000;
    private static final int INT3 = 0xcc;
    private static final int MOST_LOOKED_AT = 64;

    private final long processId;
    private final Memory raw;
    private final int trapSize;
    private final ConcurrentSkipListMap<Long, CodeTrap> traps =
            new ConcurrentSkipListMap<>(Long::compareUnsigned);
    private final List<CodeTrap> changed = new ArrayList<>();

    /** Where traps have been: a thread may have run into one before it was taken out. */
    private final Set<Long> gone = new HashSet<>();

    /** Pages with traps, and whether the program may write there. */
    private final Map<Long, Boolean> writable = new HashMap<>();

    CodeTraps(long processId, Memory raw, Architecture architecture) {
        this.processId = processId;
        this.raw = raw;
        this.trapSize = architecture.isIntel() ? 1 : 4;
    }

    Optional<CodeTrap> at(long va) {
        return Optional.ofNullable(traps.get(va));
    }

    boolean wasHere(long va) {
        return gone.contains(va);
    }

    boolean isEmpty() {
        return traps.isEmpty();
    }

    /** Whether there is one in the pages of some bytes. */
    boolean areIn(AddressRange bytes) {
        Long next = traps.ceilingKey(bytes.start() & -PAGE);
        return next != null && AddressRange.compare(next, bytes.end() - 1 | PAGE - 1) <= 0;
    }

    void add(long va, TrapOwner owner) {
        CodeTrap trap = traps.computeIfAbsent(va, CodeTrap::new);
        trap.owners.add(owner);
        queue(trap);
    }

    void remove(long va, TrapOwner owner) {
        CodeTrap trap = traps.get(va);
        if (trap != null && trap.owners.remove(owner) && trap.owners.isEmpty()) {
            queue(trap);
        }
    }

    private void queue(CodeTrap trap) {
        if (!trap.queued) {
            trap.queued = true;
            changed.add(trap);
        }
    }

    /** Forgets the traps of memory that was unmapped, with their owners. */
    void forget(AddressRange range) {
        var inside = traps.tailMap(range.start(), true);
        for (Map.Entry<Long, CodeTrap> each : inside.entrySet()) {
            if (!range.contains(each.getKey())) {
                return;
            }
            each.getValue().armed = false;
            each.getValue().owners.clear();
            traps.remove(each.getKey());
        }
    }

    /** Writes the difference between what is wanted and what is there. */
    void sync(DebugDriver driver, ProcessSpace space) {
        if (changed.isEmpty()) {
            return;
        }
        var out = new ArrayList<Trap.Code>();
        var in = new ArrayList<CodeTrap>();
        for (CodeTrap trap : changed) {
            trap.queued = false;
            if (trap.owners.isEmpty()) {
                traps.remove(trap.va, trap);
                if (trap.armed) {
                    gone.add(trap.va);
                    trap.armed = false;
                    out.add(code(trap));
                }
            } else if (!trap.armed) {
                in.add(trap);
            }
        }
        changed.clear();
        driver.disarm(out);
        arm(in, driver, space);
    }

    private Trap.Code code(CodeTrap trap) {
        return new Trap.Code(processId, trap.va, trap.original);
    }

    private void arm(List<CodeTrap> wanted, DebugDriver driver, ProcessSpace space) {
        if (wanted.isEmpty()) {
            return;
        }
        wanted.sort(Comparator.comparing(t -> t.va, Long::compareUnsigned));
        var page = new byte[PAGE + trapSize];
        long pageVa = 0;
        int there = -1;
        var arming = new ArrayList<Trap.Code>();
        for (CodeTrap trap : wanted) {
            long start = trap.va & -PAGE;
            if (there < 0 || start != pageVa) {
                pageVa = start;
                there = raw.read(start, page, 0, page.length);
            }
            int at = (int) (trap.va - start);
            if (at + trapSize > there) {
                refuse(trap, space, "there is no memory");
                continue;
            }
            trap.original = 0;
            for (int i = trapSize - 1; i >= 0; i--) {
                trap.original = trap.original << 8 | page[at + i] & 0xff;
            }
            trap.armed = true;
            arming.add(code(trap));
            writable.computeIfAbsent(start, p -> isWritable(space, p));
        }
        for (RefusedTrap refused : driver.arm(arming)) {
            CodeTrap trap = traps.get(refused.trap().va());
            if (trap != null) {
                refuse(trap, space, refused.reason());
            }
        }
    }

    private static boolean isWritable(ProcessSpace space, long page) {
        return space.target().regionAt(page).filter(MemoryRegion::isWritable).isPresent();
    }

    /** Pages with traps into which the program may write. */
    Set<Long> writablePages() {
        var pages = new HashSet<Long>();
        writable.forEach(
                (page, may) -> {
                    if (may && !traps.subMap(page, true, page + PAGE - 1, true).isEmpty()) {
                        pages.add(page);
                    }
                });
        return pages;
    }

    /** The program has changed the protection of some pages. */
    void protectionsChanged(ProcessSpace space) {
        writable.keySet().removeIf(p -> traps.subMap(p, true, p + PAGE - 1, true).isEmpty());
        writable.replaceAll((page, may) -> isWritable(space, page));
    }

    private void refuse(CodeTrap trap, ProcessSpace space, String reason) {
        trap.armed = false;
        traps.remove(trap.va);
        for (TrapOwner owner : List.copyOf(trap.owners)) {
            owner.refused(space, trap.va, reason);
        }
    }

    /** Takes one trap out so that a thread can execute what is under it. */
    void lift(CodeTrap trap, DebugDriver driver) {
        if (trap.armed) {
            driver.disarm(List.of(code(trap)));
            trap.armed = false;
        }
    }

    /** Puts a lifted trap back, unless nobody wants it any more. */
    void lower(CodeTrap trap, DebugDriver driver) {
        if (!trap.armed && !trap.owners.isEmpty() && traps.get(trap.va) == trap) {
            trap.armed = driver.arm(List.of(code(trap))).isEmpty();
        } else if (trap.owners.isEmpty()) {
            gone.add(trap.va);
        }
    }

    /** All traps that are in the process, to be taken out before it is let go. */
    void disarmAll(DebugDriver driver) {
        var out = new ArrayList<Trap.Code>();
        for (CodeTrap trap : traps.values()) {
            if (trap.armed) {
                out.add(code(trap));
                gone.add(trap.va);
            }
        }
        driver.disarm(out);
        traps.clear();
        changed.clear();
    }

    // --- memory as the program wrote it ------------------------------------------------------

    /** Reads through traps. */
    int read(long va, byte[] into, int offset, int length) {
        int got = raw.read(va, into, offset, length);
        if (got > 0 && !traps.isEmpty()) {
            for (CodeTrap trap :
                    traps.subMap(va - trapSize + 1, true, va + got - 1, true).values()) {
                boolean hides = trap.armed && !isOverwritten(trap, into, offset, va, got);
                for (int i = 0; i < trapSize && hides; i++) {
                    long at = trap.va + i - va;
                    if (at >= 0 && at < got) {
                        into[offset + (int) at] = (byte) (trap.original >>> i * 8);
                    }
                }
            }
        }
        return got;
    }

    /** Whether the program has written over a trap. */
    private boolean isOverwritten(CodeTrap trap, byte[] read, int offset, long va, int count) {
        long at = trap.va - va;
        return trapSize == 1 && at >= 0 && at < count && (read[offset + (int) at] & 0xff) != INT3;
    }

    /**
     * Has traps that the program has written over set again, when there are few enough to look at;
     * called whenever a user lets the program run.
     */
    void restore() {
        if (traps.size() <= MOST_LOOKED_AT) {
            var pages = new LinkedHashSet<Long>();
            traps.keySet().forEach(va -> pages.add(va & -PAGE));
            pages.forEach(this::restore);
        }
    }

    /** The same in one page. */
    void restore(long pageVa) {
        if (trapSize != 1) {
            return;
        }
        var page = new byte[PAGE];
        int there = -1;
        for (CodeTrap trap : traps.subMap(pageVa, true, pageVa + PAGE - 1, true).values()) {
            if (trap.armed && there < 0) {
                there = raw.read(pageVa, page, 0, PAGE);
            }
            if (trap.armed && isOverwritten(trap, page, 0, pageVa, there)) {
                trap.armed = false;
                writable.remove(pageVa);
                queue(trap);
            }
        }
    }

    /** Writes around traps: they stay, and what they hide changes. */
    int write(long va, byte[] bytes, DebugDriver driver) {
        byte[] all = bytes;
        if (bytes.length > 0 && !traps.isEmpty()) {
            for (CodeTrap trap :
                    traps.subMap(va - trapSize + 1, true, va + bytes.length - 1, true).values()) {
                if (trap.armed) {
                    all = all == bytes ? bytes.clone() : all;
                    hide(trap, va, bytes, all);
                }
            }
        }
        return driver.write(processId, va, all);
    }

    private void hide(CodeTrap trap, long va, byte[] wanted, byte[] written) {
        var there = new byte[trapSize];
        raw.read(trap.va, there);
        for (int i = 0; i < trapSize; i++) {
            long at = trap.va + i - va;
            if (at >= 0 && at < wanted.length) {
                int shift = i * 8;
                int value = wanted[(int) at] & 0xff;
                trap.original = trap.original & ~(0xff << shift) | value << shift;
                written[(int) at] = there[i];
            }
        }
    }
}
