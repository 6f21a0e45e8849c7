package oriel.engine.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * Executes threads instruction by instruction and tells of each. The trap flag that does so is
 * hidden from the program: what it pushes has it clear.
 */
public final class Trace implements SessionPart, StepOwner {
    /** What is told of. */
    public enum Grain {
        /** Every instruction. */
        INSTRUCTION,
        /** Where a branch, call or return has led to. */
        BRANCH
    }

    /** Takes what a trace tells. Called on the control thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A thread stands where it has just come to.
         *
         * @param from the instruction that was executed
         * @param stop where the thread stands
         */
        void stepped(Instruction from, Stop stop) throws Exception;
    }

    private static final long TRAP_FLAG = 0x100;

    private final Runner runner;
    private final OptionalLong processId;
    private final Grain grain;
    private final Listener listener;
    private final Set<ThreadRef> threads = new HashSet<>();
    private final Map<ThreadRef, Instruction> next = new HashMap<>();
    private boolean follows;
    private long steps;

    Trace(Runner runner, OptionalLong processId, Grain grain, Listener listener) {
        this.runner = runner;
        this.processId = processId;
        this.grain = grain;
        this.listener = listener;
    }

    /** How many instructions were executed so far. */
    public long steps() {
        return steps;
    }

    /** Ends the tracing. */
    public void stop() {
        runner.session()
                .call(
                        () -> {
                            follows = false;
                            threads.forEach(t -> runner.endStep(t, this));
                            threads.clear();
                            runner.parts().remove(this);
                            return this;
                        });
    }

    void begin(ThreadRef thread) {
        if (threads.add(thread)) {
            runner.space(thread.processId()).ifPresent(s -> look(s, thread));
            runner.step(thread, this);
        }
    }

    /** Traces all threads, also those to come. */
    void beginAll() {
        follows = true;
        for (ProcessSpace space : runner.spaces()) {
            if (processId.isEmpty() || processId.getAsLong() == space.processId()) {
                for (TargetThread thread : space.target().threads()) {
                    begin(thread.ref());
                }
            }
        }
    }

    @Override
    public void threadStarted(ProcessSpace space, ThreadRef thread) {
        boolean wanted = processId.isEmpty() || processId.getAsLong() == space.processId();
        if (follows && wanted) {
            begin(thread);
        }
    }

    private void look(ProcessSpace space, ThreadRef thread) {
        next.put(thread, space.decode(space.pc(thread)));
    }

    @Override
    public void stepped(ProcessSpace space, ThreadRef thread) {
        steps++;
        Instruction from = next.getOrDefault(thread, new Instruction());
        if (from.valid() && from.mnemonic().startsWith("pushf")) {
            hideTrapFlag(space, thread);
        }
        look(space, thread);
        boolean told = grain == Grain.INSTRUCTION || branched(from, space.pc(thread));
        if (told) {
            runner.ask(
                    thread,
                    "the trace",
                    stop -> {
                        listener.stepped(from, stop);
                        return true;
                    });
        }
    }

    private static boolean branched(Instruction from, long now) {
        return from.valid() && from.flow() != FlowKind.NEXT && now != from.nextVa()
                || !from.valid();
    }

    /** The flags that pushf has just put on the stack. */
    private void hideTrapFlag(ProcessSpace space, ThreadRef thread) {
        long sp = runner.driver().registers(thread).sp().orElse(0);
        long flags = space.memory().unsigned(sp, 2).orElse(0);
        if ((flags & TRAP_FLAG) != 0) {
            long hidden = flags & ~TRAP_FLAG;
            space.write(sp, new byte[] {(byte) hidden, (byte) (hidden >>> 8)});
        }
    }

    @Override
    public void threadExited(ThreadRef thread) {
        threads.remove(thread);
        next.remove(thread);
    }

    /** The instruction that a thread executes next; empty when it is not traced. */
    public Optional<Instruction> upcoming(ThreadRef thread) {
        return Optional.ofNullable(next.get(thread));
    }
}
