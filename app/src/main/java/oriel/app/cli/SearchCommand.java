package oriel.app.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oriel.app.render.MatchTable;
import oriel.app.render.Page;
import oriel.engine.eval.Expressions;
import oriel.engine.search.MaskedBytes;
import oriel.engine.search.MemorySearch;
import oriel.engine.search.Pattern;
import oriel.engine.search.PointerPattern;
import oriel.engine.search.RegexPattern;
import oriel.engine.search.SearchEffortException;
import oriel.engine.search.StringSearch;
import oriel.model.AddressRange;
import oriel.model.Target;

/** {@code oriel search}: where something is in memory. */
final class SearchCommand implements Command {
    private static final int ALL = Integer.MAX_VALUE;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Finds bytes, texts, regular expressions and pointers in memory.",
                        "All patterns are looked for in one pass; matches are listed by address.")
                .operand("FILE", "A dump, or a PE file.")
                .option(
                        Option.value(
                                        "--bytes",
                                        "HEX",
                                        "Bytes; ? is any digit, ?? any byte: '48 8b ?? 2?'.")
                                .manyTimes())
                .option(
                        Option.value(
                                        "--text",
                                        "TEXT",
                                        "Text, as one byte a character and as UTF-16.")
                                .manyTimes())
                .option(Option.flag("--ansi", "Texts only as one byte a character (or UTF-8)."))
                .option(Option.flag("--utf16", "Texts only as UTF-16."))
                .option(
                        Option.flag("--ignore-case", "Texts and expressions in any case.")
                                .withShortName("-i"))
                .option(
                        Option.value(
                                        "--regex",
                                        "REGEX",
                                        "A regular expression over bytes, as in Java.")
                                .manyTimes())
                .option(
                        Option.value(
                                        "--pointers-to",
                                        "ADDRESS[:SIZE]",
                                        "Pointers to an address, a range, or a module by its name.")
                                .manyTimes())
                .option(Option.flag("--unaligned", "Pointers at any address, not only aligned."))
                .option(Option.flag("--strings", "List all strings instead."))
                .option(Option.value("--min", "COUNT", "Shortest string to list; 5 unless given."))
                .option(
                        Option.value(
                                        "--in",
                                        "START:SIZE",
                                        "Only in a range, or in a module by its name.")
                                .manyTimes())
                .option(Option.value("--limit", "COUNT", "Stop after so many matches."))
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel search crash.dmp --text password -i",
                        "oriel search crash.dmp --bytes '48 8b ?? 2? 10'",
                        "oriel search crash.dmp --regex 'https?://[a-z./]+'",
                        "oriel search crash.dmp --pointers-to app",
                        "oriel search crash.dmp --strings --min 8 --in rsp:0x1000");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        try (TargetInput input = TargetInput.open(given.operand(0), given)) {
            return run(input, given, console);
        }
    }

    private static int run(TargetInput input, Arguments given, Console console) {
        var addresses = new Expressions(input.target(), input.symbolizer());
        List<AddressRange> where = where(given, input.target(), addresses);
        int limit = given.count("--limit", ALL, ALL);
        Page page = TargetInput.page(given, console);
        var table = new MatchTable(page, input.target(), input.symbolizer());
        long total = 0;
        for (AddressRange range : where) {
            total += range.sizeBytes();
        }
        try (var progress = new Progress(console, "searching", total)) {
            if (given.has("--strings")) {
                int shortest = given.count("--min", 5, StringSearch.MAX_LENGTH);
                boolean both = given.has("--ansi") == given.has("--utf16");
                new StringSearch(
                                input.target().memory(),
                                shortest,
                                both || given.has("--ansi"),
                                both || given.has("--utf16"))
                        .run(
                                where,
                                progress::at,
                                string -> {
                                    progress.clear();
                                    return table.row(string) && table.count() < limit;
                                });
            } else {
                new MemorySearch(input.target().memory(), patterns(given, input, addresses))
                        .run(
                                where,
                                progress::at,
                                match -> {
                                    progress.clear();
                                    return table.row(match) && table.count() < limit;
                                });
            }
        } catch (SearchEffortException e) {
            page.flush();
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        page.flush();
        return table.count() == 0 ? ExitCode.NOTHING : ExitCode.FOUND;
    }

    private static List<Pattern> patterns(
            Arguments given, TargetInput input, Expressions addresses) {
        var patterns = new ArrayList<Pattern>();
        boolean ignoreCase = given.has("--ignore-case");
        try {
            for (String hex : given.values("--bytes")) {
                patterns.add(MaskedBytes.hex(hex));
            }
            for (String text : given.values("--text")) {
                addText(patterns, text, given, ignoreCase);
            }
            for (String regex : given.values("--regex")) {
                patterns.add(RegexPattern.of(regex, ignoreCase));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        for (String target : given.values("--pointers-to")) {
            patterns.add(
                    new PointerPattern(
                            range(target, 1, input.target(), addresses),
                            input.target().architecture().pointerSize(),
                            !given.has("--unaligned")));
        }
        if (patterns.isEmpty()) {
            throw new UsageException(
                    "nothing to look for: give --bytes, --text, --regex, --pointers-to or --strings");
        }
        return patterns;
    }

    private static void addText(
            List<Pattern> patterns, String text, Arguments given, boolean ignoreCase) {
        boolean both = given.has("--ansi") == given.has("--utf16");
        if (both || given.has("--ansi")) {
            patterns.add(MaskedBytes.text(text, StandardCharsets.UTF_8, ignoreCase));
            Charset ansi = Charset.forName("windows-1252");
            boolean ascii = text.chars().allMatch(c -> c < 0x80);
            if (!ascii && ansi.newEncoder().canEncode(text)) {
                patterns.add(MaskedBytes.text(text, ansi, ignoreCase));
            }
        }
        if (both || given.has("--utf16")) {
            patterns.add(MaskedBytes.text(text, StandardCharsets.UTF_16LE, ignoreCase));
        }
    }

    private static List<AddressRange> where(Arguments given, Target target, Expressions addresses) {
        if (!given.has("--in")) {
            return target.readableRanges();
        }
        var ranges = new ArrayList<AddressRange>();
        for (String text : given.values("--in")) {
            ranges.add(range(text, 0x1000, target, addresses));
        }
        return ranges;
    }

    /** {@code START:SIZE}, the name of a module, or an address with a usual size. */
    private static AddressRange range(
            String text, long usualSize, Target target, Expressions addresses) {
        for (var module : target.modules()) {
            if (module.label().equalsIgnoreCase(text) || module.name().equalsIgnoreCase(text)) {
                return module.range();
            }
        }
        int colon = text.lastIndexOf(':');
        // Two colons are part of a name: app!Shape::area.
        if (colon <= 0 || text.charAt(colon - 1) == ':') {
            return new AddressRange(addresses.address(text), usualSize);
        }
        long size = addresses.value(text.substring(colon + 1));
        if (size <= 0) {
            throw new UsageException("'" + text.substring(colon + 1) + "' is no size");
        }
        return new AddressRange(addresses.address(text.substring(0, colon)), size);
    }
}
