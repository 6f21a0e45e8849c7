package oriel.engine.session;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import oriel.driver.DebugDriver;
import oriel.engine.disasm.Instruction;
import oriel.engine.eval.EvalException;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;

/**
 * Where the system takes a thread without its trap flag: to the handlers of an exception, and from
 * them back into the program. A trap at the other end gets a stepped thread again.
 */
final class Detours implements TrapOwner {
    /** Rip in the CONTEXT of x64, Eip in that of x86 (winnt.h). */
    private static final int X64_PC = 0xf8;

    private static final int X86_PC = 0xb8;
    private static final String HANDLERS = "ntdll!KiUserExceptionDispatcher";
    private static final String[] CONTINUE = {"ntdll!NtContinue", "ntdll!NtContinueEx"};

    private final Runner runner;
    private final DebugDriver driver;

    /** Threads that are away, and where they come back. */
    private final Map<ThreadRef, Long> away = new HashMap<>();

    /** Addresses of functions by process, of those that were asked for. */
    private final Map<Long, Map<String, OptionalLong>> functions = new HashMap<>();

    Detours(Runner runner, DebugDriver driver) {
        this.runner = runner;
        this.driver = driver;
    }

    boolean isAway(ThreadRef thread) {
        return away.containsKey(thread);
    }

    /** The program's handlers are about to see an exception. Returns whether there is a trap. */
    boolean throughHandlers(ProcessSpace space, ThreadRef thread) {
        OptionalLong handlers = find(space, HANDLERS);
        handlers.ifPresent(va -> send(space, thread, va));
        return handlers.isPresent();
    }

    /** A thread may be about to go on as a context says. Returns whether there is a trap there. */
    boolean throughContinue(ProcessSpace space, ThreadRef thread, Instruction next) {
        if (!next.valid() || !space.architecture().isIntel() || !isContinue(space, next.va())) {
            return false;
        }
        boolean wide = space.architecture() == Architecture.X64;
        RegisterSet registers = driver.registers(thread);
        long context =
                wide
                        ? registers.value("rcx").orElse(0)
                        : space.memory().unsigned(registers.sp().orElse(0) + 4, 4).orElse(0);
        OptionalLong target =
                wide
                        ? space.memory().unsigned(context + X64_PC, 8)
                        : space.memory().unsigned(context + X86_PC, 4);
        target.ifPresent(va -> send(space, thread, va));
        return target.isPresent();
    }

    private boolean isContinue(ProcessSpace space, long va) {
        for (String name : CONTINUE) {
            OptionalLong function = find(space, name);
            if (function.isPresent() && function.getAsLong() == va) {
                return true;
            }
        }
        return false;
    }

    private OptionalLong find(ProcessSpace space, String name) {
        return functions
                .computeIfAbsent(space.processId(), p -> new HashMap<>())
                .computeIfAbsent(
                        name,
                        n -> {
                            try {
                                return space.labels().find(space.labels().split(n));
                            } catch (EvalException e) {
                                return OptionalLong.empty();
                            }
                        });
    }

    private void send(ProcessSpace space, ThreadRef thread, long va) {
        away.put(thread, va);
        space.traps().add(va, this);
        space.traps().sync(driver, space);
    }

    @Override
    public void reached(ProcessSpace space, ThreadRef thread, long va) {
        Long expected = away.get(thread);
        if (expected != null && expected == va) {
            cancel(thread);
            runner.arrived(space, thread);
        }
    }

    /** A thread is not waited for any more. */
    void cancel(ThreadRef thread) {
        Long va = away.remove(thread);
        if (va != null) {
            runner.space(thread.processId()).ifPresent(s -> s.traps().remove(va, this));
        }
    }

    void processExited(long processId) {
        away.keySet().removeIf(t -> t.processId() == processId);
        functions.remove(processId);
    }
}
