package oriel.engine.session;

import java.util.Optional;
import java.util.function.Consumer;
import oriel.engine.disasm.Instruction;
import oriel.model.StackTrace;

/** The steps that a user may ask for. Used on the control thread. */
final class Steps {
    private final Runner runner;

    Steps(Runner runner) {
        this.runner = runner;
    }

    Optional<Stop> into() {
        return run(UserStep::instruction, false, 0);
    }

    /** A function that is called runs to its return, a repeated instruction to its end. */
    Optional<Stop> over() {
        Stop stop = require();
        Instruction instruction = stop.instruction(stop.pc());
        boolean passes =
                instruction.valid()
                        && (instruction.flow().isCall()
                                || instruction.has(Instruction.REP)
                                || instruction.has(Instruction.REPNE));
        if (!passes) {
            return into();
        }
        long next = instruction.nextVa();
        // A deeper call of the same function must not end it.
        long below = instruction.flow().isCall() ? stop.sp() - 1 : 0;
        return run(step -> step.to(next), false, below);
    }

    /** Runs until the current function has returned. */
    Optional<Stop> out() {
        Stop stop = require();
        StackTrace trace = stop.stackTrace();
        if (trace.frames().size() < 2) {
            throw new IllegalStateException("the caller is not known");
        }
        long caller = trace.frames().get(1).pc();
        return run(step -> step.to(caller), false, stop.sp());
    }

    Optional<Stop> to(long va) {
        return run(step -> step.to(va), true, 0);
    }

    private Optional<Stop> run(Consumer<UserStep> how, boolean anyThread, long below) {
        Stop stop = require();
        runner.startFrom(stop.thread());
        var step = new UserStep(runner, stop.thread(), anyThread, below);
        how.accept(step);
        try {
            return runner.run(Optional.empty(), false);
        } finally {
            step.cancel();
        }
    }

    private Stop require() {
        return runner.current()
                .map(runner::stop)
                .orElseThrow(() -> new IllegalStateException("nothing is debugged"));
    }
}
