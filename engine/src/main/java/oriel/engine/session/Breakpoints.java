package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import oriel.engine.eval.EvalException;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/** All breakpoints of a session, and in which process each is where. */
final class Breakpoints {
    private final Runner runner;
    private final Map<Integer, Breakpoint> all = new ConcurrentSkipListMap<>();
    private final ProtectionChanges protections;
    private final SystemBuffers buffers;
    private final DebugRegisters registers;
    private int nextId;
    private int nextHiddenId = Integer.MIN_VALUE;

    Breakpoints(Runner runner) {
        this.runner = runner;
        this.protections = new ProtectionChanges(runner);
        this.buffers = new SystemBuffers(runner);
        this.registers = new DebugRegisters(runner, protections, buffers);
    }

    List<Breakpoint> list() {
        return all.values().stream().filter(b -> b.id() >= 0).toList();
    }

    /** Adds one of the session's own: its number is below 0, and no listing shows it. */
    Breakpoint addHidden(String place) {
        return add(
                nextHiddenId++,
                new Breakpoint.Wish(
                        Breakpoint.Kind.CODE,
                        place,
                        Access.EXECUTE,
                        1,
                        OptionalLong.empty(),
                        OptionalLong.empty()));
    }

    Breakpoint add(Breakpoint.Wish wish) {
        while (all.containsKey(nextId)) {
            // A number that somebody chose.
            nextId++;
        }
        return add(nextId++, wish);
    }

    private Breakpoint add(int id, Breakpoint.Wish wish) {
        var breakpoint = new Breakpoint(this, id, wish);
        all.put(breakpoint.id(), breakpoint);
        for (ProcessSpace space : runner.spaces()) {
            place(breakpoint, space);
        }
        return breakpoint;
    }

    /** Gives a breakpoint another number, in the place of one that has it. */
    void renumber(Breakpoint breakpoint, int number, Consumer<Integer> change) {
        runner.session()
                .call(
                        () -> {
                            Breakpoint other = all.get(number);
                            if (number < 0) {
                                throw new IllegalArgumentException(
                                        "no breakpoint can have the number " + number);
                            }
                            if (other != null && other != breakpoint) {
                                other.erase();
                            }
                            all.remove(breakpoint.id());
                            change.accept(number);
                            all.put(number, breakpoint);
                            return breakpoint;
                        });
    }

    /** Code traps in pages that the program may write: it must not write over them. */
    void guardCode(ProcessSpace space) {
        Set<Long> pages = space.traps().writablePages();
        space.pages().closeForTraps(pages);
        if (!pages.isEmpty()) {
            protections.watch();
            buffers.watch();
        }
    }

    /** Changes what a breakpoint is, out of the processes and back in. */
    void change(Breakpoint breakpoint, Runnable edit) {
        runner.session()
                .call(
                        () -> {
                            for (ProcessSpace space : runner.spaces()) {
                                remove(breakpoint, space);
                            }
                            edit.run();
                            if (breakpoint.isErased()) {
                                all.remove(breakpoint.id());
                            } else {
                                for (ProcessSpace space : runner.spaces()) {
                                    place(breakpoint, space);
                                }
                            }
                            return breakpoint;
                        });
    }

    /** Counts hits of one process only. */
    Breakpoint limit(Breakpoint breakpoint, long processId) {
        change(breakpoint, () -> breakpoint.limit(processId));
        return breakpoint;
    }

    // --- processes and modules --------------------------------------------------------------

    void processStarted(ProcessSpace space) {
        all.values().forEach(b -> place(b, space));
    }

    void processExited(ProcessSpace space) {
        for (Breakpoint each : all.values()) {
            each.resolved().remove(space.processId());
            each.noProblem(space.processId());
        }
    }

    void moduleLoaded(ProcessSpace space, LoadedModule module) {
        for (Breakpoint each : all.values()) {
            if (each.addressIn(space.processId()).isEmpty() && mayBeIn(each.place(), module)) {
                place(each, space);
            }
        }
    }

    private static boolean mayBeIn(String place, LoadedModule module) {
        int mark = place.indexOf('!');
        String name = mark < 0 ? "" : place.substring(0, mark).strip();
        return name.isEmpty()
                || name.equalsIgnoreCase(module.label())
                || name.equalsIgnoreCase(module.name());
    }

