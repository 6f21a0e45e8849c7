package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oriel.driver.DebugDriver;
import oriel.driver.RawEvent;
import oriel.driver.RunPlan;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;

/**
 * Threads that execute one instruction, or run to one branch, each time they run. The trap flag
 * that makes them do so is hidden from the program: what it pushes has it clear. Where the program
 * sets the flag itself, it gets the exception that it waits for.
 */
final class Stepping {
    private static final long TRAP_FLAG = 0x100;

    /** Instructions up to an unconditional branch that are looked at for flags being pushed. */
    private static final int MOST_LOOKED_AT = 64;

    private final DebugDriver driver;
    private final Detours detours;
    private final Map<ThreadRef, Stepper> threads = new LinkedHashMap<>();

    /** Threads that were told to step and have not told that they did. */
    private final Set<ThreadRef> late = new HashSet<>();

    /** What threads have executed by the emulator since they ran last. */
    private final Map<ThreadRef, Instruction> emulated = new LinkedHashMap<>();

    /** Whether the processor stops at branches only; it is not told but tried. */
    private boolean branchesWork = true;

    /** What is kept of a thread. */
    private static final class Stepper {
        private final List<StepOwner> owners = new ArrayList<>(1);

        /** What it executes next. */
        private Instruction next = new Instruction();

        /** Whether it runs to a branch. */
        private boolean toBranch;

        /** Whether the program has set the trap flag itself. */
        private boolean programTraps;
    }

    Stepping(DebugDriver driver, Detours detours) {
        this.driver = driver;
        this.detours = detours;
    }

    void begin(ThreadRef thread, StepOwner owner) {
        threads.computeIfAbsent(thread, t -> new Stepper()).owners.add(owner);
    }

    void end(ThreadRef thread, StepOwner owner) {
        Stepper steps = threads.get(thread);
        if (steps != null && steps.owners.remove(owner) && steps.owners.isEmpty()) {
            threads.remove(thread);
            detours.cancel(thread);
        }
    }

    boolean isStepping(ThreadRef thread) {
        return threads.containsKey(thread);
    }

    // --- planning a run -------------------------------------------------------------------------

    /** Adds the threads that step, but for those that are held or come back by a detour. */
    RunPlan plan(RunPlan plan, Runner runner) {
        RunPlan with = plan;
        for (Map.Entry<ThreadRef, Stepper> each : threads.entrySet()) {
            ThreadRef thread = each.getKey();
            Optional<ProcessSpace> space = runner.space(thread.processId());
            if (space.isPresent() && !isHeld(plan, thread)) {
                with = plan(with, space.get(), thread, each.getValue());
            }
        }
        return with;
    }

    private RunPlan plan(RunPlan plan, ProcessSpace space, ThreadRef thread, Stepper steps) {
        if (!driver.stands(thread.processId())) {
            // It goes on with what it was told.
            boolean away = detours.isAway(thread);
            return away ? plan : steps.toBranch ? plan.stepToBranch(thread) : plan.step(thread);
        }
        steps.next = space.decode(space.pc(thread));
        steps.toBranch = false;
        boolean leaves = plan.unhandled().contains(thread);
        if (detours.isAway(thread)
                || leaves && detours.throughHandlers(space, thread)
                || detours.throughContinue(space, thread, steps.next)) {
            return plan;
        }
        boolean lone = plan.stepping().contains(thread);
        steps.toBranch = branchesWork && !lone && wantBranches(steps) && mayRun(space, steps.next);
        return steps.toBranch ? plan.stepToBranch(thread) : plan.step(thread);
    }

    private static boolean isHeld(RunPlan plan, ThreadRef thread) {
        return plan.only().stream()
                .anyMatch(o -> o.processId() == thread.processId() && !o.equals(thread));
    }

    private static boolean wantBranches(Stepper steps) {
        return steps.owners.stream().allMatch(StepOwner::wantsBranchesOnly);
    }

    /** Whether nothing that shows or changes the trap flag comes before the next sure branch. */
    private static boolean mayRun(ProcessSpace space, Instruction first) {
        Instruction at = first;
        for (int i = 0; i < MOST_LOOKED_AT && at.valid(); i++) {
            if (showsFlags(at) || at.flow() == FlowKind.INTERRUPT) {
                return false;
            }
            if (at.flow().endsBlock() || at.flow().isCall()) {
                return true;
            }
            at = space.decode(at.nextVa());
        }
        return false;
    }

    private static boolean showsFlags(Instruction instruction) {
        String name = instruction.mnemonic();
        return name.startsWith("pushf") || name.startsWith("popf") || name.startsWith("iret");
    }

    // --- what has come of it --------------------------------------------------------------------

    /** Remembers which of the threads that were to step have something else to tell first. */
    void ran(RunPlan plan, List<RawEvent> events) {
        for (ThreadRef thread : plan.stepping()) {
            if (events.stream().noneMatch(e -> e.thread().equals(thread))) {
                late.add(thread);
            }
        }
    }

