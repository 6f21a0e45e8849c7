package oriel.engine.session;

import oriel.model.LoadedModule;
import oriel.model.TargetException;
import oriel.model.ThreadRef;

/** Something that happened in a target, and what it means. */
public sealed interface DebugEvent {
    /** In which thread. */
    ThreadRef thread();

    /**
     * A process is debugged from now on.
     *
     * @param image the program
     * @param startVa where its first thread begins, 0 when not known
     */
    record ProcessStarted(ThreadRef thread, LoadedModule image, long startVa)
            implements DebugEvent {}

    /**
     * A process is ending; it can be read once more, now.
     *
     * @param exitCode unsigned 32 bits
     */
    record ProcessExited(ThreadRef thread, long exitCode) implements DebugEvent {}

    /** A thread is about to run; {@code startVa} is 0 when not known. */
    record ThreadStarted(ThreadRef thread, long startVa) implements DebugEvent {}

    /** A thread has ended. */
    record ThreadExited(ThreadRef thread, long exitCode) implements DebugEvent {}

    /**
     * The program gave a thread a name.
     *
     * @param named the thread, not always the one that says so
     */
    record ThreadNamed(ThreadRef thread, ThreadRef named, String name) implements DebugEvent {}

    /** An image was mapped. */
    record ModuleLoaded(ThreadRef thread, LoadedModule module) implements DebugEvent {}

    /** An image is gone. */
    record ModuleUnloaded(ThreadRef thread, LoadedModule module) implements DebugEvent {}

    /** The program printed something for debuggers. */
    record OutputWritten(ThreadRef thread, String text) implements DebugEvent {}

    /** The system's own breakpoint: a new process has its libraries, or an old one is attached. */
    record LoaderStopped(ThreadRef thread) implements DebugEvent {}

    /**
     * A breakpoint of the program's own: DebugBreak, an assertion.
     *
     * @param va address of the instruction; the thread stands behind it
     */
    record ProgramStopped(ThreadRef thread, long va) implements DebugEvent {}

    /** {@link DebugSession#interrupt} was asked for. */
    record Interrupted(ThreadRef thread) implements DebugEvent {}

    /**
     * A breakpoint of the user's was hit.
     *
     * @param va of the instruction, or for data the instruction that accessed them or the one
     *     behind it
     * @param access what was done
     * @param accessVa of the data, as near as the processor tells; {@code va} for execution
     */
    record BreakpointHit(
            ThreadRef thread, Breakpoint breakpoint, long va, Access access, long accessVa)
            implements DebugEvent {}

    /**
     * A step is done.
     *
     * @param va where the thread stands
     */
    record StepDone(ThreadRef thread, long va) implements DebugEvent {}

    /** An exception, before the program's handlers saw it or after none of them took it. */
    record ExceptionRaised(ThreadRef thread, TargetException exception, boolean firstChance)
            implements DebugEvent {}

    /** The system itself failed: RIP_EVENT. */
    record SystemFailed(ThreadRef thread, int error, int type) implements DebugEvent {}

    /**
     * A condition, action or handler of the user's threw. The target is as it was before it was
     * called.
     *
     * @param where which one, in words
     */
    record CallbackFailed(ThreadRef thread, String where, Exception failure)
            implements DebugEvent {}
}
