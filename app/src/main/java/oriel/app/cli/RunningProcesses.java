package oriel.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oriel.win32.ProcessEntry;
import oriel.win32.SystemSnapshot;

/** Processes as users name them: by id, by name with or without {@code .exe}, with wildcards. */
final class RunningProcesses {
    /** Help of an operand that takes several processes. */
    static final String HELP = "Id, name or path of a process; * and ? stand for any characters.";

    private RunningProcesses() {}

    /**
     * Exactly one process.
     *
     * @throws UsageException when there is none, or more than one
     */
    static ProcessEntry one(String text) {
        List<ProcessEntry> found = all(List.of(text));
        if (found.size() > 1) {
            var ids = new StringBuilder();
            for (ProcessEntry entry : found) {
                ids.append(ids.isEmpty() ? "" : ", ").append(entry.processId());
            }
            throw new UsageException("'" + text + "' is more than one process: " + ids);
        }
        return found.get(0);
    }

    /**
     * All processes that are named, each once, in the order of the names.
     *
     * @throws UsageException when a name stands for none
     */
    static List<ProcessEntry> all(List<String> texts) {
        SystemSnapshot snapshot = SystemSnapshot.take();
        Map<Long, ProcessEntry> found = new LinkedHashMap<>();
        for (String text : texts) {
            List<ProcessEntry> matches = matches(snapshot, text);
            if (matches.isEmpty()) {
                throw new UsageException(
                        "there is no process '" + text + "'; 'oriel ps' lists them");
            }
            matches.forEach(entry -> found.put(entry.processId(), entry));
        }
        return List.copyOf(found.values());
    }

    /** A process among others, in words. */
    static String name(ProcessEntry entry) {
        return entry.name() + " " + entry.processId();
    }

    /** Several processes in words. */
    static String names(List<ProcessEntry> entries) {
        return entries.stream().map(RunningProcesses::name).collect(Collectors.joining(", "));
    }

    private static List<ProcessEntry> matches(SystemSnapshot snapshot, String text) {
        try {
            long id = Long.decode(text);
            List<ProcessEntry> byId = snapshot.process(id).stream().toList();
            if (!byId.isEmpty()) {
                return byId;
            }
        } catch (NumberFormatException e) {
            // a name then
        }
        long self = ProcessHandle.current().pid();
        return snapshot.named(text).stream().filter(p -> p.processId() != self).toList();
    }
}
