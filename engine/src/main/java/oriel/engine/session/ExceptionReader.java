package oriel.engine.session;

import java.util.List;
import java.util.Optional;
import oriel.driver.DebugDriver;
import oriel.driver.RawEvent;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.AddressRange;
import oriel.model.RegisterSet;
import oriel.model.TargetException;
import oriel.model.ThreadRef;

/**
 * Says what an exception means: a trap of ours, a step, a breakpoint of the program, or a fault.
 */
final class ExceptionReader {
    private static final int INT3 = 0xcc;
    private static final long NAME_MAGIC = 0x1000;
    private static final long SINGLE_STEPPED = 0x4000;
    private static final int ACCESS_VIOLATION = 0xc0000005;
    private static final int WRITE = 1;
    private static final int EXECUTE = 8;

    private final Runner runner;
    private final DebugDriver driver;
    private final Passes passes;

    ExceptionReader(Runner runner, DebugDriver driver, Passes passes) {
        this.runner = runner;
        this.driver = driver;
        this.passes = passes;
    }

    void take(RawEvent.ExceptionRaised raised, ProcessSpace space) {
        if (!ExceptionRules.isStep(raised.exception().code())) {
            space.slots().wasLate(raised.thread());
        }
        switch (raised.exception().code()) {
            case ExceptionRules.BREAKPOINT, ExceptionRules.WX86_BREAKPOINT ->
                    breakpoint(raised, space);
            case ExceptionRules.SINGLE_STEP, ExceptionRules.WX86_SINGLE_STEP ->
                    singleStep(raised, space);
            case ACCESS_VIOLATION -> access(raised, space);
            case ExceptionRules.THREAD_NAME -> named(raised, space);
            default -> report(raised, space);
        }
    }

    /** Hands an exception to the user and, unless a rule says otherwise, to the program. */
    private void report(RawEvent.ExceptionRaised raised, ProcessSpace space) {
        TargetException exception = raised.exception();
        ThreadRef thread = raised.thread();
        space.accesses().forget();
        space.target().exception(Optional.of(exception));
        runner.disposition(thread, runner.rules().isHandled(exception.code()));
        runner.fire(
                new DebugEvent.ExceptionRaised(thread, exception, raised.firstChance()),
                runner.rules().stops(exception.code(), raised.firstChance()));
    }

    // --- breakpoints ------------------------------------------------------------------------

    private void breakpoint(RawEvent.ExceptionRaised raised, ProcessSpace space) {
        long va = raised.exception().address();
        ThreadRef thread = raised.thread();
        // Also a trap that is lifted for another thread: this one ran into it before.
        Optional<CodeTrap> trap = space.traps().at(va);
        if (trap.isPresent()) {
            driver.setRegisters(thread, Passes.at(space.architecture(), va));
            passes.mustPass(thread, va);
            runner.reached(trap.get(), space, thread);
            if (space.architecture().isIntel() && (trap.get().original & 0xff) == INT3) {
                program(raised, space);
            }
            return;
        }
        boolean intel = space.architecture().isIntel();
        boolean isThere = !intel || space.memory().unsigned(va, 1).orElse(0) == INT3;
        if (!isThere && space.traps().wasHere(va)) {
            // A trap that this thread ran into before it was taken out.
            driver.setRegisters(thread, Passes.at(space.architecture(), va));
            return;
        }
        if (space.isLoaderStop(raised.exception().code())) {
            runner.parts().processReady(space);
            runner.fire(new DebugEvent.LoaderStopped(thread), runner.session().stopsAtLoader());
        } else {
            program(raised, space);
        }
    }

    private void program(RawEvent.ExceptionRaised raised, ProcessSpace space) {
        long va = raised.exception().address();
        if (!space.architecture().isIntel()) {
            driver.setRegisters(raised.thread(), Passes.at(space.architecture(), va + 4));
        }
        space.target().exception(Optional.of(raised.exception()));
        runner.disposition(raised.thread(), !runner.rules().isHostile());
        runner.fire(
                new DebugEvent.ProgramStopped(raised.thread(), va),
                runner.rules().stops(ExceptionRules.BREAKPOINT, raised.firstChance()));
    }

    // --- steps and debug registers ----------------------------------------------------------

