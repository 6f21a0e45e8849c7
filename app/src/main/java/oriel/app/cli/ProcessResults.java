package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.win32.ProcessEntry;

/**
 * What a command has done to each of its processes: a line as soon as it is done, or JSON of all at
 * the end. What fails with one process is told, and the others are worked on all the same.
 */
final class ProcessResults {
    private final Console console;
    private final boolean json;
    private final List<ProcessEntry> chosen;
    private final Failures failures;
    private final Map<ProcessEntry, Consumer<JsonPage>> done = new LinkedHashMap<>();

    ProcessResults(List<ProcessEntry> chosen, Arguments given, Console console) {
        this.console = console;
        this.json = given.has(LiveOptions.JSON.name());
        this.chosen = chosen;
        this.failures = new Failures(console, chosen.size());
    }

    /** Does something to one of them, unless something was the matter with it before. */
    void attempt(ProcessEntry entry, Failures.Work work) throws IOException {
        if (!failures.all().containsKey(entry)) {
            failures.guard(entry, work);
        }
    }

    /** Something is the matter with one of them. */
    void failed(ProcessEntry entry, String why) {
        failures.failed(entry, why);
    }

    /** Those with which nothing is the matter so far. */
    List<ProcessEntry> sound() {
        return chosen.stream().filter(entry -> !failures.all().containsKey(entry)).toList();
    }

    /**
     * Something was done.
     *
     * @param words about it, to a person
     * @param facts about it, in JSON
     */
    void done(ProcessEntry entry, String words, Consumer<JsonPage> facts) {
        done.put(entry, facts);
        if (!json) {
            console.out().println(words);
        }
    }

    /** What stands before words about a process: nothing when it is the only one. */
    String lead(ProcessEntry entry) {
        return chosen.size() == 1 ? "" : RunningProcesses.name(entry) + ": ";
    }

    /** Tells all that has not been told; how the command ends. */
    int end() {
        if (json) {
            var results = new ArrayList<JsonLive.Result>();
            for (ProcessEntry entry : chosen) {
                String why = failures.all().getOrDefault(entry, "");
                results.add(
                        new JsonLive.Result(entry, done.getOrDefault(entry, JsonLive.failed(why))));
            }
            try (var page = new JsonPage(console.out(), true)) {
                JsonLive.results(page, results);
            }
        }
        return failures.strictCode();
    }
}
