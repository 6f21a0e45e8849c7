package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.MatchTable;
import oriel.app.render.Page;
import oriel.engine.search.FoundString;
import oriel.engine.search.StringSearch;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;

/** {@code oriel strings}: the texts in the memory of a running process. */
final class StringsCommand implements Command {
    private static final int SHORTEST = 4;
    private static final int ALL = Integer.MAX_VALUE;

    @Override
    public Syntax syntax() {
        return Syntax.of("Lists the strings in the memory of a running process.")
                .operand("PROCESS", RunningProcesses.HELP)
                .option(
                        Option.value("--min-length", "COUNT", "Shortest string; 4 unless given.")
                                .withShortName("-n"))
                .option(
                        Option.value("--encoding", "NAME", "ascii, unicode (UTF-16) or both.")
                                .withShortName("-e")
                                .oneOf("ascii", "unicode", "both"))
                .option(Option.value("--limit", "COUNT", "Stop after so many.").withShortName("-l"))
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples("oriel strings notepad", "oriel strings 4242 -n 8 -e unicode -l 100");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        ProcessEntry entry = RunningProcesses.one(given.operand(0));
        String encoding = given.value("--encoding", "both");
        int shortest = given.count("--min-length", SHORTEST, StringSearch.MAX_LENGTH);
        int limit = given.count("--limit", ALL, ALL);
        Page page = TargetInput.page(given, console);
        try (LiveTarget target = LiveTarget.watch(entry.processId())) {
            var search =
                    new StringSearch(
                            target.memory(),
                            shortest,
                            !encoding.equals("unicode"),
                            !encoding.equals("ascii"));
            if (given.has("--json")) {
                var found = new ArrayList<FoundString>();
                search.run(
                        target.readableRanges(),
                        done -> {},
                        string -> found.add(string) && found.size() < limit);
                try (var json = new JsonPage(console.out(), true)) {
                    JsonLive.strings(json, entry, found);
                }
                return found.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
            }
            var table = new MatchTable(page, target, new Symbolizer(target, SymbolLocator.NONE));
            search.run(
                    target.readableRanges(),
                    done -> {},
                    string -> table.row(string) && table.count() < limit);
            page.flush();
            return table.count() == 0 ? ExitCode.NOTHING : ExitCode.FOUND;
        }
    }
}
