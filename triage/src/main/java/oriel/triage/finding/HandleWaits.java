package oriel.triage.finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import oriel.model.Architecture;
import oriel.model.HandleInfo;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * Finds threads that wait for a mutex of another thread, or for another thread to end. The handle
 * is the first argument of the system call; on x64, where arguments are in registers that the call
 * destroys, the functions around it keep it in one that is preserved, or nearby on the stack.
 * Handles are small numbers, so all this counts only for threads that wait for objects by the names
 * of their functions, or, without names, for the first argument on x86.
 */
final class HandleWaits {
    private static final int STACK_WORDS = 40;
    private static final int MOST_WAITS = 4;

    private final Architecture architecture;
    private final Target target;
    private final Map<Long, HandleInfo> owned = new HashMap<>();

    HandleWaits(Target target) {
        this.target = target;
        this.architecture = target.architecture();
        Set<Long> threads = new LinkedHashSet<>();
        for (TargetThread thread : target.threads()) {
            threads.add(thread.ref().threadId());
        }
        OptionalLong process = target.process().processId();
        for (HandleInfo handle : target.handles()) {
            if (handle.owner().isPresent()) {
                ThreadRef owner = handle.owner().get();
                boolean own = process.isEmpty() || owner.processId() == process.getAsLong();
                if (own && threads.contains(owner.threadId())) {
                    owned.put(handle.value(), handle);
                }
            }
        }
    }

    /**
     * Whom a thread waits for.
     *
     * @param waiting what it waits for by the names of its functions; empty when they do not tell
     */
    List<Wait> waitsOf(TargetThread thread, String waiting) {
        boolean objects = waiting.startsWith("object");
        boolean first = architecture == Architecture.X86 && waiting.isEmpty();
        if (owned.isEmpty() || !objects && !first) {
            return List.of();
        }
        var waits = new ArrayList<Wait>();
        for (long value : objects ? candidates(thread) : firstArgument(thread)) {
            HandleInfo handle = owned.get(value);
            if (handle != null && waits.size() < MOST_WAITS) {
                ThreadRef owner = handle.owner().orElseThrow();
                if (owner.threadId() != thread.ref().threadId()) {
                    waits.add(wait(thread, handle, owner));
                }
            }
        }
        return waits;
    }

    private static Wait wait(TargetThread thread, HandleInfo handle, ThreadRef owner) {
        boolean isThread = handle.typeName().equals("Thread");
        String name = handle.objectName().isEmpty() ? "" : " \"" + handle.objectName() + "\"";
        String kind = isThread ? "the end of a thread" : "the mutex";
        return new Wait(
                thread.ref().threadId(),
                owner.threadId(),
                handle.value(),
                kind + name + " (handle " + Long.toHexString(handle.value()) + ")",
                isThread ? " is" : " owns");
    }

    /** At the return from the system call: the address to return to, then the arguments. */
    private Set<Long> firstArgument(TargetThread thread) {
        var values = new LinkedHashSet<Long>();
        OptionalLong sp = thread.registers().sp();
        if (sp.isPresent()) {
            target.memory().unsigned(sp.getAsLong() + 4, 4).ifPresent(values::add);
        }
        return values;
    }

    private Set<Long> candidates(TargetThread thread) {
        var values = new LinkedHashSet<Long>();
        RegisterSet registers = thread.registers();
        for (Register register : Registers.of(architecture)) {
            if (register.kind() == Register.Kind.GENERAL && registers.value(register).isPresent()) {
                values.add(registers.value(register).getAsLong());
            }
        }
        int width = architecture.pointerSize();
        for (int i = 0; i < STACK_WORDS && registers.sp().isPresent(); i++) {
            long va = registers.sp().getAsLong() + (long) i * width;
            target.memory().unsigned(va, width).ifPresent(values::add);
        }
        return values;
    }
}
