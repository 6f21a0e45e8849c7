package oriel.app.kernel;

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
import oriel.app.console.ConsoleOutput;
import oriel.app.render.Style;
import oriel.engine.eval.EvalException;
import oriel.kd.KernelBreakpoint;
import oriel.kd.KernelRunner;
import oriel.kd.RunEnd;
import oriel.kd.Watch;

/**
 * The breakpoints of a kernel, which knows places only: conditions, passes and hits are kept here.
 * For one thread.
 */
final class KernelBreakpoints implements BreakpointTable {
    private final KernelView view;
    private final KernelRunner runner;
    private final KernelPlaces places;
    private final ConsoleOutput output;
    private final Map<Integer, BreakpointRequest> requests = new HashMap<>();
    private final Map<Integer, Long> hits = new HashMap<>();

    KernelBreakpoints(KernelView view, ConsoleOutput output) {
        this.view = view;
        this.runner = view.session().runner();
        this.places = new KernelPlaces(view);
        this.output = output;
        runner.findBy(places);
        runner.onRestart(view::restarted);
    }

    @Override
    public List<BreakpointView> list() {
        var all = new ArrayList<BreakpointView>();
        for (KernelBreakpoint each : runner.breakpoints()) {
            BreakpointRequest request = requests.get(each.number());
            all.add(
                    new BreakpointView(
                            each.number(),
                            request == null ? plain(each) : request,
                            each.enabled(),
                            each.va().isPresent() ? List.of(each.va().getAsLong()) : List.of(),
                            hits.getOrDefault(each.number(), 0L),
                            Optional.empty()));
        }
        return all;
    }

    private static BreakpointRequest plain(KernelBreakpoint each) {
        return new BreakpointRequest(
                each.place(),
                each.va(),
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
        OptionalLong va =
                request.va().isPresent() ? request.va() : places.find(request.place(), "");
        String durable = places.durable(request.place(), va);
        int number =
                (request.kind() == BreakpointRequest.Kind.CODE
                                ? runner.addBreakpoint(durable, va)
                                : runner.addWatch(durable, va.orElse(0), watch(request)))
                        .number();
        requests.put(number, request);
        return number;
    }

    private static Watch watch(BreakpointRequest request) {
        Watch.Access access =
                switch (request.kind()) {
                    case EXECUTE, CODE -> Watch.Access.EXECUTE;
                    case WRITE -> Watch.Access.WRITE;
                    case ACCESS -> Watch.Access.ACCESS;
                    case PAGES ->
                            throw new ConsoleException(
                                    "pages of a kernel cannot be guarded: ba watches 1, 2, 4 or 8"
                                            + " bytes");
                };
        boolean code = access == Watch.Access.EXECUTE;
        return new Watch(access, code ? 1 : (int) request.sizeBytes());
    }

    private KernelBreakpoint one(int id) {
        return runner.breakpoints().stream()
                .filter(b -> b.number() == id)
                .findFirst()
                .orElseThrow(() -> new ConsoleException("there is no breakpoint " + id));
    }

    @Override
    public void erase(int id) {
        runner.removeBreakpoint(one(id).number());
        requests.remove(id);
        hits.remove(id);
    }

    @Override
    public void enable(int id, boolean on) {
        runner.enableBreakpoint(one(id).number(), on);
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
            if (!here || !request.agrees(places.expressions(), view.walker(), view.thread())) {
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
