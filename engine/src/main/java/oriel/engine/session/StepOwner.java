package oriel.engine.session;

import oriel.model.ThreadRef;

/** Who wants to know of every instruction that a thread executes. Called on the control thread. */
interface StepOwner {
    /** The thread has executed one instruction. */
    void stepped(ProcessSpace space, ThreadRef thread);

    /** The thread has ended. */
    default void threadExited(ThreadRef thread) {}
}
