package oriel.triage.report;

import java.util.List;
import oriel.model.HandleInfo;

/**
 * The open handles.
 *
 * @param total how many
 * @param types how many of each type, most frequent first
 * @param handles all of them, in the target's order
 */
public record HandleSummary(int total, List<TypeCount> types, List<HandleInfo> handles) {
    /** Copies the lists. */
    public HandleSummary {
        types = List.copyOf(types);
        handles = List.copyOf(handles);
    }

    /** How many handles of a type there are. */
    public record TypeCount(String typeName, int count) {}
}
