package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import oriel.engine.disasm.Instruction;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;

/**
 * Tells which functions call which, how deep and for how long, for each thread. What is told of is
 * chosen: functions by name, all functions of modules, or every call that a thread makes, found by
 * executing it instruction by instruction. Exits are right for functions that recurse, end in other
 * functions, or are left by exceptions.
 */
public final class CallTrace implements SessionPart, StepOwner, TrapOwner {
    /** Which functions of a module are traced. */
    public enum Functions {
        /** What other modules may call. */
        EXPORTS,
        /** Those that symbols name. */
        SYMBOLS,
        /** All that are found: exports, symbols, unwind data, and the targets of calls. */
        ALL
    }

    /** Takes what a trace tells. Called on the control thread. */
    public interface Listener {
        /** A thread stands at the first instruction of a function. */
        void entered(TracedCall call, Stop stop) throws Exception;

        /** A call has ended: the thread stands behind it, or its frame was found to be gone. */
        void left(TracedCall call, Stop stop) throws Exception;
    }

    private final Runner runner;
    private final Listener listener;
    private final CallStacks<TracedCall> calls;
    private final Map<String, Functions> wanted = new HashMap<>();
    private final List<Breakpoint> places = new ArrayList<>();
    private final Map<Long, Set<Long>> armed = new HashMap<>();
    private final Map<Long, Map<Long, String>> names = new HashMap<>();

    private final Set<ThreadRef> stepped = new HashSet<>();

    /** Modules in which threads are stepped; empty for everywhere. */
    private final Set<String> within = new HashSet<>();

    private long count;
    private long begun = System.nanoTime();

    CallTrace(Runner runner, Listener listener) {
        this.runner = runner;
        this.listener = listener;
        this.calls = new CallStacks<>(runner, this::left);
        runner.parts().add(calls);
        runner.parts().add(this);
    }

    // --- what is traced -------------------------------------------------------------------------

    /** Traces a function: a label; a module that is not loaded is waited for. */
    public CallTrace function(String place) {
        return onControl(
                () ->
                        places.add(
                                runner.breakpoints()
                                        .addHidden(place)
                                        .run((hit, stop) -> arrive(hit.va(), stop))));
    }

    /**
     * Traces functions of a module, in each process that loads it.
     *
     * @param name with or without its extension, in any case
     */
    public CallTrace module(String name, Functions which) {
        return onControl(
                () -> {
                    wanted.put(key(name), which);
                    for (ProcessSpace space : runner.spaces()) {
                        space.labels().module(name).ifPresent(m -> moduleLoaded(space, m));
                    }
                });
    }

    /**
     * Traces every call that a thread makes, by executing it instruction by instruction.
     *
     * @param modules in which it is stepped; calls of functions elsewhere are told, but run at full
     *     speed. Empty for everywhere
     */
    public CallTrace step(ThreadRef thread, List<String> modules) {
        return onControl(
                () -> {
                    modules.forEach(m -> within.add(key(m)));
                    runner.space(thread.processId()).ifPresent(s -> follow(thread));
                });
    }

    /** How many calls were told so far. */
    public long calls() {
        return count;
    }

    /** How many functions of a process have a trap, those chosen by name not counted. */
    public int functionCount(long processId) {
        return armed.getOrDefault(processId, Set.of()).size();
    }

    /** Ends the trace. Calls that are under way are told no end. */
    public void stop() {
        onControl(
                () -> {
                    runner.parts().remove(this);
                    runner.parts().remove(calls);
                    calls.close();
                    places.forEach(Breakpoint::erase);
                    List.copyOf(stepped).forEach(this::unfollow);
                    for (ProcessSpace space : runner.spaces()) {
                        for (long va : armed.getOrDefault(space.processId(), Set.of())) {
                            space.traps().remove(va, this);
                        }
                    }
                    armed.clear();
                });
    }

    private CallTrace onControl(Runnable task) {
        return runner.session()
                .call(
                        () -> {
                            task.run();
                            // Looking for functions and their names takes time that is nobody's.
                            begun = count == 0 ? System.nanoTime() : begun;
                            return this;
                        });
    }

