package oriel.kd;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import oriel.kd.KdSession.Arrival;
import oriel.kd.KdSession.Began;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.RunEnd.Reason;
import oriel.kd.protocol.StateChange;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.model.Architecture;

/**
 * Runs a kernel: to breakpoints, which outlive it, by steps, to an address. Images that come and go
 * are told and do not stop it. For the thread of its session.
 */
public final class KernelRunner {
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofDays(1);

    private final KdSession session;
    private final BreakpointTable breakpoints;
    private final DebugRegisters watches;
    private Predicate<SymbolsEvent> imageFilter = image -> false;
    private Consumer<SymbolsEvent> symbolsListener = e -> {};
    private Runnable restartListener = () -> {};
    private PlaceFinder finder = (place, image) -> OptionalLong.empty();
    private List<Long> refused = List.of();

    KernelRunner(KdConnection connection, KdSession session) {
        this.session = session;
        this.breakpoints = new BreakpointTable(new TargetTraps(connection, session));
        this.watches = new DebugRegisters(session);
    }

    /** Sets at which images that come and go the target is held. */
    public void stopAtImages(Predicate<SymbolsEvent> filter) {
        imageFilter = filter;
    }

    /** Sets who is told of images that are mapped and unmapped while the target runs. */
    public void onSymbols(Consumer<SymbolsEvent> listener) {
        symbolsListener = listener;
    }

    /** Sets who is told that the machine has started anew. */
    public void onRestart(Runnable listener) {
        restartListener = listener;
    }

    /** Sets who knows where places are, once images come or the machine starts anew. */
    public void findBy(PlaceFinder places) {
        finder = places;
    }

    // Breakpoints

    /** All breakpoints by number. */
    public List<KernelBreakpoint> breakpoints() {
        return breakpoints.all();
    }

    /**
     * Adds a breakpoint, or finds the one that is there.
     *
     * @param place how to find it again when the target begins anew
     * @param va where it is now; empty while there is no such place
     */
    public KernelBreakpoint addBreakpoint(String place, OptionalLong va) {
        return breakpoints.add(place, va, Optional.empty());
    }

    /**
     * Adds a watch, of which a processor has four.
     *
     * @param place how to find it again when the target begins anew
     * @throws KdException when the target has no debug registers, or all are used
     */
    public KernelBreakpoint addWatch(String place, long va, Watch watch) {
        if (!session.architecture().isIntel()) {
            throw new KdException(
                    "only the debug registers of x86 and x64 can be set over this protocol");
        }
        if (watch.sizeBytes() == 8 && session.architecture() == Architecture.X86) {
            throw new KdException("debug registers of x86 watch 1, 2 or 4 bytes");
        }
        long others =
                breakpoints.all().stream()
                        .filter(b -> b.enabled() && b.watch().isPresent())
                        .count();
        if (others >= DebugRegisters.COUNT) {
            throw new KdException("all four debug registers are in use: bc or bd one");
        }
        return breakpoints.add(place, OptionalLong.of(va), Optional.of(watch));
    }

    /** DR7 for a target that is left; empty when it was never changed. */
    OptionalLong debugControlAtRest() {
        return watches.rest();
    }

    /** Removes a breakpoint; whether there was one. */
    public boolean removeBreakpoint(int number) {
        return breakpoints.remove(number);
    }

    /** Enables or disables a breakpoint; whether there is one of its number. */
    public boolean enableBreakpoint(int number, boolean enabled) {
        return breakpoints.enable(number, enabled);
    }

    /** Addresses at which the target took no breakpoint when it last ran. */
    public List<Long> refusedBreakpoints() {
        return refused;
    }

    // Running

    /**
     * Lets the target run until it stops at a breakpoint, at an exception, or when {@link
     * KdSession#interrupt} is called.
     *
     * @param untilVa where to stop besides; 0 for nowhere
     */
    public RunEnd run(Exceptions exceptions, long untilVa) {
        Exceptions then = exceptions;
        KdStop from = exceptions == Exceptions.HANDLED ? session.leave() : session.stop();
        breakpoints.find(finder, "");
        watches.arm(breakpoints.all());
        // What is passed to the target's handlers is not executed now, and cannot be traced.
        boolean executes = exceptions == Exceptions.HANDLED || !isException(from);
        boolean armed = breakpoints.at(from.pc()).isPresent() || watches.executes(from.pc());
        if (executes && armed) {
            // Past the one it stands on, which is not in the target meanwhile.
            Optional<Arrival> stepped = trace(from, exceptions);
            if (stepped.isEmpty()) {
                return goOn(untilVa);
            }
            from = stepped.get().stop();
            boolean there =
                    breakpoints.at(from.pc()).isPresent()
                            || isAt(from, untilVa)
                            || watches.hit(from).isPresent();
            if (!KdSession.isStep(from.change()) || there) {
                return end(stepped.get(), untilVa, false);
            }
            breakpoints.disarm();
            then = Exceptions.HANDLED;
        }
        refused = breakpoints.arm(0, untilVa);
        go(from, then, false);
        return goOn(untilVa);
    }

