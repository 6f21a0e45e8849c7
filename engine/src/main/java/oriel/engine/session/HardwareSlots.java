package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;

/**
 * The four debug registers of each thread of a process (Intel SDM volume 3, "Debug Registers"). A
 * slot may serve several breakpoints when these are for different threads.
 */
final class HardwareSlots {
    static final int COUNT = 4;

    private final Architecture architecture;
    private final List<List<Breakpoint>> slots = new ArrayList<>();

    /** Watches that can be made in no other way. */
    private final Set<Breakpoint> registersOnly = new HashSet<>();

    /** Whether registers may be used; else there are code traps and closed pages instead. */
    private boolean allowed = true;

    /** Threads that were running when a register of theirs was cleared. */
    private final Set<ThreadRef> late = new HashSet<>();

    private boolean shared;
    private boolean used;

    HardwareSlots(Architecture architecture) {
        this.architecture = architecture;
        for (int i = 0; i < COUNT; i++) {
            slots.add(new ArrayList<>());
        }
    }

    boolean isEmpty() {
        for (List<Breakpoint> slot : slots) {
            for (Breakpoint each : slot) {
                if (isInRegister(each)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether a breakpoint is watched for by a register; else by a code trap or a closed page. */
    boolean isInRegister(Breakpoint breakpoint) {
        return allowed || registersOnly.contains(breakpoint);
    }

    /** Whether the program is known to make threads. */
    boolean isShared() {
        return shared;
    }

    void share() {
        shared = true;
    }

    /** A thread may have run into a register of which it has yet to tell. */
    void mayBeLate(ThreadRef thread) {
        late.add(thread);
    }

    /** Whether that may be so; no longer then. */
    boolean wasLate(ThreadRef thread) {
        return !late.isEmpty() && late.remove(thread);
    }

    /** All that have a slot. */
    Set<Breakpoint> watches() {
        var all = new LinkedHashSet<Breakpoint>();
        slots.forEach(all::addAll);
        return all;
    }

    boolean areAllowed() {
        return allowed;
    }

    void allow(boolean on) {
        allowed = on;
    }

    /** There is no other way than a register for a breakpoint. */
    void insist(Breakpoint breakpoint) {
        registersOnly.add(breakpoint);
    }

    /** Whether debug registers of threads may hold something of ours. */
    boolean wasUsed() {
        return used;
    }

    /** Finds room for a breakpoint. Returns whether there was any. */
    boolean add(Breakpoint breakpoint) {
        if (!architecture.isIntel()) {
            return false;
        }
        for (List<Breakpoint> slot : slots) {
            if (slot.contains(breakpoint)) {
                return true;
            }
        }
        for (List<Breakpoint> slot : slots) {
            if (slot.stream().noneMatch(b -> b.sharesThreadWith(breakpoint))) {
                slot.add(breakpoint);
                return true;
            }
        }
        return false;
    }

    void remove(Breakpoint breakpoint) {
        slots.forEach(slot -> slot.remove(breakpoint));
        registersOnly.remove(breakpoint);
    }

    /** The breakpoint that a bit of DR6 stands for in a thread; empty when it is none of ours. */
    List<Breakpoint> hit(long dr6, ThreadRef thread, long pc) {
        var found = new ArrayList<Breakpoint>();
        for (int i = 0; i < COUNT; i++) {
            if ((dr6 >>> i & 1) != 0) {
                for (Breakpoint each : slots.get(i)) {
                    // A bit may be left from an earlier stop.
                    boolean here =
                            each.access() != Access.EXECUTE
                                    || each.addressIn(thread.processId()).orElse(~pc) == pc;
                    if (here && isInRegister(each) && each.isFor(thread)) {
                        found.add(each);
                    }
                }
            }
        }
        return found;
    }

    /** Whether a register watches some of a thread's data. */
    boolean watch(ThreadRef thread, long va, int length) {
        for (List<Breakpoint> slot : slots) {
            for (Breakpoint each : slot) {
                boolean data = isInRegister(each) && each.access() != Access.EXECUTE;
                if (data
                        && each.isFor(thread)
                        && each.rangeIn(thread.processId())
                                .filter(r -> r.contains(va) || isIn(va, length, r.start()))
                                .isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isIn(long va, int length, long byteVa) {
        return new AddressRange(va, length).contains(byteVa);
    }

    /**
     * What a thread's debug registers are to be. Not the status register: the thread may have run
     * into another one already, and have yet to tell so.
     */
    RegisterSet registers(long processId, ThreadRef thread) {
        var set = RegisterSet.builder(architecture);
        long control = 0;
        for (int i = 0; i < COUNT; i++) {
            long va = 0;
            for (Breakpoint each : slots.get(i)) {
                if (each.isFor(thread) && each.isEnabled() && isInRegister(each)) {
                    va = each.addressIn(processId).orElse(0);
                    used = true;
                    control |= 1L << 2 * i | kind(each) << 16 + 4 * i;
                }
            }
            set.set("dr" + i, va);
        }
        return set.set("dr7", control).build();
    }

    /** The RW and LEN fields of DR7. */
    private static long kind(Breakpoint breakpoint) {
        long condition =
                switch (breakpoint.access()) {
                    case EXECUTE -> 0;
                    case WRITE -> 1;
                    case READ, ACCESS -> 3;
                };
        OptionalInt size = sizeField(breakpoint.sizeBytes());
        return condition | (condition == 0 ? 0 : size.orElse(0)) << 2;
    }

    /** The LEN field for a size; empty when the processor knows no such size. */
    static OptionalInt sizeField(long sizeBytes) {
        return switch ((int) sizeBytes) {
            case 1 -> OptionalInt.of(0);
            case 2 -> OptionalInt.of(1);
            case 4 -> OptionalInt.of(3);
            case 8 -> OptionalInt.of(2);
            default -> OptionalInt.empty();
        };
    }
}
