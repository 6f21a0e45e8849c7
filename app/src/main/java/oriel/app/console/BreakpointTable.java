package oriel.app.console;

import java.util.List;

/** The breakpoints of a target. */
public interface BreakpointTable {
    /** All of them, by their numbers. */
    List<BreakpointView> list();

    /**
     * Adds one.
     *
     * @return its number
     * @throws ConsoleException when the target has no such breakpoints
     */
    int add(BreakpointRequest request);

    /**
     * Gives one another number, in the place of one that has it.
     *
     * @throws ConsoleException when the target numbers its breakpoints itself
     */
    default void renumber(int id, int number) {
        throw new ConsoleException("breakpoints of this target are numbered in turn");
    }

    /** Takes one away. */
    void erase(int id);

    /** Lets one count, or not. */
    void enable(int id, boolean on);

    /** Lets one count once more. */
    void once(int id);
}
