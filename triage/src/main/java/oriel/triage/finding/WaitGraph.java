package oriel.triage.finding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.triage.place.Places;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;

/**
 * Who waits for whom. A circle is a deadlock; a lock that many want is worth a word, and so is one
 * whose owner is gone.
 */
final class WaitGraph {
    private static final int MAX_THREADS = 2048;

    /** Findings on locks that are merely wanted. */
    private static final int MAX_CONTENDED = 3;

    private final Map<Long, List<Wait>> byThread = new LinkedHashMap<>();
    private final Map<Long, String> waiting;
    private final Set<Long> threadIds = new HashSet<>();

    private WaitGraph(Target target, Map<Long, String> waiting) {
        this.waiting = waiting;
        for (TargetThread thread : target.threads()) {
            threadIds.add(thread.ref().threadId());
        }
    }

    /**
     * Adds what is found.
     *
     * @param waiting what threads wait for by the names of their functions, where those tell
     */
    static void add(
            Target target, Places places, Map<Long, String> waiting, List<Finding> findings) {
        if (target.threads().size() < 2) {
            return;
        }
        var graph = new WaitGraph(target, waiting);
        var sections = new CriticalSections(target, places);
        var handles = new HandleWaits(target);
        int searched = 0;
        for (TargetThread thread : target.threads()) {
            String known = waiting.getOrDefault(thread.ref().threadId(), "");
            if (!known.isEmpty() || sections.isInSystem(thread)) {
                graph.add(sections.waitOf(thread));
                handles.waitsOf(thread, known).forEach(wait -> graph.add(Optional.of(wait)));
                if (++searched == MAX_THREADS) {
                    break;
                }
            }
        }
        graph.report(findings);
    }

    private void add(Optional<Wait> wait) {
        wait.ifPresent(w -> byThread.computeIfAbsent(w.threadId(), k -> new ArrayList<>(1)).add(w));
    }

    private void report(List<Finding> findings) {
        Set<Long> inCircles = new HashSet<>();
        for (Long start : byThread.keySet()) {
            List<Wait> circle = inCircles.contains(start) ? List.of() : circle(start);
            if (circle.isEmpty()) {
                continue;
            }
            boolean named = true;
            var text = new StringBuilder();
            for (Wait wait : circle) {
                inCircles.add(wait.threadId());
                named &= waiting.containsKey(wait.threadId());
                text.append(text.isEmpty() ? "" : "; ").append(wait.shown());
            }
            findings.add(
                    new Finding(
                            "deadlock",
                            named ? Confidence.HIGH : Confidence.MEDIUM,
                            text.toString()));
        }
        contended(inCircles, findings);
    }

    /** The shortest way from a thread back to itself; empty when there is none. */
    private List<Wait> circle(long start) {
        Map<Long, Wait> reachedBy = new HashMap<>();
        var queue = new ArrayDeque<Long>();
        queue.add(start);
        while (!queue.isEmpty()) {
            for (Wait wait : byThread.getOrDefault(queue.remove(), List.of())) {
                if (reachedBy.putIfAbsent(wait.ownerId(), wait) == null) {
                    queue.add(wait.ownerId());
                }
            }
            if (reachedBy.containsKey(start)) {
                return wayTo(start, reachedBy);
            }
        }
        return List.of();
    }

    private static List<Wait> wayTo(long start, Map<Long, Wait> reachedBy) {
        var way = new ArrayList<Wait>();
        long at = start;
        while (reachedBy.containsKey(at) && way.size() <= reachedBy.size()) {
            Wait wait = reachedBy.get(at);
            way.add(0, wait);
            at = wait.threadId();
            if (at == start) {
                break;
            }
        }
        return way;
    }

    private void contended(Set<Long> inCircles, List<Finding> findings) {
        Map<Long, List<Wait>> byKey = new TreeMap<>();
        for (List<Wait> waits : byThread.values()) {
            for (Wait wait : waits) {
                if (!inCircles.contains(wait.threadId())) {
                    byKey.computeIfAbsent(wait.key(), k -> new ArrayList<>()).add(wait);
                }
            }
        }
        byKey.values().stream()
                .sorted(Comparator.comparingInt((List<Wait> waits) -> waits.size()).reversed())
                .limit(MAX_CONTENDED)
                .forEach(waits -> findings.add(contended(waits)));
    }

    private Finding contended(List<Wait> waits) {
        Wait first = waits.get(0);
        boolean gone = !threadIds.contains(first.ownerId());
        int count = waits.size();
        String text =
                count == 1
                        ? first.shown()
                        : count
                                + " threads wait for "
                                + first.what()
                                + ", which thread "
                                + first.ownerId()
                                + first.owned();
        return gone
                ? new Finding(
                        "abandoned-lock",
                        Confidence.MEDIUM,
                        text + ", and that thread has ended: nobody will release it")
                : new Finding("contended-lock", Confidence.LOW, text);
    }
}