    /**
     * Whether nothing has run in a process but one instruction of one thread that leads where all
     * can see: systems are called by interrupts, and by calls and jumps to where memory says.
     */
    boolean ranPlainly(RunPlan plan, List<RawEvent> events, ProcessSpace space) {
        if (plan.stepping().size() != 1
                || events.size() != 1
                || !(events.get(0) instanceof RawEvent.ExceptionRaised raised)
                || !ExceptionRules.isStep(raised.exception().code())) {
            return false;
        }
        ThreadRef thread = raised.thread();
        Stepper steps = threads.get(thread);
        return steps != null
                && !steps.toBranch
                && plan.stepping().contains(thread)
                && thread.processId() == space.processId()
                && steps.next.valid()
                && switch (steps.next.flow()) {
                    case NEXT, JUMP, CONDITIONAL, CALL, RETURN -> true;
                    case INDIRECT_JUMP, INDIRECT_CALL, INTERRUPT, UNDEFINED -> false;
                };
    }

    boolean wasLate(ThreadRef thread) {
        return late.remove(thread);
    }

    /** An instruction of a thread was executed by the emulator. */
    void emulated(ThreadRef thread, Instruction instruction) {
        if (threads.containsKey(thread)) {
            emulated.put(thread, instruction);
        }
    }

    /** Tells of instructions that were emulated. */
    void tellEmulated(Runner runner) {
        for (ThreadRef thread : List.copyOf(emulated.keySet())) {
            Instruction done = emulated.remove(thread);
            Stepper steps = threads.get(thread);
            Optional<ProcessSpace> space = runner.space(thread.processId());
            if (steps != null && space.isPresent() && done != null) {
                steps.next = done;
                steps.toBranch = false;
                runner.stepped(space.get(), thread);
            }
        }
    }

    /**
     * A thread has stepped.
     *
     * @return whether the exception is one that the program has asked for, too
     */
    boolean stepped(ProcessSpace space, ThreadRef thread) {
        Stepper steps = threads.get(thread);
        if (steps == null) {
            return false;
        }
        long now = space.pc(thread);
        Instruction from = steps.toBranch ? branch(space, steps, now) : steps.next;
        boolean programs = steps.programTraps || from.valid() && from.mnemonic().equals("int1");
        steps.programTraps = false;
        if (from.valid() && from.mnemonic().startsWith("pushf") && !programs) {
            hide(space, thread);
        }
        if (from.valid() && from.mnemonic().startsWith("popf") && popped(space, thread)) {
            steps.programTraps = true;
            // The system took the flag away with ours.
            long flags = driver.registers(thread).value("efl").orElse(0);
            driver.setRegisters(
                    thread,
                    RegisterSet.builder(space.architecture())
                            .set("efl", flags | TRAP_FLAG)
                            .build());
        }
        for (StepOwner owner : List.copyOf(steps.owners)) {
            owner.stepped(space, thread, from);
        }
        return programs;
    }

    /** A thread has come back by a detour: nobody knows what it has executed last. */
    void arrived(ProcessSpace space, ThreadRef thread) {
        Stepper steps = threads.get(thread);
        if (steps != null) {
            for (StepOwner owner : List.copyOf(steps.owners)) {
                owner.stepped(space, thread, new Instruction());
            }
        }
    }

    /**
     * The branch that has led somewhere, looked for from where the thread began to run. When it did
     * not get beyond one plain instruction, the processor does not stop at branches.
     */
    private Instruction branch(ProcessSpace space, Stepper steps, long now) {
        Instruction at = steps.next;
        if (at.valid() && at.flow() == FlowKind.NEXT && now == at.nextVa()) {
            branchesWork = false;
            return at;
        }
        for (int i = 0; i < MOST_LOOKED_AT && at.valid(); i++) {
            boolean here = at.branchTarget().orElse(now) == now;
            if (at.flow() != FlowKind.NEXT && here) {
                return at;
            }
            at = space.decode(at.nextVa());
        }
        return new Instruction();
    }

    /** The flags that pushf has just put on the stack. */
    private void hide(ProcessSpace space, ThreadRef thread) {
        long sp = driver.registers(thread).sp().orElse(0);
        long flags = space.memory().unsigned(sp, 2).orElse(0);
        if ((flags & TRAP_FLAG) != 0) {
            long hidden = flags & ~TRAP_FLAG;
            space.write(sp, new byte[] {(byte) hidden, (byte) (hidden >>> 8)});
        }
    }

    /** Whether the flags that popf has just taken from the stack have the trap flag set. */
    private boolean popped(ProcessSpace space, ThreadRef thread) {
        long sp = driver.registers(thread).sp().orElse(0);
        long flags = space.memory().unsigned(sp - space.architecture().pointerSize(), 2).orElse(0);
        return (flags & TRAP_FLAG) != 0;
    }

    // --- ends -----------------------------------------------------------------------------------

    void threadExited(ThreadRef thread) {
        late.remove(thread);
        emulated.remove(thread);
        detours.cancel(thread);
        Stepper steps = threads.remove(thread);
        if (steps != null) {
            steps.owners.forEach(o -> o.threadExited(thread));
        }
    }

    void processExited(long processId) {
        threads.keySet().removeIf(t -> t.processId() == processId);
        late.removeIf(t -> t.processId() == processId);
        emulated.keySet().removeIf(t -> t.processId() == processId);
        detours.processExited(processId);
    }
}
