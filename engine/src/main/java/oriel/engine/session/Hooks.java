package oriel.engine.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;

/**
 * Follows the calls of hooked functions. Each thread has a stack of calls that are under way, like
 * its own; a trap at each return address tells when one ends. Calls whose frames have gone without
 * a return were left by an exception.
 */
final class Hooks implements SessionPart, TrapOwner {
    private final Runner runner;
    private final Map<ThreadRef, Deque<FunctionCall>> calls = new HashMap<>();

    /** How many calls wait at each return address. */
    private final Map<Place, Integer> returns = new HashMap<>();

    private record Place(long processId, long va) {}

    Hooks(Runner runner) {
        this.runner = runner;
    }

    Hook add(String place, Signature signature) {
        return new Hook(this, signature, runner.breakpoints().addHidden(place));
    }

    void limit(Breakpoint entry, long processId) {
        runner.breakpoints().limit(entry, processId);
    }

    void removed(Hook hook) {
        for (Map.Entry<ThreadRef, Deque<FunctionCall>> each : calls.entrySet()) {
            for (FunctionCall call : List.copyOf(each.getValue())) {
                if (call.hook() == hook) {
                    each.getValue().remove(call);
                    release(call);
                }
            }
        }
    }

    // --- entries --------------------------------------------------------------------------------

    void entered(Hook hook, Stop stop) throws Exception {
        ThreadRef thread = stop.thread();
        Deque<FunctionCall> under = calls.computeIfAbsent(thread, t -> new ArrayDeque<>());
        abandon(hook, under, stop);
        var call = new FunctionCall(hook, stop, under.size());
        under.push(call);
        expect(call);
        Optional<Hook.CallAction> action = hook.enter();
        if (action.isPresent()) {
            action.get().on(call, stop);
        }
    }

    /**
     * Drops calls whose frames are gone: deeper ones, and a call of the same function in the very
     * place of the new one. Another function in the same place is a tail call, which is under way.
     */
    private void abandon(Hook hook, Deque<FunctionCall> under, Stop stop) {
        long sp = stop.sp();
        while (!under.isEmpty()) {
            FunctionCall last = under.peek();
            int order = Long.compareUnsigned(last.entrySp(), sp);
            if (order > 0 || order == 0 && last.hook() != hook) {
                return;
            }
            under.pop();
            leave(last, true, stop.thread());
        }
    }

    private void expect(FunctionCall call) {
        var place = new Place(call.thread().processId(), call.returnVa());
        if (returns.merge(place, 1, Integer::sum) == 1) {
            runner.space(place.processId).ifPresent(s -> s.traps().add(place.va, this));
        }
    }

    private void release(FunctionCall call) {
        var place = new Place(call.thread().processId(), call.returnVa());
        Integer left = returns.computeIfPresent(place, (p, n) -> n > 1 ? n - 1 : null);
        if (left == null) {
            runner.space(place.processId).ifPresent(s -> s.traps().remove(place.va, this));
        }
    }

    // --- exits ----------------------------------------------------------------------------------

    @Override
    public void reached(ProcessSpace space, ThreadRef thread, long va) {
        Deque<FunctionCall> under = calls.get(thread);
        if (under == null) {
            return;
        }
        long sp = runner.driver().registers(thread).sp().orElse(0);
        List<FunctionCall> ended = new ArrayList<>();
        while (!under.isEmpty() && Long.compareUnsigned(under.peek().entrySp(), sp) < 0) {
            ended.add(under.pop());
        }
        if (ended.isEmpty()) {
            return;
        }
        // The outermost of them returned, with the tail calls in its place.
        long outermost = ended.get(ended.size() - 1).entrySp();
        for (FunctionCall call : ended) {
            boolean returned = call.returnVa() == va && call.entrySp() == outermost;
            leave(call, !returned, thread);
        }
    }

    private void leave(FunctionCall call, boolean unwound, ThreadRef thread) {
        release(call);
        call.ends(unwound);
        Optional<Hook.CallAction> action = call.hook().leave();
        if (action.isPresent()) {
            runner.ask(
                    thread,
                    "the hook of " + call.hook().signature().name(),
                    stop -> {
                        action.get().on(call, stop);
                        return true;
                    });
        }
    }

    // --- ends -----------------------------------------------------------------------------------

    @Override
    public void threadExited(ProcessSpace space, ThreadRef thread) {
        Deque<FunctionCall> under = calls.remove(thread);
        if (under != null) {
            under.forEach(this::release);
        }
    }

    @Override
    public void processExited(ProcessSpace space) {
        calls.keySet().removeIf(t -> t.processId() == space.processId());
        returns.keySet().removeIf(p -> p.processId == space.processId());
    }

    @Override
    public void moduleUnloaded(ProcessSpace space, LoadedModule module) {
        returns.keySet()
                .removeIf(p -> p.processId == space.processId() && module.range().contains(p.va));
    }
}