    private static String key(String module) {
        String name = module.toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public void moduleLoaded(ProcessSpace space, LoadedModule module) {
        Functions which = wanted.get(key(module.name()));
        if (which == null) {
            return;
        }
        Set<Long> own = armed.computeIfAbsent(space.processId(), p -> new HashSet<>());
        for (long va : starts(space, module, which)) {
            if (own.add(va)) {
                space.traps().add(va, this);
            }
        }
    }

    private static NavigableSet<Long> starts(
            ProcessSpace space, LoadedModule module, Functions which) {
        var found = new ModuleFunctions(space, module);
        switch (which) {
            case EXPORTS -> found.exports();
            case SYMBOLS -> found.symbols();
            case ALL -> found.symbols().exports().unwound().forEach((va, graph) -> {});
        }
        return found.starts();
    }

    @Override
    public void moduleUnloaded(ProcessSpace space, LoadedModule module) {
        armed.getOrDefault(space.processId(), Set.of()).removeIf(module.range()::contains);
        names.getOrDefault(space.processId(), Map.of()).keySet().removeIf(module.range()::contains);
    }

    @Override
    public void processExited(ProcessSpace space) {
        armed.remove(space.processId());
        names.remove(space.processId());
        stepped.removeIf(t -> t.processId() == space.processId());
    }

    // --- calls ----------------------------------------------------------------------------------

    @Override
    public void reached(ProcessSpace space, ThreadRef thread, long va) {
        // A stepped thread was told of when it made the call.
        if (!stepped.contains(thread)) {
            begin(space, thread, va);
        }
    }

    private void arrive(long va, Stop stop) {
        if (!stepped.contains(stop.thread())) {
            runner.space(stop.processId()).ifPresent(s -> begin(s, stop.thread(), va));
        }
    }

    private TracedCall begin(ProcessSpace space, ThreadRef thread, long va) {
        RegisterSet registers = runner.driver().registers(thread);
        long sp = registers.sp().orElse(0);
        long returnVa = CallStacks.returnVa(space.architecture(), registers, space.memory());
        TracedCall first = call(space, thread, va, sp, returnVa);
        calls.abandon(space, first);
        boolean settled = first.depth() == calls.depth(thread);
        TracedCall call = settled ? first : call(space, thread, va, sp, returnVa);
        calls.enter(space, call);
        count++;
        runner.ask(
                thread,
                "the trace of calls",
                stop -> {
                    listener.entered(call, stop);
                    return true;
                });
        return call;
    }

    private TracedCall call(ProcessSpace space, ThreadRef thread, long va, long sp, long returnVa) {
        String name =
                names.computeIfAbsent(space.processId(), p -> new HashMap<>())
                        .computeIfAbsent(va, v -> space.symbolizer().locate(v).label());
        long now = System.nanoTime() - begun;
        return new TracedCall(thread, va, name, sp, returnVa, calls.depth(thread), now);
    }

    private void left(TracedCall call, boolean returned) {
        call.ends(returned, System.nanoTime() - begun);
        if (call.isOutside()) {
            runner.space(call.thread().processId())
                    .filter(s -> returned && !s.hasExited())
                    .ifPresent(s -> follow(call.thread()));
        }
        runner.ask(
                call.thread(),
                "the trace of calls",
                stop -> {
                    listener.left(call, stop);
                    return true;
                });
    }

    // --- steps ----------------------------------------------------------------------------------

    private void follow(ThreadRef thread) {
        if (stepped.add(thread)) {
            runner.stepping().begin(thread, this);
        }
    }

    private void unfollow(ThreadRef thread) {
        if (stepped.remove(thread)) {
            runner.stepping().end(thread, this);
        }
    }

    @Override
    public void stepped(ProcessSpace space, ThreadRef thread, Instruction from) {
        long now = space.pc(thread);
        if (!from.valid() || !from.flow().isCall() || now == from.nextVa()) {
            return;
        }
        TracedCall call = begin(space, thread, now);
        if (!within.isEmpty() && !isWithin(space, now) && call.returnVa() != 0) {
            call.outside();
            unfollow(thread);
        }
    }

    private boolean isWithin(ProcessSpace space, long va) {
        for (LoadedModule module : space.target().modules()) {
            if (module.range().contains(va)) {
                return within.contains(key(module.name()));
            }
        }
        return false;
    }

    @Override
    public void threadExited(ThreadRef thread) {
        stepped.remove(thread);
    }
}
