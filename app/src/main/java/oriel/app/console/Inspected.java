package oriel.app.console;

import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;

/** What {@link InspectCommands} look at and change: a live target held still, or a dump. */
public interface Inspected {
    /** The target as it is now. */
    Target target();

    /** Names of its addresses. */
    Symbolizer symbolizer();

    /** Walks its stacks. */
    StackWalker walker();

    /**
     * The thread that commands are about.
     *
     * @throws ConsoleException when there is none
     */
    TargetThread thread();

    /** Whether there is a thread that commands are about. */
    default boolean hasThread() {
        return true;
    }

    /**
     * Writes memory.
     *
     * @throws ConsoleException saying what was not written
     */
    void write(long va, byte[] bytes);

    /**
     * Changes the known registers of a set in the current thread.
     *
     * @throws ConsoleException when they cannot be changed
     */
    void write(RegisterSet registers);

    /** Memory that is addressed as the machine's pages are; empty when there is none. */
    default Memory physical() {
        return Memory.EMPTY;
    }

    /**
     * Writes memory that is addressed as the machine's pages are.
     *
     * @throws ConsoleException when there is none, or it cannot be written
     */
    default void writePhysical(long pa, byte[] bytes) {
        throw new ConsoleException("this target has no physical memory");
    }
}
