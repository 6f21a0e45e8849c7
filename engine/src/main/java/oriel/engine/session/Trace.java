package oriel.engine.session;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * Executes threads instruction by instruction, or branch by branch, and tells of each. The trap
 * flag that does so is hidden from the program, and lost in no exception or system call. Branches
 * are found by the processor where it can; else every instruction is executed by itself.
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
         * @param from the instruction that was executed; not valid where a thread comes back from
         *     the system, or when it is not known
         * @param stop where the thread stands
         */
        void stepped(Instruction from, Stop stop) throws Exception;
    }

    private final Runner runner;
    private final OptionalLong processId;
    private final Grain grain;
    private final Listener listener;
    private final Set<ThreadRef> threads = new HashSet<>();
    private boolean follows;
    private long steps;

    Trace(Runner runner, OptionalLong processId, Grain grain, Listener listener) {
        this.runner = runner;
        this.processId = processId;
        this.grain = grain;
        this.listener = listener;
    }

    /** How often threads have stopped so far: for each instruction, or each branch. */
    public long steps() {
        return steps;
    }

    /** Ends the tracing. */
    public void stop() {
        runner.session()
                .call(
                        () -> {
                            follows = false;
                            threads.forEach(t -> runner.stepping().end(t, this));
                            threads.clear();
                            runner.parts().remove(this);
                            return this;
                        });
    }

    void begin(ThreadRef thread) {
        if (threads.add(thread)) {
            runner.stepping().begin(thread, this);
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

    @Override
    public boolean wantsBranchesOnly() {
        return grain == Grain.BRANCH;
    }

    @Override
    public void stepped(ProcessSpace space, ThreadRef thread, Instruction from) {
        steps++;
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

    @Override
    public void threadExited(ThreadRef thread) {
        threads.remove(thread);
    }
}
