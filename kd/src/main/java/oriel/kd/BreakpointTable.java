package oriel.kd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest.RestoreBreakpoint;
import oriel.kd.protocol.ManipulateRequest.WriteBreakpoint;

/**
 * The breakpoints of a session. They are put into the target when it runs and taken out at each
 * stop, so that memory never shows them; the wishes outlive the target.
 */
final class BreakpointTable {
    private final KdConnection connection;
    private final Map<Integer, KernelBreakpoint> wanted = new TreeMap<>();

    /** Handles by address of what is in the target now. */
    private final Map<Long, Integer> armed = new HashMap<>();

    BreakpointTable(KdConnection connection) {
        this.connection = connection;
    }

    KernelBreakpoint add(long va) {
        for (KernelBreakpoint each : wanted.values()) {
            if (each.va() == va) {
                return each;
            }
        }
        int number = 0;
        while (wanted.containsKey(number)) {
            number++;
        }
        var breakpoint = new KernelBreakpoint(number, va, true);
        wanted.put(number, breakpoint);
        return breakpoint;
    }

    boolean remove(int number) {
        return wanted.remove(number) != null;
    }

    boolean replace(KernelBreakpoint breakpoint) {
        return wanted.replace(breakpoint.number(), breakpoint) != null;
    }

    List<KernelBreakpoint> all() {
        return List.copyOf(wanted.values());
    }

    Optional<KernelBreakpoint> at(long va) {
        return wanted.values().stream().filter(b -> b.enabled() && b.va() == va).findFirst();
    }

    /**
     * Puts all into the target, but not the one at an address where it is about to go on.
     *
     * @param temporary one more address; 0 for none
     * @return those that the target refused
     */
    List<Long> arm(long exceptVa, long temporary, KdSession session, int processor) {
        var refused = new ArrayList<Long>();
        for (KernelBreakpoint each : wanted.values()) {
            if (each.enabled() && each.va() != exceptVa) {
                arm(each.va(), session, processor, refused);
            }
        }
        if (temporary != 0) {
            arm(temporary, session, processor, refused);
        }
        return refused;
    }

    private void arm(long va, KdSession session, int processor, List<Long> refused) {
        if (armed.containsKey(va)) {
            return;
        }
        ManipulateReply reply =
                connection.request(new WriteBreakpoint(session.toWire(va)), processor);
        int handle = reply.union().s32(8);
        if (reply.isSuccess() && handle != 0) {
            armed.put(va, handle);
        } else {
            refused.add(va);
        }
    }

    /** Takes all out of the target. Some it has taken out itself: it may refuse. */
    void disarm(int processor) {
        for (Integer handle : armed.values()) {
            connection.request(new RestoreBreakpoint(handle), processor);
        }
        armed.clear();
    }

    /** The target began anew: nothing is in it. */
    void forgetArmed() {
        armed.clear();
    }
}
