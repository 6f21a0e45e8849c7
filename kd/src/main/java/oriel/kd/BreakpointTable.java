package oriel.kd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The breakpoints of a session. They are put into the target when it runs and taken out at each
 * stop, so that memory never shows them; the wishes outlive the target.
 */
final class BreakpointTable {
    private final TargetTraps traps;
    private final Map<Integer, KernelBreakpoint> wanted = new TreeMap<>();

    /** What is in the target now. */
    private final Map<Long, TargetTraps.Handle> armed = new HashMap<>();

    BreakpointTable(TargetTraps traps) {
        this.traps = traps;
    }

    KernelBreakpoint add(String place, OptionalLong va, Optional<Watch> watch) {
        for (KernelBreakpoint each : wanted.values()) {
            if (!each.watch().equals(watch)) {
                continue;
            }
            if (va.isPresent() ? each.isAt(va.getAsLong()) : each.place().equals(place)) {
                return each;
            }
        }
        int number = 0;
        while (wanted.containsKey(number)) {
            number++;
        }
        var breakpoint = new KernelBreakpoint(number, place, va, true, watch);
        wanted.put(number, breakpoint);
        return breakpoint;
    }

    boolean remove(int number) {
        return wanted.remove(number) != null;
    }

    boolean enable(int number, boolean enabled) {
        KernelBreakpoint one = wanted.get(number);
        if (one == null) {
            return false;
        }
        wanted.put(
                number, new KernelBreakpoint(number, one.place(), one.va(), enabled, one.watch()));
        return true;
    }

    List<KernelBreakpoint> all() {
        return List.copyOf(wanted.values());
    }

    Optional<KernelBreakpoint> at(long va) {
        return wanted.values().stream().filter(b -> b.enabled() && b.isTrapAt(va)).findFirst();
    }

    /** Looks for those that have no address. */
    void find(PlaceFinder finder, String image) {
        for (KernelBreakpoint each : all()) {
            if (each.va().isEmpty()) {
                wanted.put(each.number(), each.moved(finder.find(each.place(), image)));
            }
        }
    }

    /** The machine began anew: nothing is in it, and nothing is where it was. */
    void restart() {
        armed.clear();
        traps.restart();
        for (KernelBreakpoint each : all()) {
            if (!each.place().isEmpty()) {
                wanted.put(each.number(), each.moved(OptionalLong.empty()));
            }
        }
    }

    /**
     * Puts all into the target, but not the one at an address where it is about to go on.
     *
     * @param temporary one more address; 0 for none
     * @return those that the target refused
     */
    List<Long> arm(long exceptVa, long temporary) {
        var refused = new ArrayList<Long>();
        for (KernelBreakpoint each : wanted.values()) {
            if (each.enabled()
                    && each.watch().isEmpty()
                    && each.va().isPresent()
                    && !each.isAt(exceptVa)) {
                arm(each.va().getAsLong(), refused);
            }
        }
        if (temporary != 0) {
            arm(temporary, refused);
        }
        return refused;
    }

    private void arm(long va, List<Long> refused) {
        if (armed.containsKey(va)) {
            return;
        }
        Optional<TargetTraps.Handle> handle = traps.set(va);
        handle.ifPresentOrElse(h -> armed.put(va, h), () -> refused.add(va));
    }

    /**
     * Forgets those that the target has taken out by itself, so that they are put in again.
     *
     * @param pc where it stopped
     * @param all whether those far from there may be gone too
     */
    void forgetTaken(long pc, boolean all) {
        for (TargetTraps.Handle each : List.copyOf(armed.values())) {
            if (traps.isTaken(each, pc, all)) {
                traps.lift(each);
                armed.remove(each.va());
            }
        }
    }

    /** Takes all out of the target. Some it has taken out itself: it may refuse. */
    void disarm() {
        armed.values().forEach(traps::lift);
        armed.clear();
    }
}