    /** Lets the target run. The instruction that is traced would stop it again when watched. */
    private void go(KdStop from, Exceptions exceptions, boolean traced) {
        session.resume(from, exceptions, traced, watches.control(traced ? from.pc() : 0));
    }

    private static boolean isException(KdStop stop) {
        return stop.change().event() instanceof ExceptionEvent;
    }

    private static boolean isAt(KdStop stop, long va) {
        return va != 0 && stop.pc() == va;
    }

    /** Runs one instruction of the current processor. */
    public RunEnd step() {
        long before = session.stop().pc();
        KdStop from = session.leave();
        if (from.pc() != before) {
            // The instruction was a breakpoint of the program's own, and it has been passed.
            return new RunEnd(from, Reason.STEP, Optional.empty());
        }
        Optional<Arrival> stepped = trace(from, Exceptions.HANDLED);
        return stepped.isEmpty() ? goOn(0) : end(stepped.get(), 0, true);
    }

    /**
     * Goes on waiting for a target that runs.
     *
     * @throws KdException when the line is gone for good
     */
    public RunEnd goOn(long untilVa) {
        while (true) {
            Optional<Arrival> came = session.await(LONG);
            if (came.isEmpty()) {
                continue;
            }
            Optional<SymbolsEvent> image = image(came.get(), untilVa);
            if (image.isEmpty()) {
                return end(came.get(), untilVa, false);
            }
            if (came.get().began() == Began.MACHINE || imageFilter.test(image.get())) {
                breakpoints.disarm();
                return new RunEnd(came.get().stop(), Reason.SYMBOLS, Optional.empty());
            }
            watches.arm(breakpoints.all());
            go(came.get().stop(), Exceptions.HANDLED, false);
        }
    }

    /**
     * Takes what is told of an image; empty when something else is told.
     *
     * @param temporary where to stop besides; 0 for nowhere
     */
    private Optional<SymbolsEvent> image(Arrival arrival, long temporary) {
        if (arrival.began() == Began.MACHINE) {
            breakpoints.restart();
            watches.restart();
            restartListener.run();
        }
        if (!(arrival.stop().change().event() instanceof SymbolsEvent image)) {
            return Optional.empty();
        }
        symbolsListener.accept(image);
        breakpoints.forgetTaken(arrival.stop().pc(), arrival.began() == Began.LINE);
        if (!image.unload()) {
            breakpoints.find(finder, image.path());
        }
        refused = breakpoints.arm(0, temporary);
        return Optional.of(image);
    }

    /** Runs one instruction; empty when the target does not stop after it soon. */
    private Optional<Arrival> trace(KdStop from, Exceptions exceptions) {
        refused = breakpoints.arm(from.pc(), 0);
        watches.arm(breakpoints.all());
        go(from, exceptions, true);
        long until = System.nanoTime() + STEP_PATIENCE.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            Optional<Arrival> came = session.await(left);
            if (came.isEmpty() || image(came.get(), 0).isEmpty()) {
                return came;
            }
            go(came.get().stop(), Exceptions.HANDLED, true);
        }
    }

    private RunEnd end(Arrival arrival, long untilVa, boolean stepping) {
        breakpoints.disarm();
        if (arrival.began() != Began.NOTHING) {
            breakpoints.find(finder, "");
        }
        KdStop now = arrival.stop();
        StateChange change = now.change();
        boolean step = KdSession.isStep(change);
        boolean trap = KdSession.isBreakpoint(change);
        Optional<KernelBreakpoint> watched = watches.hit(now);
        Optional<KernelBreakpoint> hit = watched.isPresent() ? watched : breakpoints.at(now.pc());
        if (hit.isPresent() && (step || trap)) {
            return new RunEnd(now, Reason.BREAKPOINT, hit);
        }
        Reason reason;
        if (isAt(now, untilVa) && (step || trap)) {
            reason = Reason.ARRIVED;
        } else if (step && stepping) {
            reason = Reason.STEP;
        } else if (trap) {
            reason = Reason.BREAK_IN;
        } else {
            reason = change.event() instanceof ExceptionEvent ? Reason.EXCEPTION : Reason.OTHER;
        }
        return new RunEnd(now, reason, Optional.empty());
    }
}
