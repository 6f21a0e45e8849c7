package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oriel.driver.DebugDriver;
import oriel.driver.RunPlan;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.ThreadRef;

/**
 * Gets threads past the traps they ran into without another thread slipping through. As a rule the
 * instruction under the trap is executed by the emulator and the trap stays where it is. Where that
 * cannot be, the trap is lifted for one instruction of one thread, and the other threads of its
 * process are held meanwhile. One thread of a process at a time.
 */
final class Passes {
    private static final int INT3 = 0xcc;
    private static final long RESUME_FLAG = 0x10000;

    private final Runner runner;
    private final DebugDriver driver;

    /** Threads that stand at a trap they have been counted at, or at an access to a closed page. */
    private final Map<ThreadRef, Long> passing = new LinkedHashMap<>();

    /** Threads that stand at an instruction on which they have a debug register. */
    private final Set<ThreadRef> watched = new HashSet<>();

    /** What is told of threads when they have executed what they stand at. */
    private final Map<ThreadRef, Map<Breakpoint, Runnable>> afterwards = new HashMap<>();

    private final List<Runnable> told = new ArrayList<>();

    /** What is lifted, by process. */
    private final Map<Long, Lifted> lifted = new LinkedHashMap<>();

    /** A trap that is out of its process while a thread executes what is under it. */
    private record Lifted(ThreadRef thread, ProcessSpace space, long va, Optional<CodeTrap> trap) {}

    Passes(Runner runner, DebugDriver driver) {
        this.runner = runner;
        this.driver = driver;
    }

    /** A thread stands at an instruction that must be executed without the trap there. */
    void mustPass(ThreadRef thread, long va) {
        passing.put(thread, va);
    }

    /** The same for an instruction that a debug register of the thread guards. */
    void mustPassRegister(ThreadRef thread, long va) {
        passing.put(thread, va);
        watched.add(thread);
    }

    /** Tells of a breakpoint, once, when the thread has executed what it stands at. */
    void whenPassed(ThreadRef thread, Breakpoint breakpoint, Runnable telling) {
        afterwards
                .computeIfAbsent(thread, t -> new LinkedHashMap<>())
                .putIfAbsent(breakpoint, telling);
    }

    private void passed(ThreadRef thread) {
        passing.remove(thread);
        Map<Breakpoint, Runnable> all = afterwards.remove(thread);
        if (all != null) {
            told.addAll(all.values());
        }
    }

    /** Tells what waited for threads that have executed what they stood at. */
    private void tell() {
        if (!told.isEmpty()) {
            List<Runnable> now = List.copyOf(told);
            told.clear();
            now.forEach(Runnable::run);
        }
    }

    /** A thread will not execute what it stands at: the program's handlers run first. */
    void forget(ThreadRef thread) {
        passing.remove(thread);
        afterwards.remove(thread);
        watched.remove(thread);
        runner.space(thread.processId()).ifPresent(space -> space.pages().passed(thread));
        lower(thread);
    }

    void forgetProcess(long processId) {
        passing.keySet().removeIf(t -> t.processId() == processId);
        afterwards.keySet().removeIf(t -> t.processId() == processId);
        lifted.remove(processId);
    }

    /** Takes a step of a thread when it was made to pass a trap. Returns whether it was. */
    boolean stepped(ThreadRef thread) {
        if (!lower(thread)) {
            return false;
        }
        passed(thread);
        tell();
        return true;
    }

    /** Puts back what was lifted for a thread. Returns whether anything was. */
    private boolean lower(ThreadRef thread) {
        if (!isLifted(thread)) {
            return false;
        }
        Lifted was = lifted.remove(thread.processId());
        if (was != null && !was.space.hasExited()) {
            was.trap.ifPresent(t -> was.space.traps().lower(t, driver));
            was.space.pages().opened(was.thread).forEach(was.space.traps()::restore);
            was.space.pages().passed(was.thread);
        }
        return true;
    }

