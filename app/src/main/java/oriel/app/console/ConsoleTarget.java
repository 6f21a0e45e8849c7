package oriel.app.console;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A target that a console lets run: the processes of a session, or a kernel. */
public interface ConsoleTarget extends Inspected {
    /** Whether there is something to look at: it stands. */
    boolean isStopped();

    /** Whether commands make no sense any more, because a line is gone that nobody mends. */
    default boolean isLost() {
        return false;
    }

    /** What the console asks for commands with. */
    String prompt();

    /** Which thread or processor it is that stands, in words. */
    String standing();

    /** Lets it run until it stops; tells meanwhile what happens. */
    Halt move(Motion motion);

    /** Makes a target that runs, or is about to, stop. From any thread. */
    void interrupt();

    /** Drops an interrupt that was asked for and not done. The target stands. */
    default void forgetInterrupt() {}

    /** Whether the last motion ended for no other reason than an interrupt. */
    default boolean wasOnlyInterrupted() {
        return false;
    }

    /** Breakpoints. */
    BreakpointTable breakpoints();

    /** Threads or processors, by their numbers. */
    List<Seat> seats();

    /** Makes another thread or processor the current one. */
    void turnTo(Seat seat);

    /**
     * Holds a thread while others run, or lets it go.
     *
     * @param how f to freeze, u to undo that, n to suspend once more, m to resume once
     * @return how often it is suspended now
     * @throws ConsoleException when the target cannot do that
     */
    default int hold(Seat seat, char how) {
        throw new ConsoleException("this target cannot hold some of its threads");
    }

    /** Does something while commands are about another thread or processor. */
    void during(Seat seat, Task task) throws IOException;

    /** Something to do. */
    @FunctionalInterface
    interface Task {
        /** Does it. */
        void run() throws IOException;
    }

    /** What stopped it last, in words. */
    List<String> lastEvent();

    /** The value of a name that only this kind of target has. */
    default OptionalLong variable(String name) {
        return OptionalLong.empty();
    }

    /** Looks for symbols of all modules anew, or of one. */
    void reloadSymbols(Optional<String> module);

    /** Where symbols are looked for. */
    String symbolPath();

    /**
     * Has symbols looked for elsewhere from now on.
     *
     * @throws ConsoleException when the path makes no sense
     */
    void symbolPath(String path);

    /** Ends the console: {@code q}, {@code qq} or {@code qd}. */
    void leave(String how);
}
