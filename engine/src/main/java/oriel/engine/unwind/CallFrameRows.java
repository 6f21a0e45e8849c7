package oriel.engine.unwind;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules of a function by offset. Equal neighbours are one row. */
final class CallFrameRows {
    private final SortedMap<Long, Map<String, String>> rows = new TreeMap<>();

    /** The rules that count from an offset on; later calls for the same offset replace earlier. */
    void add(long offset, Map<String, String> rules) {
        rows.put(offset, rules);
    }

    /** The records of a function. A later record repeats only what is new. */
    void write(long beginRva, long sizeBytes, StringBuilder out) {
        Map<String, String> known = Map.of();
        for (Map.Entry<Long, Map<String, String>> row : rows.entrySet()) {
            Map<String, String> now = row.getValue();
            boolean first = known.isEmpty();
            if (!first && (now.equals(known) || row.getKey() >= sizeBytes)) {
                continue;
            }
            out.append(first ? "STACK CFI INIT " : "STACK CFI ");
            out.append(Long.toHexString(beginRva + row.getKey()));
            if (first) {
                out.append(' ').append(Long.toHexString(sizeBytes));
            }
            for (Map.Entry<String, String> rule : now.entrySet()) {
                if (!rule.getValue().equals(known.get(rule.getKey()))) {
                    rule(rule.getKey(), rule.getValue(), out);
                }
            }
            for (String register : known.keySet()) {
                if (!now.containsKey(register)) {
                    // A rule cannot be taken back; the register has its own value again.
                    rule(register, register, out);
                }
            }
            out.append('\n');
            known = now;
        }
    }

    private static void rule(String register, String value, StringBuilder out) {
        out.append(' ').append(register).append(": ").append(value);
    }
}
