package oriel.app.debug;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.console.BreakpointRequest;
import oriel.app.console.BreakpointTable;
import oriel.app.console.BreakpointView;
import oriel.app.console.ConsoleException;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugSession;
import oriel.model.TargetThread;

/** The breakpoints of a session. Those that are for once go away when they were hit. */
final class SessionBreakpoints implements BreakpointTable {
    private final SessionTarget target;
    private final Map<Integer, BreakpointRequest> requests = new HashMap<>();

    SessionBreakpoints(SessionTarget target) {
        this.target = target;
    }

    private DebugSession session() {
        return target.session();
    }

    @Override
    public List<BreakpointView> list() {
        var all = new ArrayList<BreakpointView>();
        for (Breakpoint each : session().breakpoints()) {
            all.add(
                    new BreakpointView(
                            each.id(),
                            requests.getOrDefault(each.id(), unknown(each)),
                            each.isEnabled(),
                            List.copyOf(each.addresses().values()),
                            each.hits(),
                            each.problem()));
        }
        return all;
    }

    /** One that somebody else has set in the same session. */
    private static BreakpointRequest unknown(Breakpoint each) {
        return new BreakpointRequest(
                each.place(),
                OptionalLong.empty(),
                BreakpointRequest.Kind.CODE,
                each.sizeBytes(),
                each.isOnce(),
                1,
                each.condition(),
                0,
                Integer.MAX_VALUE,
                each.threadId(),
                name -> OptionalLong.empty());
    }

    @Override
    public int add(BreakpointRequest request) {
        Breakpoint added;
        try {
            added = make(request);
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(String.valueOf(e.getMessage()));
        }
        requests.put(added.id(), request);
        if (request.once()) {
            added.once();
        }
        if (request.pass() > 1) {
            added.skipping(request.pass() - 1);
        }
        if (request.thread().isPresent()) {
            added.onThread(request.thread().getAsLong());
        }
        if (request.isConditional()) {
            added.when(
                    (hit, stop) -> {
                        Optional<? extends TargetThread> thread = stop.current();
                        return thread.isEmpty()
                                || request.agrees(stop.expressions(), stop.walker(), thread.get());
                    });
        }
        return added.id();
    }

    private Breakpoint make(BreakpointRequest request) {
        if (request.va().isEmpty()) {
            return session().breakAt(label(request.place()));
        }
        long process = target.stop().processId();
        long va = request.va().getAsLong();
        return switch (request.kind()) {
            case CODE -> session().breakAt(process, va);
            case EXECUTE -> watch(request, process, va, Access.EXECUTE);
            case WRITE -> watch(request, process, va, Access.WRITE);
            case ACCESS -> watch(request, process, va, Access.ACCESS);
            case PAGES -> session().watchBuffer(process, va, request.sizeBytes(), Access.ACCESS);
        };
    }

    /** By its label, when it has one: then it holds for the next run of the program, too. */
    private Breakpoint watch(BreakpointRequest request, long process, long va, Access access) {
        int size = (int) request.sizeBytes();
        return BreakpointRequest.isLabel(request.place())
                ? session().watch(label(request.place()), access, size)
                : session().watch(process, va, access, size);
    }

    /** Numbers behind a plus are hexadecimal in commands, and are not always in labels. */
    static String label(String place) {
        int plus = place.lastIndexOf('+');
        String number = plus < 0 ? "" : place.substring(plus + 1).strip();
        boolean bare =
                plus > place.indexOf('!') + 1
                        && number.matches("[0-9a-fA-F`]+")
                        && Character.isDigit(number.charAt(0));
        return bare ? place.substring(0, plus).strip() + "+0x" + number : place;
    }

    private Breakpoint one(int id) {
        return session()
                .breakpoint(id)
                .orElseThrow(() -> new ConsoleException("there is no breakpoint " + id));
    }

    @Override
    public void renumber(int id, int number) {
        try {
            one(id).renumber(number);
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(String.valueOf(e.getMessage()));
        }
        BreakpointRequest request = requests.remove(id);
        requests.remove(number);
        if (request != null) {
            requests.put(number, request);
        }
    }

    @Override
    public void erase(int id) {
        one(id).erase();
        requests.remove(id);
    }

    @Override
    public void enable(int id, boolean on) {
        if (on) {
            one(id).enable();
        } else {
            one(id).disable();
        }
    }

    @Override
    public void once(int id) {
        one(id).once().enable();
    }

    /** Takes away those that were for one hit and had it. */
    void passed() {
        for (Breakpoint each : session().breakpoints()) {
            BreakpointRequest request = requests.get(each.id());
            if (request != null && request.once() && !each.isEnabled()) {
                erase(each.id());
            }
        }
    }
}
