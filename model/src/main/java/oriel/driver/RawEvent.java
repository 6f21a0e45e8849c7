package oriel.driver;

import oriel.model.LoadedModule;
import oriel.model.TargetException;
import oriel.model.ThreadRef;

/** Something that happened in a target, as the system tells it. What it means is not said here. */
public sealed interface RawEvent {
    /** In which thread; thread 0 of the process when the system does not tell. */
    ThreadRef thread();

    /**
     * A process is now debugged: CREATE_PROCESS_DEBUG_EVENT.
     *
     * @param thread its first thread
     * @param image the program
     * @param startVa where the thread begins, 0 when not known
     */
    record ProcessStarted(ThreadRef thread, LoadedModule image, long startVa) implements RawEvent {}

    /**
     * A process is ending; it can be read once more, now.
     *
     * @param exitCode unsigned 32 bits
     */
    record ProcessExited(ThreadRef thread, long exitCode) implements RawEvent {}

    /**
     * A thread is about to run its first instruction.
     *
     * @param startVa where it begins, 0 when not known
     */
    record ThreadStarted(ThreadRef thread, long startVa) implements RawEvent {}

    /**
     * A thread has ended.
     *
     * @param exitCode unsigned 32 bits
     */
    record ThreadExited(ThreadRef thread, long exitCode) implements RawEvent {}

    /** An image was mapped. */
    record ModuleLoaded(ThreadRef thread, LoadedModule module) implements RawEvent {}

    /**
     * An image was unmapped.
     *
     * @param base where it began
     */
    record ModuleUnloaded(ThreadRef thread, long base) implements RawEvent {}

    /** The program printed something for debuggers: OutputDebugString, DbgPrint. */
    record OutputWritten(ThreadRef thread, String text) implements RawEvent {}

    /**
     * An exception, before anything in the program saw it or after nothing there took it. Traps
     * appear here: a code trap as STATUS_BREAKPOINT whose address is that of the trap (wherever the
     * program counter is), a page trap as STATUS_ACCESS_VIOLATION, a step and a debug register as
     * STATUS_SINGLE_STEP; the 32-bit sides of WOW64 processes have their own codes for these.
     *
     * @param firstChance whether handlers of the program have yet to see it
     */
    record ExceptionRaised(ThreadRef thread, TargetException exception, boolean firstChance)
            implements RawEvent {}

    /**
     * The system stopped the target because {@link DebugDriver#interrupt} asked for it. Systems
     * that do so with a breakpoint in a thread made for it tell this in place of the exception.
     */
    record Interrupted(ThreadRef thread) implements RawEvent {}

    /**
     * The system itself failed: RIP_EVENT.
     *
     * @param error Win32 error code
     * @param type SLE_ERROR and others, 0 when not told
     */
    record SystemFailed(ThreadRef thread, int error, int type) implements RawEvent {}
}