    private void singleStep(RawEvent.ExceptionRaised raised, ProcessSpace space) {
        ThreadRef thread = raised.thread();
        boolean explained = passes.stepped(thread);
        if (!space.slots().isEmpty()) {
            explained |= hardware(thread, space);
        }
        boolean late = space.slots().wasLate(thread);
        late |= runner.stepping().wasLate(thread);
        if (runner.stepping().isStepping(thread)) {
            if (runner.stepped(space, thread)) {
                report(raised, space);
            }
        } else if (!explained && !late) {
            report(raised, space);
        }
    }

    private boolean hardware(ThreadRef thread, ProcessSpace space) {
        RegisterSet registers = driver.registers(thread);
        long dr6 = registers.value("dr6").orElse(0);
        List<Breakpoint> hit = space.slots().hit(dr6, thread, registers.pc().orElse(0));
        if (hit.isEmpty()) {
            return false;
        }
        long pc = registers.pc().orElse(0);
        if ((dr6 & SINGLE_STEPPED) != 0 || driver.sharesDebugRegisters()) {
            // The processor leaves the bits. Linux takes them away, but of a step and a register at
            // once some may stay; under Wine each writing of them costs.
            driver.setRegisters(
                    thread, RegisterSet.builder(space.architecture()).set("dr6", 0).build());
        }
        for (Breakpoint each : hit) {
            if (each.access() == Access.EXECUTE) {
                passes.mustPassRegister(thread, pc);
            }
        }
        for (Breakpoint each : hit) {
            hit(each, space, thread);
        }
        return true;
    }

    /** A thread has accessed what a debug register watches, or stands at it. */
    private void hit(Breakpoint watch, ProcessSpace space, ThreadRef thread) {
        long pc = space.pc(thread);
        long data = watch.addressIn(space.processId()).orElse(pc);
        runner.breakpoints().hit(watch, space, thread, pc, watch.access(), data);
    }

    // --- closed pages -----------------------------------------------------------------------

    private void access(RawEvent.ExceptionRaised raised, ProcessSpace space) {
        List<Long> parameters = raised.exception().parameters();
        if (parameters.size() < 2 || !raised.firstChance()) {
            report(raised, space);
            return;
        }
        ThreadRef thread = raised.thread();
        long accessVa = parameters.get(1);
        Access access =
                switch ((int) (long) parameters.get(0)) {
                    case WRITE -> Access.WRITE;
                    case EXECUTE -> Access.EXECUTE;
                    default -> Access.READ;
                };
        if (!space.pages().isOurs(thread, accessVa, access, space)) {
            report(raised, space);
            return;
        }
        space.pages().touch(thread, accessVa);
        long pc = raised.exception().address();
        passes.mustPass(thread, pc);
        long size = access == Access.EXECUTE ? 1 : accessSize(space, pc);
        var bytes = new AddressRange(accessVa, size);
        for (Breakpoint each : space.pages().watching(bytes)) {
            if (!each.access().wants(access)) {
                continue;
            }
            if (each.kind() == Breakpoint.Kind.HARDWARE) {
                // As a debug register does: after the access.
                passes.whenPassed(thread, each, () -> hit(each, space, thread));
            } else {
                runner.breakpoints().hit(each, space, thread, pc, access, accessVa);
            }
        }
    }

    private static long accessSize(ProcessSpace space, long pc) {
        Instruction instruction = space.decode(pc);
        return instruction.valid()
                ? Math.max(1, instruction.memoryOperand().map(Operand::sizeBytes).orElse(1))
                : 1;
    }

    // --- names --------------------------------------------------------------------------------

    /** THREADNAME_INFO: a magic number, the name, the thread (-1 for this one). */
    private void named(RawEvent.ExceptionRaised raised, ProcessSpace space) {
        List<Long> parameters = raised.exception().parameters();
        if (raised.firstChance() && parameters.size() >= 3 && parameters.get(0) == NAME_MAGIC) {
            long id = parameters.get(2) & 0xffffffffL;
            ThreadRef thread = raised.thread();
            ThreadRef named = id == 0xffffffffL ? thread : new ThreadRef(thread.processId(), id);
            String name = TargetText.read(space.memory(), parameters.get(1), false);
            space.target().name(named.threadId(), name);
            runner.disposition(thread, true);
            runner.fire(new DebugEvent.ThreadNamed(thread, named, name), false);
        } else {
            report(raised, space);
        }
    }
}
