package oriel.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.MatchTable;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.search.MaskedBytes;
import oriel.engine.search.MemorySearch;
import oriel.engine.search.Pattern;
import oriel.engine.search.RegexPattern;
import oriel.engine.search.SearchEffortException;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.model.AddressRange;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;
import oriel.win32.SystemSnapshot;

/** {@code oriel find}: where something is in the memory of running processes. */
final class FindCommand implements Command {
    private static final int ALL = Integer.MAX_VALUE;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Finds texts, bytes and expressions in the memory of running processes, of all"
                                + " when none is named.",
                        "All patterns are looked for in one pass; the processes run on. To search one"
                                + " process held still, with pointers and ranges: oriel search --pid.")
                .optionalOperand("PROCESS...", RunningProcesses.HELP)
                .option(text("--string", "-s", "Text of one byte a character."))
                .option(text("--istring", "-i", "The same in any case."))
                .option(text("--ustring", "-S", "UTF-16 text."))
                .option(text("--iustring", "-I", "The same in any case."))
                .option(
                        Option.value("--hexa", "HEX", "Bytes; ? is any digit: '48 8b ?? 2?'.")
                                .withShortName("-x")
                                .manyTimes())
                .option(
                        Option.value("--regexp", "REGEX", "An expression over bytes, as in Java.")
                                .withShortName("-r")
                                .manyTimes())
                .option(Option.value("--limit", "COUNT", "Stop after so many in each process."))
                .option(
                        Option.flag("--quiet", "Only the names of processes and the counts.")
                                .withShortName("-q"))
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel find notepad -I password",
                        "oriel find 'chrome*' -s token= -S token=",
                        "oriel find 4242 -x '4d 5a ?? 00 0?'",
                        "oriel find -r 'https?://[a-z./]+' --quiet");
    }

    private static Option text(String name, String shortName, String description) {
        return Option.value(name, "TEXT", description).withShortName(shortName).manyTimes();
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        List<Pattern> patterns = patterns(given);
        List<ProcessEntry> chosen = chosen(given);
        int limit = given.count("--limit", ALL, ALL);
        Page page = TargetInput.page(given, console);
        var failures = new Failures(console, chosen.size());
        var found = new ArrayList<JsonLive.Matches>();
        var total = new long[1];
        for (ProcessEntry entry : chosen) {
            failures.guard(
                    entry,
                    () -> {
                        if (given.has("--json")) {
                            found.add(collect(entry, patterns, limit));
                            total[0] += found.get(found.size() - 1).matches().size();
                        } else {
                            total[0] += show(entry, patterns, limit, given.has("--quiet"), page);
                        }
                    });
        }
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.matches(json, found);
            }
        }
        page.flush();
        return failures.code() != ExitCode.FOUND
                ? failures.code()
                : total[0] == 0 ? ExitCode.NOTHING : ExitCode.FOUND;
    }

    private static List<ProcessEntry> chosen(Arguments given) {
        if (!given.operands().isEmpty()) {
            return RunningProcesses.all(given.operands());
        }
        long self = ProcessHandle.current().pid();
        return SystemSnapshot.take().processes().stream()
                .filter(p -> p.processId() != 0 && p.processId() != self)
                .toList();
    }

    private static long show(
            ProcessEntry entry, List<Pattern> patterns, int limit, boolean quiet, Page page) {
        try (LiveTarget target = LiveTarget.watch(entry.processId())) {
            var table = new MatchTable(page, target, new Symbolizer(target, SymbolLocator.NONE));
            var count = new long[1];
            search(
                    target,
                    patterns,
                    match -> {
                        if (count[0]++ == 0 && !quiet) {
                            page.styled(Style.TITLE, entry.name() + " " + entry.processId()).end();
                        }
                        return (quiet || table.row(match)) && count[0] < limit;
                    });
            if (quiet && count[0] > 0) {
                page.styled(Style.NAME, entry.name()).text(" ").number(entry.processId());
                page.text(": ").number(count[0]).end();
            }
            page.flush();
            return count[0];
        }
    }

    private static JsonLive.Matches collect(ProcessEntry entry, List<Pattern> patterns, int limit) {
        try (LiveTarget target = LiveTarget.watch(entry.processId())) {
            var found = new ArrayList<JsonLive.Place>();
            search(
                    target,
                    patterns,
                    match -> {
                        byte[] bytes = target.memory().readUpTo(match.va(), match.length());
                        found.add(
                                new JsonLive.Place(match.va(), bytes, match.pattern().toString()));
                        return found.size() < limit;
                    });
            return new JsonLive.Matches(entry, found);
        }
    }

    private static void search(LiveTarget target, List<Pattern> patterns, MemorySearch.Sink sink) {
        List<AddressRange> where = target.readableRanges();
        try {
            new MemorySearch(target.memory(), patterns).run(where, done -> {}, sink);
        } catch (SearchEffortException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static List<Pattern> patterns(Arguments given) {
        var patterns = new ArrayList<Pattern>();
        try {
            for (boolean anyCase : new boolean[] {false, true}) {
                for (String text : given.values(anyCase ? "--istring" : "--string")) {
                    patterns.add(MaskedBytes.text(text, StandardCharsets.UTF_8, anyCase));
                }
                for (String text : given.values(anyCase ? "--iustring" : "--ustring")) {
                    patterns.add(MaskedBytes.text(text, StandardCharsets.UTF_16LE, anyCase));
                }
            }
            for (String hex : given.values("--hexa")) {
                patterns.add(MaskedBytes.hex(hex));
            }
            for (String regex : given.values("--regexp")) {
                patterns.add(RegexPattern.of(regex, false));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (patterns.isEmpty()) {
            throw new UsageException("nothing to look for: give -s, -i, -S, -I, -x or -r");
        }
        return patterns;
    }
}
