package oriel.engine.session;

import oriel.model.LoadedModule;
import oriel.model.ThreadRef;

/** A part of a session that keeps something of modules, threads or processes. */
interface SessionPart {
    /** The libraries of a process are there: it stands at the loader's breakpoint. */
    default void processReady(ProcessSpace space) {}

    /** A module is there. */
    default void moduleLoaded(ProcessSpace space, LoadedModule module) {}

    /** A module has gone, and the traps in it. */
    default void moduleUnloaded(ProcessSpace space, LoadedModule module) {}

    /** A thread is about to run. */
    default void threadStarted(ProcessSpace space, ThreadRef thread) {}

    /** A thread has ended. */
    default void threadExited(ProcessSpace space, ThreadRef thread) {}

    /** A process has ended. */
    default void processExited(ProcessSpace space) {}

    /** A process is let go and runs on; nothing of it can be told any more. */
    default void processReleased(ProcessSpace space) {
        processExited(space);
    }
}
