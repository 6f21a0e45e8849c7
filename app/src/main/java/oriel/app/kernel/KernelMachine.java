package oriel.app.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oriel.app.console.BreakpointTable;
import oriel.app.console.ConsoleException;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.ConsoleTarget;
import oriel.app.console.FilterMode;
import oriel.app.console.Halt;
import oriel.app.console.Motion;
import oriel.app.console.Seat;
import oriel.app.console.SymbolPlaces;
import oriel.app.render.KernelJson;
import oriel.app.render.Style;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.kd.KdSession;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.KernelRunner;
import oriel.kd.RunEnd;
import oriel.kd.RunEnd.Reason;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.model.Target;
import oriel.model.TargetThread;

/** A kernel as a console sees it: processors for threads, one kind of breakpoint. */
final class KernelMachine implements ConsoleTarget {
    /** A function may call itself: so often its return address is passed on other stacks. */
    private static final int MOST_RETURNS = 1000;

    private final KernelView view;
    private final KdSession session;
    private final KernelRunner runner;
    private final ConsoleOutput output;
    private final SymbolPlaces symbols;
    private final KernelBreakpoints breakpoints;
    private @Nullable KernelFilters filters;

    /** Whether somebody wants the run to end that is under way, or was the last one. */
    private volatile boolean interrupted;

    KernelMachine(KernelView view, ConsoleOutput output, SymbolPlaces symbols) {
        this.view = view;
        this.session = view.session();
        this.runner = session.runner();
        this.output = output;
        this.symbols = symbols;
        this.breakpoints = new KernelBreakpoints(view, output);
    }

    /** Sets what is done about events. */
    KernelFilters filterBy(KernelFilters wanted) {
        filters = wanted;
        return wanted;
    }

    private KernelFilters filters() {
        return Objects.requireNonNull(filters);
    }

    @Override
    public boolean isStopped() {
        return session.isStopped();
    }

    @Override
    public boolean isLost() {
        return !session.isStopped();
    }

    @Override
    public String prompt() {
        return session.isStopped() ? session.stop().processor() + ": kd> " : "(running) kd> ";
    }

    @Override
    public String standing() {
        return "processor " + view.stop().processor();
    }

    @Override
    public List<String> lastEvent() {
        return KernelText.event(view.stop(), false);
    }

    // Running

    @Override
    public Halt move(Motion motion) {
        return halt(run(motion));
    }

    /** Lets the target run on, also from what the user does not want to see on the way. */
    private RunEnd runOn(Exceptions how, long until) {
        return past(runner.run(how, until), until);
    }

    /** Goes on from what the user does not want to see. An interrupt ends at whatever comes. */
    private RunEnd past(RunEnd first, long until) {
        RunEnd end = first;
        while (!isArrived(end)) {
            Exceptions then = Exceptions.HANDLED;
            if (end.breakpoint().isPresent()) {
                if (breakpoints.counts(end)) {
                    return end;
                }
                if (until != 0 && end.stop().pc() == until) {
                    return new RunEnd(end.stop(), Reason.ARRIVED, Optional.empty());
                }
                if (interrupted) {
                    return new RunEnd(end.stop(), Reason.BREAK_IN, Optional.empty());
                }
            } else if (interrupted || !passes(end)) {
                return end;
            } else {
                then = filters().handling(end.stop());
            }
            end = runner.run(then, until);
        }
        return end;
    }

    /** One instruction. What else happens meanwhile ends it, and nothing is passed. */
    private RunEnd step() {
        RunEnd end = runner.step();
        boolean counts = end.breakpoint().isEmpty() || breakpoints.counts(end);
        return counts ? end : new RunEnd(end.stop(), Reason.STEP, Optional.empty());
    }

    private static boolean isArrived(RunEnd end) {
        return end.reason() == Reason.STEP || end.reason() == Reason.ARRIVED;
    }

    /** Whether it is an exception at which the user does not want to stop. */
    private boolean passes(RunEnd end) {
        if (!(end.stop().change().event() instanceof ExceptionEvent exception)) {
            return false;
        }
        FilterMode mode = filters().mode(exception);
        if (mode == FilterMode.NOTIFY) {
            output.finishPrints();
            KernelText.stop(end).forEach(output.page()::line);
            output.flush();
        }
        return mode != FilterMode.BREAK;
    }

    private RunEnd run(Motion motion) {
        long until = motion.until().orElse(0);
        if (!session.isStopped()) {
            return past(runner.goOn(until), until);
        }
        output.flush();
        return switch (motion.way()) {
            case GO -> runOn(filters().handling(session.stop()), until);
            case GO_HANDLED -> runOn(Exceptions.HANDLED, until);
            case GO_NOT_HANDLED -> runOn(Exceptions.NOT_HANDLED, until);
            case INTO -> step();
            case OVER -> over();
            case OUT -> out();
        };
    }

