package oriel.triage.report;

import java.util.List;
import oriel.model.StackEnd;

/**
 * A stack, and the threads that have it. Threads whose stacks differ only in registers and stack
 * addresses are one group.
 *
 * @param threads those that have this stack, never empty; the crashing one is always alone
 * @param entries innermost first, recursion folded
 * @param frameCount frames without folding
 * @param end why there are no more
 */
public record StackSection(
        List<ThreadEntry> threads, List<StackEntry> entries, int frameCount, StackEnd end) {
    /** Copies the lists. */
    public StackSection {
        threads = List.copyOf(threads);
        entries = List.copyOf(entries);
    }

    /** Whether this is the stack of the thread that raised the exception. */
    public boolean crashed() {
        return threads.get(0).crashed();
    }
}