    void moduleUnloaded(ProcessSpace space, LoadedModule module) {
        for (Breakpoint each : all.values()) {
            OptionalLong va = each.addressIn(space.processId());
            if (va.isPresent() && module.range().contains(va.getAsLong())) {
                boolean byLabel = !isNumber(each.place());
                remove(each, space);
                if (!byLabel) {
                    each.problem(space.processId(), module.name() + " was unloaded");
                }
            }
        }
    }

    private static boolean isNumber(String place) {
        return place.startsWith("0x");
    }

    // --- putting into a process ---------------------------------------------------------------

    private void place(Breakpoint breakpoint, ProcessSpace space) {
        long processId = space.processId();
        boolean there = breakpoint.resolved().containsKey(processId);
        if (there || !breakpoint.isEnabled() || !breakpoint.isIn(processId) || space.hasExited()) {
            return;
        }
        OptionalLong va = resolve(breakpoint.place(), space);
        if (va.isEmpty()) {
            return;
        }
        breakpoint.resolved().put(processId, va.getAsLong());
        breakpoint.noProblem(processId);
        switch (breakpoint.kind()) {
            case CODE -> {
                space.traps().add(va.getAsLong(), breakpoint);
                protections.watch();
            }
            case PAGE -> {
                space.pages()
                        .add(breakpoint, new AddressRange(va.getAsLong(), breakpoint.sizeBytes()));
                protections.watch();
                buffers.watch();
            }
            case HARDWARE -> {
                if (space.slots().add(breakpoint)) {
                    registers.check(space);
                    registers.watch(breakpoint, space);
                } else {
                    breakpoint.resolved().remove(processId);
                    breakpoint.problem(processId, "all debug registers are in use");
                }
            }
        }
    }

    private void remove(Breakpoint breakpoint, ProcessSpace space) {
        Long va = breakpoint.resolved().remove(space.processId());
        breakpoint.noProblem(space.processId());
        if (va == null) {
            return;
        }
        switch (breakpoint.kind()) {
            case CODE -> space.traps().remove(va, breakpoint);
            case PAGE -> space.pages().remove(breakpoint);
            case HARDWARE -> registers.end(breakpoint, space, va);
        }
    }

    private static OptionalLong resolve(String place, ProcessSpace space) {
        if (isNumber(place)) {
            return OptionalLong.of(Long.parseUnsignedLong(place.substring(2), 16));
        }
        try {
            return space.labels().find(space.labels().split(place));
        } catch (EvalException e) {
            // Not yet: the module may come.
            return OptionalLong.empty();
        }
    }

    // --- hits -----------------------------------------------------------------------------------

    /** A thread did what a breakpoint waits for. */
    void hit(
            Breakpoint breakpoint,
            ProcessSpace space,
            ThreadRef thread,
            long va,
            Access access,
            long accessVa) {
        if (!breakpoint.isEnabled() || !breakpoint.isFor(thread)) {
            return;
        }
        var event = new DebugEvent.BreakpointHit(thread, breakpoint, va, access, accessVa);
        Optional<HitCondition> condition = breakpoint.test();
        if (condition.isPresent()
                && !runner.ask(
                        thread,
                        "the condition of " + breakpoint,
                        stop -> condition.get().test(event, stop))) {
            return;
        }
        boolean stops = breakpoint.count();
        if (!stops) {
            return;
        }
        if (breakpoint.isOnce()) {
            breakpoint.disable();
        }
        Optional<HitAction> action = breakpoint.action();
        if (action.isPresent()) {
            runner.ask(
                    thread,
                    "the action of " + breakpoint,
                    stop -> {
                        action.get().hit(event, stop);
                        return true;
                    });
        } else {
            runner.fire(event, true);
        }
    }

    /** All breakpoints of a kind in a process, for listings. */
    List<Breakpoint> in(long processId) {
        var found = new ArrayList<Breakpoint>();
        for (Breakpoint each : all.values()) {
            if (each.isIn(processId)) {
                found.add(each);
            }
        }
        return found;
    }

    /** A thread that ended needs no breakpoints of its own any more. */
    void threadExited(ThreadRef thread, List<? extends TargetThread> left) {
        boolean reused = left.stream().anyMatch(t -> t.ref().equals(thread));
        if (reused) {
            return;
        }
        for (Breakpoint each : all.values()) {
            boolean own =
                    each.threadId().isPresent() && each.threadId().getAsLong() == thread.threadId();
            if (own && each.isIn(thread.processId())) {
                each.erase();
            }
        }
    }
}
