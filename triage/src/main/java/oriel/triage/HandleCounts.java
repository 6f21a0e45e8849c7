package oriel.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.model.HandleInfo;
import oriel.triage.report.HandleSummary;
import oriel.triage.report.HandleSummary.TypeCount;

/** Counts handles by type. */
final class HandleCounts {
    private HandleCounts() {}

    static Optional<HandleSummary> of(List<HandleInfo> handles) {
        if (handles.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (HandleInfo handle : handles) {
            counts.merge(handle.typeName(), 1, Integer::sum);
        }
        var types = new ArrayList<TypeCount>(counts.size());
        counts.forEach((type, count) -> types.add(new TypeCount(type, count)));
        types.sort(Comparator.comparingInt(TypeCount::count).reversed());
        return Optional.of(new HandleSummary(handles.size(), types, handles));
    }
}