    private boolean isLifted(ThreadRef thread) {
        Lifted there = lifted.get(thread.processId());
        return there != null && there.thread.equals(thread);
    }

    /**
     * Prepares the next run: emulates what can be, and plans a step for one that cannot.
     *
     * @return the plan with what passing needs
     */
    RunPlan prepare(RunPlan plan) {
        Map<Long, Lifted> next = new LinkedHashMap<>();
        for (Map.Entry<ThreadRef, Long> each : List.copyOf(passing.entrySet())) {
            ThreadRef thread = each.getKey();
            long processId = thread.processId();
            Optional<ProcessSpace> space = runner.space(processId);
            if (space.isPresent() && !driver.stands(processId)) {
                // It may be anywhere between what it stood at and what it tells next.
                continue;
            }
            Optional<Lifted> needed =
                    space.isEmpty() ? Optional.empty() : pass(space.get(), thread, each.getValue());
            if (needed.isEmpty()) {
                passing.remove(thread);
                lower(thread);
            } else if (!next.containsKey(processId) || isLifted(thread)) {
                next.put(processId, needed.get());
            }
        }
        for (Lifted wanted : next.values()) {
            if (lifted.putIfAbsent(wanted.space.processId(), wanted) == null) {
                wanted.trap.ifPresent(t -> wanted.space.traps().lift(t, driver));
            }
            wanted.space.pages().open(wanted.thread, driver);
        }
        RunPlan with = plan;
        for (Lifted each : lifted.values()) {
            with = with.step(each.thread);
            // A system call may wait for what another thread does.
            with = isSystemCall(each) ? with : with.alone(each.thread);
        }
        return with;
    }

    private static boolean isSystemCall(Lifted wanted) {
        Instruction instruction = wanted.space.decode(wanted.va);
        return instruction.valid() && instruction.flow() == FlowKind.INTERRUPT;
    }

    /** What is left to do for a thread; empty when nothing is. */
    private Optional<Lifted> pass(ProcessSpace space, ThreadRef thread, long va) {
        RegisterSet registers = driver.registers(thread);
        Optional<CodeTrap> trap = space.traps().at(va).filter(t -> t.armed || isLifted(space, t));
        boolean register = watched.remove(thread);
        boolean stands = registers.pc().isPresent() && registers.pc().getAsLong() == va;
        boolean page = space.pages().isTouchedBy(thread);
        if (!stands || trap.isEmpty() && !register && !page) {
            space.pages().passed(thread);
            afterwards.remove(thread);
            return Optional.empty();
        }
        if (trap.isPresent()
                && space.architecture().isIntel()
                && (trap.get().original & 0xff) == INT3) {
            // The program has a breakpoint of its own here: it stands behind it now.
            driver.setRegisters(thread, at(space.architecture(), va + 1));
            return Optional.empty();
        }
        if (register) {
            // Lets the instruction be executed in spite of the register.
            long flags = registers.value("efl").orElse(0) | RESUME_FLAG;
            driver.setRegisters(
                    thread, RegisterSet.builder(space.architecture()).set("efl", flags).build());
            if (trap.isEmpty() && !page) {
                return Optional.empty();
            }
        }
        if (!lifted.containsKey(space.processId())) {
            Optional<RegisterSet> after = space.emulate(thread, registers);
            if (after.isPresent()) {
                driver.setRegisters(thread, after.get());
                space.pages().passed(thread);
                passed(thread);
                // Before another thread makes an access of its own.
                tell();
                if (runner.stepping().isStepping(thread)) {
                    runner.stepping().emulated(thread, space.decode(va));
                }
                return Optional.empty();
            }
        }
        return Optional.of(new Lifted(thread, space, va, trap));
    }

    private boolean isLifted(ProcessSpace space, CodeTrap trap) {
        Lifted there = lifted.get(space.processId());
        return there != null && there.trap.filter(t -> t == trap).isPresent();
    }

    static RegisterSet at(Architecture architecture, long va) {
        return RegisterSet.builder(architecture)
                .set(Registers.programCounter(architecture), va)
                .build();
    }
}
