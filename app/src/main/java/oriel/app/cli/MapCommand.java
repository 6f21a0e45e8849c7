package oriel.app.cli;

import java.io.IOException;
import java.util.List;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.LiveMap;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;

/** {@code oriel map}: the memory maps of running processes. */
final class MapCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Shows the memory of running processes: what lies where, the files behind it, and"
                                + " totals.")
                .operand("PROCESS...", RunningProcesses.HELP)
                .option(Option.flag("--all", "Free and reserved regions too."))
                .option(Option.flag("--totals", "Only the totals."))
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples("oriel map notepad", "oriel map 4242 --all", "oriel map --totals '*'");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        List<ProcessEntry> chosen = RunningProcesses.all(given.operands());
        var failures = new Failures(console, chosen.size());
        Page page = TargetInput.page(given, console);
        for (ProcessEntry entry : chosen) {
            failures.guard(entry, () -> show(entry, given, console, page));
        }
        return failures.code();
    }

    private static void show(ProcessEntry entry, Arguments given, Console console, Page page) {
        try (LiveTarget target = LiveTarget.watch(entry.processId())) {
            var map = new LiveMap(target);
            if (given.has("--json")) {
                try (var json = new JsonPage(console.out(), true)) {
                    JsonLive.map(json, entry, map, given.has("--all"));
                }
                return;
            }
            page.styled(Style.TITLE, entry.name() + " " + entry.processId()).end();
            if (!given.has("--totals")) {
                map.write(page, given.has("--all"));
            }
            map.writeTotals(page);
            page.flush();
        }
    }
}
