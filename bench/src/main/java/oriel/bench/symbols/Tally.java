package oriel.bench.symbols;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was compared, what agreed and what differed, with a few examples. For one thread. */
final class Tally {
    private static final int EXAMPLES = 4;

    private final Map<String, Long> agreed = new TreeMap<>();
    private final Map<String, Long> explained = new TreeMap<>();
    private final Map<String, Long> unexplained = new TreeMap<>();
    private final Map<String, List<String>> examples = new TreeMap<>();

    /** Notes that so many things of a kind agree. */
    void agree(String kind, long count) {
        agreed.merge(kind, count, Long::sum);
    }

    /** Notes a difference that a rule of the other tool foretells. */
    void explain(String rule, String example) {
        explained.merge(rule, 1L, Long::sum);
        example(rule, example);
    }

    /** Notes a difference that nothing explains. */
    void differ(String kind, String example) {
        unexplained.merge(kind, 1L, Long::sum);
        example(kind, example);
    }

    /** Adds what another one counted. */
    void add(Tally other) {
        other.agreed.forEach((kind, count) -> agreed.merge(kind, count, Long::sum));
        other.explained.forEach((kind, count) -> explained.merge(kind, count, Long::sum));
        other.unexplained.forEach((kind, count) -> unexplained.merge(kind, count, Long::sum));
        other.examples.forEach((kind, list) -> list.forEach(one -> example(kind, one)));
    }

    long agreements() {
        return agreed.values().stream().mapToLong(Long::longValue).sum();
    }

    long agreements(String kind) {
        return agreed.getOrDefault(kind, 0L);
    }

    long explanations(String rule) {
        return explained.getOrDefault(rule, 0L);
    }

    long differences() {
        return unexplained.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One line for each kind, examples of differences below. */
    String report() {
        var out = new StringBuilder();
        agreed.forEach((kind, count) -> row(out, "agreed", kind, count, false));
        explained.forEach((kind, count) -> row(out, "explained", kind, count, true));
        unexplained.forEach((kind, count) -> row(out, "DIFFERENT", kind, count, true));
        return out.toString();
    }

    private void row(StringBuilder out, String what, String kind, long count, boolean more) {
        out.append(String.format(Locale.ROOT, "  %-10s %,12d  %s%n", what, count, kind));
        if (more) {
            for (String example : examples.getOrDefault(kind, List.of())) {
                out.append("      ").append(example.replace("\n", "\n      ")).append('\n');
            }
        }
    }

    private void example(String kind, String text) {
        List<String> list = examples.computeIfAbsent(kind, k -> new ArrayList<>());
        if (list.size() < EXAMPLES) {
            list.add(text);
        }
    }
}
