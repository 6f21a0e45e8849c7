package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.MatchTable;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.search.FoundString;
import oriel.engine.search.StringSearch;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;

/** {@code oriel strings}: the texts in the memory of running processes. */
final class StringsCommand implements Command {
    private static final int SHORTEST = 4;
    private static final int ALL = Integer.MAX_VALUE;

    @Override
    public Syntax syntax() {
        return Syntax.of("Lists the strings in the memory of running processes, which run on.")
                .operand("PROCESS...", RunningProcesses.HELP)
                .option(
                        Option.value("--min-length", "COUNT", "Shortest string; 4 unless given.")
                                .withShortName("-n"))
                .option(
                        Option.value("--encoding", "NAME", "ascii, unicode (UTF-16) or both.")
                                .withShortName("-e")
                                .oneOf("ascii", "unicode", "both"))
                .option(
                        Option.value("--limit", "COUNT", "Stop after so many in each process.")
                                .withShortName("-l"))
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples("oriel strings notepad", "oriel strings 4242 -n 8 -e unicode -l 100");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        List<ProcessEntry> chosen = RunningProcesses.all(given.operands());
        String encoding = given.value("--encoding", "both");
        int shortest = given.count("--min-length", SHORTEST, StringSearch.MAX_LENGTH);
        int limit = given.count("--limit", ALL, ALL);
        boolean asJson = given.has("--json");
        Page page = TargetInput.page(given, console);
        Map<ProcessEntry, List<FoundString>> found = new LinkedHashMap<>();
        var total = new long[1];
        var failures = new Failures(console, chosen.size());
        for (ProcessEntry entry : chosen) {
            failures.guard(
                    entry,
                    () -> {
                        try (LiveTarget target = LiveTarget.watch(entry.processId())) {
                            var search =
                                    new StringSearch(
                                            target.memory(),
                                            shortest,
                                            !encoding.equals("unicode"),
                                            !encoding.equals("ascii"));
                            if (asJson) {
                                List<FoundString> strings = collect(target, search, limit);
                                found.put(entry, strings);
                                total[0] += strings.size();
                                return;
                            }
                            if (chosen.size() > 1) {
                                page.styled(Style.TITLE, entry.name() + " " + entry.processId())
                                        .end();
                            }
                            total[0] += show(target, search, limit, page);
                        }
                    });
        }
        if (asJson) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.strings(json, found);
            }
        }
        page.flush();
        return failures.code() != ExitCode.FOUND
                ? failures.code()
                : total[0] == 0 ? ExitCode.NOTHING : ExitCode.FOUND;
    }

    private static long show(LiveTarget target, StringSearch search, int limit, Page page) {
        var table = new MatchTable(page, target, new Symbolizer(target, SymbolLocator.NONE));
        search.run(
                target.readableRanges(),
                done -> {},
                string -> table.row(string) && table.count() < limit);
        page.flush();
        return table.count();
    }

    private static List<FoundString> collect(LiveTarget target, StringSearch search, int limit) {
        var found = new ArrayList<FoundString>();
        search.run(
                target.readableRanges(),
                done -> {},
                string -> found.add(string) && found.size() < limit);
        return found;
    }
}
