package oriel.triage.report;

import java.util.List;

/**
 * Frames that repeat, shown once.
 *
 * @param cycle the first round, innermost first; never empty
 * @param times how many rounds there are, the first included; at least 2
 */
public record RecursionEntry(List<FrameEntry> cycle, int times) implements StackEntry {
    /** Copies the cycle. */
    public RecursionEntry {
        cycle = List.copyOf(cycle);
    }

    @Override
    public List<FrameEntry> shown() {
        return cycle;
    }

    /** How many frames this stands for. */
    public int frames() {
        return cycle.size() * times;
    }
}