    private Halt halt(RunEnd end) {
        output.finishPrints();
        for (long va : runner.refusedBreakpoints()) {
            output.page()
                    .styled(Style.WARN, "the target took no breakpoint at " + Long.toHexString(va))
                    .end();
        }
        KernelText.stop(end).forEach(output.page()::line);
        output.fact(KernelJson.stop(end.stop()));
        boolean hit = end.breakpoint().isPresent();
        return new Halt(
                isArrived(end) && !hit ? Halt.Kind.ARRIVED : Halt.Kind.STOPPED,
                end.breakpoint().map(b -> List.of(b.number())).orElse(List.of()),
                commands(end));
    }

    private List<String> commands(RunEnd end) {
        boolean event =
                switch (end.reason()) {
                    case EXCEPTION, SYMBOLS -> true;
                    // A breakpoint of the target's own, unless somebody has asked for it.
                    case BREAK_IN -> !interrupted;
                    case BREAKPOINT, ARRIVED, STEP, OTHER -> false;
                };
        String wanted = event ? filters().commands(end.stop()) : "";
        return wanted.isEmpty() ? List.of() : List.of(wanted);
    }

    /** A call, or an instruction that repeats itself, is run through; others are single steps. */
    private RunEnd over() {
        long pc = view.stop().pc();
        Architecture architecture = view.target().architecture();
        byte[] code = view.target().memory().readUpTo(pc, Disassembler.LONGEST);
        if (architecture == Architecture.ARM || code.length == 0) {
            return step();
        }
        var instruction = new Instruction();
        Disassembler.of(architecture).decode(code, 0, code.length, pc, instruction);
        boolean repeats =
                architecture.isIntel()
                        && ((code[0] & 0xff) == 0xf3 || (code[0] & 0xff) == 0xf2)
                        && instruction.flow() == FlowKind.NEXT;
        return instruction.flow().isCall() || repeats
                ? runOn(Exceptions.HANDLED, instruction.nextVa())
                : step();
    }

    /** Runs until the current function has returned. */
    private RunEnd out() {
        List<StackFrame> frames = view.walker().walk(view.thread()).frames();
        if (frames.size() < 2) {
            throw new ConsoleException("the caller is not known");
        }
        long to = frames.get(1).pc();
        long thread = view.stop().threadVa();
        long sp = frames.get(1).sp();
        for (int i = 0; i < MOST_RETURNS; i++) {
            RunEnd end = runOn(Exceptions.HANDLED, to);
            OptionalLong now = view.thread().registers().sp();
            boolean there =
                    end.stop().threadVa() == thread
                            && Long.compareUnsigned(now.orElse(sp), sp) >= 0;
            if (end.reason() != Reason.ARRIVED || there) {
                return end;
            }
        }
        throw new ConsoleException("the function does not return");
    }

    @Override
    public void interrupt() {
        interrupted = true;
        session.interrupt();
    }

    @Override
    public void forgetInterrupt() {
        interrupted = false;
        session.forgetInterrupt();
    }

    @Override
    public BreakpointTable breakpoints() {
        return breakpoints;
    }

    // Processors

    @Override
    public List<Seat> seats() {
        var seats = new ArrayList<Seat>();
        long here = view.stop().processor();
        for (TargetThread each : view.stop().threads()) {
            int number = (int) each.ref().threadId();
            seats.add(
                    new Seat(
                            number,
                            "processor " + number,
                            number,
                            each,
                            number == here,
                            number == here));
        }
        return seats;
    }

    @Override
    public void turnTo(Seat seat) {
        if (seat.id() != view.stop().processor()) {
            session.switchProcessor((int) seat.id());
        }
        output.fact(KernelJson.stop(view.stop()));
    }

    @Override
    public void during(Seat seat, Task task) throws IOException {
        view.showThread(seat.thread());
        try {
            task.run();
        } finally {
            view.showCurrentThread();
        }
    }

    // What commands look at

    @Override
    public Target target() {
        return view.target();
    }

    @Override
    public Symbolizer symbolizer() {
        return view.symbolizer();
    }

    @Override
    public StackWalker walker() {
        return view.walker();
    }

    @Override
    public TargetThread thread() {
        return view.thread();
    }

    @Override
    public void write(long va, byte[] bytes) {
        view.write(va, bytes);
    }

    @Override
    public void write(RegisterSet registers) {
        view.write(registers);
    }

    @Override
    public Memory physical() {
        return view.physical();
    }

    @Override
    public void writePhysical(long pa, byte[] bytes) {
        view.writePhysical(pa, bytes);
    }

    @Override
    public OptionalLong variable(String name) {
        return switch (name) {
            case "thread" -> OptionalLong.of(view.stop().threadVa());
            case "proc" ->
                    view.currentProcess()
                            .map(p -> OptionalLong.of(p.va()))
                            .orElse(OptionalLong.empty());
            default -> OptionalLong.empty();
        };
    }

    // Symbols

    @Override
    public void reloadSymbols(Optional<String> module) {
        view.reload();
    }

    @Override
    public String symbolPath() {
        return symbols.path();
    }

    @Override
    public void symbolPath(String path) {
        symbols.path(path);
        view.reload();
    }

    /** Only {@code qq} leaves the target stopped. */
    @Override
    public void leave(String how) {
        if (!how.equals("qq") && session.isStopped()) {
            session.leaveRunning();
        }
    }
}
