package oriel.engine.session;

import oriel.model.ThreadRef;

/** Who wants to know that a thread comes by an address. Called on the control thread. */
interface TrapOwner {
    /** A thread is about to execute the instruction at an address. */
    void reached(ProcessSpace space, ThreadRef thread, long va);

    /** The trap cannot be set. */
    default void refused(ProcessSpace space, long va, String reason) {}
}
