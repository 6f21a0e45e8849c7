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

    /** Takes one away. */
    void erase(int id);

    /** Lets one count, or not. */
    void enable(int id, boolean on);

    /** Lets one count once more. */
    void once(int id);
}
