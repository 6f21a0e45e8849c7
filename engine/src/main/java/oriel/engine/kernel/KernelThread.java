package oriel.engine.kernel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.RegisterSet;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * A thread.
 *
 * @param va address of its ETHREAD
 * @param ref ids; an idle thread, which has none, counts down from 0xffffffff by its processor
 * @param processVa address of its EPROCESS; 0 when not known
 * @param processor the one it runs on; empty when it waits
 * @param state KTHREAD.State: 2 running, 5 waiting and so on; empty when not known
 * @param registers of its processor, or as they were saved when it was last switched away
 * @param stack its kernel stack from the stack pointer up
 * @param tebVa address of its TEB; empty for threads of the kernel
 * @param startVa where it began
 * @param name which processor it runs on, and of which program it is
 */
public record KernelThread(
        long va,
        ThreadRef ref,
        long processVa,
        OptionalInt processor,
        OptionalInt state,
        RegisterSet registers,
        AddressRange stack,
        OptionalLong tebVa,
        OptionalLong startVa,
        Optional<String> name)
        implements TargetThread {
    private static final String[] STATES = {
        "initialized",
        "ready",
        "running",
        "standby",
        "terminated",
        "waiting",
        "transition",
        "deferred ready",
        "gate wait",
        "waiting for process in swap"
    };

    /** The state in words; empty when not known. */
    public Optional<String> stateText() {
        return state.isPresent() && state.getAsInt() < STATES.length
                ? Optional.of(STATES[state.getAsInt()])
                : Optional.empty();
    }

    /** The id that stands for the idle thread of a processor, which has none. */
    public static long idleId(int processor) {
        return 0xffffffffL - processor;
    }
}
