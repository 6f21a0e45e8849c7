package oriel.app.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.console.BreakpointRequest;
import oriel.app.console.BreakpointTable;
import oriel.app.console.BreakpointView;
import oriel.app.console.ConsoleException;
import oriel.app.console.ConsoleOutput;
import oriel.app.render.Style;
import oriel.engine.eval.EvalException;
import oriel.engine.eval.Expressions;
import oriel.kd.KdSession;
import oriel.kd.KernelBreakpoint;
import oriel.kd.RunEnd;

/**
 * The breakpoints of a kernel, which knows addresses only: conditions, passes and labels of drivers
 * that are not there yet are kept here. For one thread.
 */
final class KernelBreakpoints implements BreakpointTable {
    private static final int FIRST_WAITING = 1000;

    private final KernelView view;
    private final KdSession session;
    private final ConsoleOutput output;
    private final Map<Integer, BreakpointRequest> requests = new HashMap<>();
    private final Map<Integer, Long> hits = new HashMap<>();

    /** Labels that are not known yet. */
    private final Map<Integer, BreakpointRequest> waiting = new HashMap<>();

    private int nextWaiting = FIRST_WAITING;

    KernelBreakpoints(KernelView view, ConsoleOutput output) {
        this.view = view;
        this.session = view.session();
        this.output = output;
    }

    @Override
    public List<BreakpointView> list() {
        var all = new ArrayList<BreakpointView>();
        for (KernelBreakpoint each : session.breakpoints()) {
            BreakpointRequest request = requests.get(each.number());
            all.add(
                    new BreakpointView(
                            each.number(),
                            request == null ? plain(each) : request,
                            each.enabled(),
                            List.of(each.va()),
                            hits.getOrDefault(each.number(), 0L),
                            Optional.empty()));
        }
        waiting.forEach(
                (id, request) ->
                        all.add(
                                new BreakpointView(
                                        id, request, true, List.of(), 0, Optional.empty())));
        return all;
    }

    private static BreakpointRequest plain(KernelBreakpoint each) {
        return new BreakpointRequest(
                Long.toHexString(each.va()),
                OptionalLong.of(each.va()),
                BreakpointRequest.Kind.CODE,
                1,
                false,
                1,
                "",
                0,
                Integer.MAX_VALUE,
                OptionalLong.empty(),
                name -> OptionalLong.empty());
    }

    @Override
    public int add(BreakpointRequest request) {
        if (request.kind() != BreakpointRequest.Kind.CODE) {
            throw new ConsoleException("a kernel takes breakpoints on instructions only: bp");
        }
        OptionalLong va = request.va().isPresent() ? request.va() : resolve(request);
        if (va.isEmpty()) {
            waiting.put(nextWaiting, request);
            return nextWaiting++;
        }
        return add(request, va.getAsLong());
    }

    private int add(BreakpointRequest request, long va) {
        int number = session.addBreakpoint(va).number();
        requests.put(number, request);
        return number;
    }

    private OptionalLong resolve(BreakpointRequest request) {
        try {
            return OptionalLong.of(expressions().address(request.place()));
        } catch (EvalException e) {
            return OptionalLong.empty();
        }
    }

    private Expressions expressions() {
        return new Expressions(view.target(), view.symbolizer()).of(view.thread());
    }

    /** Sets those whose drivers are there now. */
    void place() {
        Iterator<BreakpointRequest> each = waiting.values().iterator();
        while (each.hasNext()) {
            BreakpointRequest request = each.next();
            OptionalLong va = resolve(request);
            if (va.isPresent()) {
                each.remove();
                add(request, va.getAsLong());
            }
        }
    }

    private KernelBreakpoint one(int id) {
        return session.breakpoints().stream()
                .filter(b -> b.number() == id)
                .findFirst()
                .orElseThrow(() -> new ConsoleException("there is no breakpoint " + id));
    }

    @Override
    public void erase(int id) {
        if (waiting.remove(id) == null) {
            session.removeBreakpoint(one(id).number());
            requests.remove(id);
            hits.remove(id);
        }
    }

    @Override
    public void enable(int id, boolean on) {
        if (!waiting.containsKey(id)) {
            session.replaceBreakpoint(new KernelBreakpoint(id, one(id).va(), on));
        }
    }

    @Override
    public void once(int id) {
        BreakpointRequest request = requests.get(id);
        if (request != null) {
            requests.put(
                    id,
                    new BreakpointRequest(
                            request.place(),
                            request.va(),
                            request.kind(),
                            request.sizeBytes(),
                            true,
                            request.pass(),
                            request.condition(),
                            request.fewestFrames(),
                            request.mostFrames(),
                            request.thread(),
                            request.names()));
        }
        enable(id, true);
    }

    /** Whether an end of a run is one that the user wants to see. */
    boolean counts(RunEnd end) {
        if (end.breakpoint().isEmpty()) {
            return true;
        }
        int id = end.breakpoint().get().number();
        BreakpointRequest request = requests.get(id);
        if (request == null) {
            return true;
        }
        boolean here =
                request.thread().isEmpty()
                        || request.thread().getAsLong() == end.stop().processor();
        try {
            if (!here || !request.agrees(expressions(), view.walker(), view.thread())) {
                return false;
            }
        } catch (EvalException e) {
            output.page()
                    .styled(Style.WARN, "condition of breakpoint " + id + ": " + e.getMessage())
                    .end();
        }
        long now = hits.merge(id, 1L, Long::sum);
        if (now < request.pass()) {
            return false;
        }
        if (request.once()) {
            erase(id);
        }
        return true;
    }
}
