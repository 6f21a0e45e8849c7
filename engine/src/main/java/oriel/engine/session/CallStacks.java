package oriel.engine.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import oriel.engine.code.BasicBlock;
import oriel.engine.code.CodeGraph;
import oriel.engine.unwind.CallSites;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;

/**
 * The calls that are under way in each thread, like the stack of that thread. A trap at each return
 * address tells when a call ends; a call whose frame has gone without a return was left by an
 * exception, a longjmp, or the end of its thread.
 *
 * @param <C> what is kept of a call
 */
final class CallStacks<C extends OpenCall> implements SessionPart, TrapOwner {
    /** The most bytes of a function that are searched for a jump to its beginning. */
    private static final long MOST_FUNCTION = 1 << 16;

    private final Runner runner;
    private final Ends<C> ends;
    private final Map<ThreadRef, Deque<C>> calls = new HashMap<>();

    /** How many calls wait at each return address. */
    private final Map<Place, Integer> returns = new HashMap<>();

    /** Whether an address can be returned to, of those that were asked for. */
    private final Map<Place, Boolean> code = new HashMap<>();

    /** Whether a function jumps to its own beginning, of those that were asked for. */
    private final Map<Place, Boolean> loops = new HashMap<>();

    private record Place(long processId, long va) {}

    /** Takes the ends of calls. */
    interface Ends<C> {
        /**
         * A call has ended.
         *
         * @param returned whether it came back to its caller
         */
        void ended(C call, boolean returned);
    }

    CallStacks(Runner runner, Ends<C> ends) {
        this.runner = runner;
        this.ends = ends;
    }

    /** Where a call returns to, asked at the first instruction of a function; 0 when unknown. */
    static long returnVa(Architecture architecture, RegisterSet registers, Memory memory) {
        return architecture.isIntel()
                ? memory.pointer(registers.sp().orElse(0), architecture).orElse(0)
                : registers.value("lr").orElse(0);
    }

    /** How many calls of a thread are under way. */
    int depth(ThreadRef thread) {
        Deque<C> under = calls.get(thread);
        return under == null ? 0 : under.size();
    }

    /**
     * Drops calls whose frames the stack of a thread has not any more. To be called before {@link
     * #enter}, with the call that begins.
     */
    void abandon(ProcessSpace space, OpenCall next) {
        Deque<C> under = calls.get(next.thread());
        while (under != null && !under.isEmpty() && isGone(space, under.peek(), next)) {
            end(under.pop(), false);
        }
    }

    /**
     * Whether the frame of a call is gone when another begins: it lies deeper, or in the very place
     * of the new one. In the same place may also be a tail call, which has the same return address:
     * of another function, or of the same when that jumps to its own beginning.
     */
    private boolean isGone(ProcessSpace space, OpenCall last, OpenCall next) {
        int order = Long.compareUnsigned(last.entrySp(), next.entrySp());
        if (order != 0) {
            return order < 0;
        }
        return last.returnVa() != next.returnVa()
                || last.functionVa() == next.functionVa()
                        && !jumpsToItself(space, next.functionVa());
    }

    private boolean jumpsToItself(ProcessSpace space, long va) {
        return loops.computeIfAbsent(
                new Place(space.processId(), va),
                p -> {
                    var range = new AddressRange(va, MOST_FUNCTION);
                    CodeGraph graph = CodeGraph.of(space.architecture(), space.memory(), range);
                    for (BasicBlock block : graph.blocks()) {
                        if (block.successors().contains(va)) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** A call has begun. */
    void enter(ProcessSpace space, C call) {
        calls.computeIfAbsent(call.thread(), t -> new ArrayDeque<>()).push(call);
        var place = new Place(space.processId(), call.returnVa());
        if (code.computeIfAbsent(place, p -> isCode(space, p.va))
                && returns.merge(place, 1, Integer::sum) == 1) {
            space.traps().add(place.va, this);
        }
    }

    /** A trap in data would change them, so one is set only behind a call in executable memory. */
    private static boolean isCode(ProcessSpace space, long va) {
        Optional<MemoryRegion> region = va == 0 ? Optional.empty() : space.target().regionAt(va);
        if (va == 0 || region.isPresent() && !region.get().isExecutable()) {
            return false;
        }
        return CallSites.before(space.memory(), space.architecture(), va)
                != CallSites.Answer.NO_CALL;
    }

    private void release(C call) {
        var place = new Place(call.thread().processId(), call.returnVa());
        Integer left = returns.get(place);
        if (left == null) {
            return;
        }
        if (left > 1) {
            returns.put(place, left - 1);
        } else {
            returns.remove(place);
            runner.space(place.processId).ifPresent(s -> s.traps().remove(place.va, this));
        }
    }

    private void end(C call, boolean returned) {
        release(call);
        ends.ended(call, returned);
    }

    /** Forgets some calls without telling their ends. */
    void forget(Predicate<? super C> which) {
        for (Deque<C> under : calls.values()) {
            for (C call : List.copyOf(under)) {
                if (which.test(call)) {
                    under.remove(call);
                    release(call);
                }
            }
        }
    }

    @Override
    public void reached(ProcessSpace space, ThreadRef thread, long va) {
        Deque<C> under = calls.get(thread);
        if (under == null) {
            return;
        }
        long sp = runner.driver().registers(thread).sp().orElse(0);
        // A return of Intel processors pops its address.
        long popped = space.architecture().isIntel() ? 1 : 0;
        var ended = new ArrayList<C>();
        while (!under.isEmpty() && Long.compareUnsigned(under.peek().entrySp() + popped, sp) <= 0) {
            if (popped == 0 && under.peek().entrySp() == sp && under.peek().returnVa() != va) {
                break;
            }
            ended.add(under.pop());
        }
        if (ended.isEmpty()) {
            return;
        }
        // The outermost of them returned, with the tail calls in its place.
        long outermost = ended.get(ended.size() - 1).entrySp();
        for (C call : ended) {
            end(call, call.returnVa() == va && call.entrySp() == outermost);
        }
    }

    // --- ends -----------------------------------------------------------------------------------

    @Override
    public void threadExited(ProcessSpace space, ThreadRef thread) {
        Deque<C> under = calls.remove(thread);
        if (under != null) {
            under.forEach(call -> end(call, false));
        }
    }

    @Override
    public void processExited(ProcessSpace space) {
        for (ThreadRef thread : List.copyOf(calls.keySet())) {
            if (thread.processId() == space.processId()) {
                threadExited(space, thread);
            }
        }
        forget(space);
    }

    @Override
    public void processReleased(ProcessSpace space) {
        calls.keySet().removeIf(t -> t.processId() == space.processId());
        forget(space);
    }

    private void forget(ProcessSpace space) {
        returns.keySet().removeIf(p -> p.processId == space.processId());
        code.keySet().removeIf(p -> p.processId == space.processId());
        loops.keySet().removeIf(p -> p.processId == space.processId());
    }

    @Override
    public void moduleUnloaded(ProcessSpace space, LoadedModule module) {
        returns.keySet().removeIf(p -> isIn(p, space, module));
        code.keySet().removeIf(p -> isIn(p, space, module));
        loops.keySet().removeIf(p -> isIn(p, space, module));
    }

    private static boolean isIn(Place place, ProcessSpace space, LoadedModule module) {
        return place.processId == space.processId() && module.range().contains(place.va);
    }

    /** Takes all traps out; calls that are under way are told no end. */
    void close() {
        forget(call -> true);
        calls.clear();
    }
}
