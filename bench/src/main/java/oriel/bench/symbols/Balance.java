package oriel.bench.symbols;

import java.util.HashMap;
import java.util.Map;

/** A bag of texts from one side, out of which those of the other side are taken. */
final class Balance {
    private final Map<String, Integer> left = new HashMap<>();
    private long agreed;

    void ours(String text) {
        left.merge(text, 1, Integer::sum);
    }

    void theirs(String text) {
        Integer count = left.get(text);
        if (count != null && count > 0) {
            agreed++;
        }
        left.merge(text, -1, Integer::sum);
    }

    /** Tells what agreed and what only one side has. */
    void settle(String kind, Tally tally) {
        tally.agree(kind, agreed);
        left.forEach(
                (text, count) -> {
                    String side = count > 0 ? "only ours: " : "only theirs: ";
                    for (int i = 0; i < Math.abs(count); i++) {
                        tally.differ(kind, side + text);
                    }
                });
        left.clear();
        agreed = 0;
    }
}
