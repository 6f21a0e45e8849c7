package oriel.engine.session;

import oriel.engine.disasm.Instruction;
import oriel.model.ThreadRef;

/** Who wants to know of what a thread executes. Called on the control thread. */
interface StepOwner {
    /**
     * The thread has executed one instruction, or some up to a branch.
     *
     * @param from the instruction, or the branch; not valid when it is not known
     */
    void stepped(ProcessSpace space, ThreadRef thread, Instruction from);

    /** Whether the thread may run on until a branch is taken. */
    default boolean wantsBranchesOnly() {
        return false;
    }

    /** The thread has ended. */
    default void threadExited(ThreadRef thread) {}
}
