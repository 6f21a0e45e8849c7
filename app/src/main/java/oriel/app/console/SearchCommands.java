package oriel.app.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.app.render.MemoryDump;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.search.MaskedBytes;
import oriel.engine.search.MemorySearch;
import oriel.engine.search.StringSearch;
import oriel.model.AddressRange;
import oriel.model.MemoryRegion;

/** The commands that search memory. */
final class SearchCommands implements CommandGroup {
    private static final int MOST_MATCHES = 1000;
    private static final int SHORTEST = 3;

    private final ConsoleContext context;
    private final Page page;

    SearchCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "s [-b|-w|-d|-q] RANGE VALUES, s -a|-u RANGE \"TEXT\"",
                        "search for numbers, ANSI or UTF-16 text"),
                new HelpEntry("s -sa|-su RANGE", "all text in a range"),
                new HelpEntry("search, s TEXT", "search all memory for text"),
                new HelpEntry("searchhex, sh [RANGE] BYTES", "the same for bytes, ?? for any"),
                new HelpEntry("find, f TEXT", "search all memory for text"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "s" -> search('b', rest);
            case "sb", "sw", "sd", "sq", "sa", "su" -> search(command.name().charAt(1), rest);
            case "search" -> search('b', rest);
            case "searchhex", "sh" -> hexadecimal(rest);
            case "find", "f" -> everywhere(List.of(), rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** {@code s [-[flags]type] range pattern}; without a range all memory for a text. */
    private void search(char usual, String rest) {
        var arguments = new CommandArguments(context, rest);
        String type = Character.toString(usual);
        boolean addressesOnly = false;
        while (arguments.next() == '-') {
            String option = arguments.word().substring(1);
            if (option.startsWith("[") && option.indexOf(']') > 0) {
                addressesOnly |= option.indexOf('1') > 0;
                option = option.substring(option.indexOf(']') + 1);
            }
            type = option.isEmpty() ? type : option;
        }
        if (type.equals("sa") || type.equals("su")) {
            strings(arguments, type.equals("su"));
            return;
        }
        Optional<CommandArguments.Range> range = range(arguments, width(type));
        if (range.isEmpty()) {
            everywhere(List.of(), rest);
            return;
        }
        MaskedBytes pattern = pattern(type, arguments);
        long bytes = range.get().countOr(0) * width(type);
        show(List.of(new AddressRange(range.get().va(), bytes)), pattern, type, addressesOnly);
    }

    private static int width(String type) {
        return switch (type) {
            case "w" -> 2;
            case "d" -> 4;
            case "q" -> 8;
            default -> 1;
        };
    }

    /** A range, when the arguments begin with one and something follows. */
    private Optional<CommandArguments.Range> range(CommandArguments arguments, int width) {
        int start = arguments.position();
        if (arguments.next() != '"') {
            try {
                CommandArguments.Range range = arguments.wholeRange(width, "");
                if (!arguments.isEmpty()) {
                    return Optional.of(range);
                }
            } catch (ConsoleException | oriel.engine.eval.EvalException e) {
                if (arguments.position() != start && arguments.position() > start + 1) {
                    throw e;
                }
            }
        }
        arguments.position(start);
        return Optional.empty();
    }

    private MaskedBytes pattern(String type, CommandArguments arguments) {
        if (type.equals("a") || type.equals("u")) {
            String text = arguments.quoted().orElseGet(arguments::rest);
            return MaskedBytes.text(
                    text,
                    type.equals("u") ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1,
                    false);
        }
        var bytes = new ByteArrayOutputStream();
        while (!arguments.isEmpty()) {
            Optional<String> quoted = arguments.quoted();
            if (quoted.isPresent()) {
                bytes.writeBytes(quoted.get().getBytes(StandardCharsets.ISO_8859_1));
                continue;
            }
            long value = arguments.value();
            for (int b = 0; b < width(type); b++) {
                bytes.write((int) (value >>> 8 * b));
            }
        }
        if (bytes.size() == 0) {
            throw new ConsoleException("s [-b|-w|-d|-q|-a|-u] RANGE PATTERN");
        }
        return MaskedBytes.of(bytes.toByteArray());
    }

    private void hexadecimal(String rest) {
        var arguments = new CommandArguments(context, rest);
        boolean masked = rest.indexOf('?') >= 0 && rest.indexOf(" L") < 0;
        Optional<CommandArguments.Range> range =
                masked ? Optional.empty() : rangeBeforeBytes(arguments);
        List<AddressRange> where =
                range.isPresent()
                        ? List.of(new AddressRange(range.get().va(), range.get().countOr(0)))
                        : readable();
        show(where, MaskedBytes.hex(arguments.rest()), "b", false);
    }

    /** Bytes could be addresses, too: a range is taken only with its length or two long numbers. */
    private Optional<CommandArguments.Range> rangeBeforeBytes(CommandArguments arguments) {
        String first = arguments.word();
        arguments.position(0);
        return first.length() > 2 ? range(arguments, 1) : Optional.empty();
    }

    private void everywhere(List<AddressRange> ranges, String rest) {
        var arguments = new CommandArguments(context, rest);
        String text = arguments.quoted().orElseGet(arguments::rest);
        if (text.isEmpty()) {
            throw new ConsoleException("what is to be searched for?");
        }
        List<AddressRange> where = ranges.isEmpty() ? readable() : ranges;
        int narrow =
                find(where, MaskedBytes.text(text, StandardCharsets.ISO_8859_1, false), "a", false);
        int wide =
                find(where, MaskedBytes.text(text, StandardCharsets.UTF_16LE, false), "u", false);
        if (narrow + wide == 0) {
            page.line("not found");
        }
    }

    private List<AddressRange> readable() {
        List<AddressRange> ranges = context.target().readableRanges();
        if (!ranges.isEmpty()) {
            return ranges;
        }
        var found = new ArrayList<AddressRange>();
        for (MemoryRegion region : context.target().regions()) {
            if (region.state() == MemoryRegion.State.COMMITTED) {
                found.add(region.range());
            }
        }
        if (found.isEmpty()) {
            throw new ConsoleException("the map of the memory is not known: give a range");
        }
        return found;
    }

    private void show(
            List<AddressRange> where, MaskedBytes pattern, String type, boolean addressesOnly) {
        if (find(where, pattern, type, addressesOnly) == 0 && !addressesOnly) {
            page.line("not found");
        }
    }

    private int find(
            List<AddressRange> where, MaskedBytes pattern, String type, boolean addressesOnly) {
        MemoryDump.Form form =
                switch (type) {
                    case "w", "u" -> MemoryDump.Form.WORDS_TEXT;
                    case "d" -> MemoryDump.Form.DWORDS_TEXT;
                    case "q" -> MemoryDump.Form.QWORDS;
                    default -> MemoryDump.Form.BYTES;
                };
        var dump = new MemoryDump(page, context.target(), context.symbolizer());
        int[] found = {0};
        int digits = context.architecture().pointerSize() * 2;
        new MemorySearch(context.memory(), List.of(pattern))
                .run(
                        where,
                        done -> {},
                        match -> {
                            if (addressesOnly) {
                                page.hex(match.va(), digits).end();
                            } else {
                                dump.write(form, match.va(), 16);
                            }
                            return ++found[0] < MOST_MATCHES && !page.isAbandoned();
                        });
        if (found[0] >= MOST_MATCHES) {
            page.line("... and more");
        }
        return found[0];
    }

    private void strings(CommandArguments arguments, boolean wide) {
        CommandArguments.Range range = arguments.wholeRange(1, "s -sa|-su RANGE");
        var searched = new StringSearch(context.memory(), SHORTEST, !wide, wide);
        int digits = context.architecture().pointerSize() * 2;
        searched.run(
                List.of(new AddressRange(range.va(), range.countOr(0))),
                done -> {},
                text -> {
                    page.hex(text.va(), digits).text("  ");
                    page.styled(Style.PLAIN, "\"" + text.text() + "\"").end();
                    return !page.isAbandoned();
                });
    }
}
