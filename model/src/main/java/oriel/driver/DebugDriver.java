package oriel.driver;

import java.util.List;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.ThreadRef;

/**
 * Runs targets and reads them while they are stopped. Win32, KD and the scripted test driver
 * implement this; nothing else in Oriel knows an operating system.
 *
 * <p>A driver knows nothing of breakpoints, symbols or users: it arms the traps it is given, and
 * hands up what the system said. All methods but {@link #interrupt} are called on one thread, the
 * session's control thread, because Windows ties debug events to the thread that attached. So a
 * driver is also made there. What the system refuses is a {@link DriverException}; a target that
 * died meanwhile is not an error: reads come back short, writes write nothing, and the event of its
 * end follows.
 */
public interface DebugDriver extends AutoCloseable {
    /** The processes that are debugged, in the order in which they came. A kernel is process 0. */
    List<Long> processes();

    /**
     * What can be read of a process. Registers, threads and memory are asked of the system when
     * they are used; the memory shows traps that are armed. Valid while the process is stopped.
     * After its end everything in it is empty.
     */
    Target target(long processId);

    /** The registers of one thread now; all unknown when it has gone. */
    RegisterSet registers(ThreadRef thread);

    /**
     * Changes the registers of a stopped thread to the known ones of a set; the others stay. Does
     * nothing when the thread has gone.
     */
    void setRegisters(ThreadRef thread, RegisterSet registers);

    /**
     * Writes memory, also where the protection of the pages forbids it to the program.
     *
     * @return bytes written, from the front
     */
    int write(long processId, long va, byte[] bytes);

    /**
     * Puts traps into stopped processes. Traps in the same page cost one read and one write.
     *
     * @param traps by process and address, none of them armed
     * @return those that could not be armed
     */
    List<RefusedTrap> arm(List<? extends Trap> traps);

    /**
     * Takes traps out again. A byte of the program that no longer holds the trap, because the
     * program wrote over it, stays as it is.
     *
     * @param traps by process and address, armed before
     */
    void disarm(List<? extends Trap> traps);

    /**
     * Lets the targets run and blocks until something stops, the plan's time is over, or {@link
     * #interrupt} is called. Processes of the events that are returned stand still until the next
     * run; others may go on running.
     *
     * @return every event of this stop, oldest first; empty only when the time is over or nothing
     *     is debugged any more
     */
    List<RawEvent> run(RunPlan plan);

    /**
     * Whether a process stands still: an event of it has come, and no run since. Others are left
     * running by a run whose time was over, and by events of other processes; what was planned for
     * them goes on.
     */
    default boolean stands(long processId) {
        return true;
    }

    /**
     * Whether threads may run into debug registers while there are others in their process. Under
     * Wine they may not: a thread that does so just when another one stops the process asks for its
     * own debug registers, and waits for itself for ever.
     */
    default boolean sharesDebugRegisters() {
        return true;
    }

    /**
     * Whether a process may be made to look as if it were not debugged. Under Wine it may not: a
     * process whose environment block says so tells its debugger of no exceptions any more.
     */
    default boolean canHideMark() {
        return true;
    }

    /**
     * Whether {@link #interrupt} is to do without functions of the system in the target, which a
     * program that does not want to be debugged may have written over. Drivers that need none
     * ignore it.
     */
    default void interruptByOwnCode(boolean on) {}

    /**
     * Asks running targets to stop; a target that is already stopped will stop right after it is
     * run. The only method that any thread may call.
     */
    void interrupt();

    /** Stops debugging a process, which runs on. Its traps have been taken out before. */
    void detach(long processId);

    /** Ends a process; its exit is reported by the next run. */
    void kill(long processId);

    /**
     * Lets go of everything that is still debugged, as by {@link #detach}, and frees what the
     * driver holds.
     */
    @Override
    void close();
}
