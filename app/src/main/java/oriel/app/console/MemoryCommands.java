package oriel.app.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import oriel.app.render.MemoryDump;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.model.Memory;

/** The commands that show memory. */
final class MemoryCommands implements CommandGroup {
    private static final int DUMP_BYTES = 128;
    private static final int STRING_BYTES = 4096;
    private static final int MOST_TEXT = 1 << 16;
    private static final int LISTED = 64;

    private final ConsoleContext context;
    private final Page page;
    private String last = "db";
    private long next;
    private int seen;

    MemoryCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "db, dw, dW, dd, dc, dq, dp, df, dD [RANGE]",
                        "memory as bytes, words, double words, quads, pointers, fractions"),
                new HelpEntry("d [RANGE]", "the same as last, from where it ended"),
                new HelpEntry("da, du [RANGE]", "text up to its end, ANSI and UTF-16"),
                new HelpEntry("ds, dS [ADDRESS]", "counted text: STRING, UNICODE_STRING"),
                new HelpEntry(
                        "dps, dds, dqs [RANGE], kd [COUNT]",
                        "pointers and what they lead to; those on the stack"),
                new HelpEntry(
                        "dpa, dpu, dpp, dda, ddu, dqa, dqu [RANGE]",
                        "pointers, and the text or pointers behind them"),
                new HelpEntry("dl ADDRESS [COUNT [WORDS]]", "a linked list"),
                new HelpEntry("dyb, dyd [RANGE]", "bits of bytes and double words"),
                new HelpEntry("!db, !dw, !dd, !dq, !dc RANGE", "physical memory"));
    }

    @Override
    public boolean run(CommandLine command) {
        String word = command.word();
        String name =
                word.equals("dS") || word.equals("dW") || word.equals("dD") ? word : command.name();
        switch (name) {
            case "d", "db", "dw", "dW", "dd", "dc", "dq", "dp", "df", "dD", "dps", "dds", "dqs" ->
                    dump(name, command.rest(), false);
            case "da", "du" -> dump(name, command.rest(), false);
            case "ds", "dS" -> counted(name, command.rest());
            case "dpa", "dpu", "dpp", "dda", "ddu", "ddp", "dqa", "dqu", "dqp" ->
                    referred(name, command.rest());
            case "dl" -> list(command.rest());
            case "kd" ->
                    dump(
                            "dps",
                            command.rest().isEmpty() ? "$csp" : "$csp L" + command.rest(),
                            false);
            case "dyb" -> bits(command.rest(), 1);
            case "dyd" -> bits(command.rest(), 4);
            case "!db", "!dw", "!dd", "!dq", "!dc" -> dump(name.substring(1), command.rest(), true);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Where to go on without an address: behind what was shown, or at the program counter. */
    private long start() {
        if (seen != context.moves() || next == 0) {
            return context.hasThread() ? context.thread().registers().pc().orElse(0) : 0;
        }
        return next;
    }

    private void shown(String name, long end) {
        last = name;
        next = end;
        seen = context.moves();
    }

    private void dump(String name, String rest, boolean physical) {
        String command = name.equals("d") ? last : name;
        if (isReferred(command) || command.equalsIgnoreCase("ds") || command.startsWith("dy")) {
            run(new CommandLine(command.toLowerCase(Locale.ROOT), command, rest));
            return;
        }
        MemoryDump.Form form = form(command);
        int width = width(command);
        var arguments = new CommandArguments(context, rest);
        CommandArguments.Range range = arguments.range(start(), width);
        boolean text = form == MemoryDump.Form.ASCII || form == MemoryDump.Form.UTF16;
        long bytes =
                range.count().isPresent()
                        ? range.count().getAsLong() * width
                        : text ? STRING_BYTES : DUMP_BYTES;
        int length = (int) Math.min(Integer.MAX_VALUE / 2, bytes);
        if (!dump(physical).write(form, range.va(), length) && text) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(range.va()));
        }
        shown(command, range.va() + length);
    }

    private MemoryDump dump(boolean physical) {
        Memory memory = physical ? context.on().physical() : context.memory();
        return new MemoryDump(page, context.target(), memory, context.symbolizer());
    }

    private MemoryDump.Form form(String command) {
        return switch (command) {
            case "dw" -> MemoryDump.Form.WORDS;
            case "dW" -> MemoryDump.Form.WORDS_TEXT;
            case "dd" -> MemoryDump.Form.DWORDS;
            case "dc" -> MemoryDump.Form.DWORDS_TEXT;
            case "dq" -> MemoryDump.Form.QWORDS;
            case "df" -> MemoryDump.Form.FLOATS;
            case "dD" -> MemoryDump.Form.DOUBLES;
            case "dp" ->
                    context.architecture().is64Bit()
                            ? MemoryDump.Form.QWORDS
                            : MemoryDump.Form.DWORDS;
            case "dps", "dds", "dqs" -> MemoryDump.Form.POINTERS;
            case "da" -> MemoryDump.Form.ASCII;
            case "du" -> MemoryDump.Form.UTF16;
            default -> MemoryDump.Form.BYTES;
        };
    }

    /** Bytes of the elements that a command counts. */
    private int width(String command) {
        return switch (command.charAt(1)) {
            case 'w', 'W', 'u' -> 2;
            case 'd', 'c', 'f' -> 4;
            case 'q', 'D' -> 8;
            case 'p' -> context.architecture().pointerSize();
            default -> 1;
        };
    }

    private static boolean isReferred(String command) {
        return command.length() == 3 && "aup".indexOf(command.charAt(2)) >= 0;
    }

    // Counted text

    /**
     * {@code STRING} or {@code UNICODE_STRING}: length, room, pointer; else text at the address.
     */
    private void counted(String name, String rest) {
        long va = new CommandArguments(context, rest).addressOr(start());
        boolean wide = name.equals("dS");
        int pointer = context.architecture().pointerSize();
        OptionalLong length = context.memory().unsigned(va, 2);
        OptionalLong room = context.memory().unsigned(va + 2, 2);
        OptionalLong buffer = context.memory().unsigned(va + pointer, pointer);
        if (length.isEmpty() || room.isEmpty() || buffer.isEmpty()) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(va));
        }
        int bytes = (int) Math.min(MOST_TEXT, length.getAsLong());
        byte[] text = context.memory().readUpTo(buffer.getAsLong(), bytes);
        boolean sound =
                length.getAsLong() <= room.getAsLong()
                        && text.length == bytes
                        && (bytes > 0 || room.getAsLong() > 0);
        if (!sound) {
            // No such structure: then the text itself.
            dump(wide ? "du" : "da", rest, false);
            return;
        }
        address(buffer.getAsLong()).text("  \"");
        page.text(new String(text, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1));
        page.line("\"");
        shown(name, va + 2L * pointer);
    }

    private Page address(long va) {
        return page.hex(va, context.architecture().pointerSize() * 2);
    }

    // What pointers lead to

    private void referred(String name, String rest) {
        int width =
                switch (name.charAt(1)) {
                    case 'd' -> 4;
                    case 'q' -> 8;
                    default -> context.architecture().pointerSize();
                };
        var arguments = new CommandArguments(context, rest);
        CommandArguments.Range range = arguments.range(start(), width);
        long count = Math.min(LISTED * 1024L, range.countOr(DUMP_BYTES / width));
        for (long i = 0; i < count && !page.isAbandoned(); i++) {
            long va = range.va() + i * width;
            OptionalLong value = context.memory().unsigned(va, width);
            address(va).text("  ");
            if (value.isEmpty()) {
                page.line("?".repeat(2 * width));
                continue;
            }
            page.hex(value.getAsLong(), 2 * width).text("  ");
            behind(name.charAt(2), value.getAsLong());
            page.end();
        }
        shown(name, range.va() + count * width);
    }

    private void behind(char kind, long va) {
        if (kind == 'p') {
            int size = context.architecture().pointerSize();
            OptionalLong value = context.memory().unsigned(va, size);
            if (value.isPresent()) {
                page.hex(value.getAsLong(), 2 * size).text("  ");
                page.styled(Style.NAME, dump(false).meaning(value.getAsLong()));
            } else {
                page.text("?".repeat(2 * size));
            }
            return;
        }
        int width = kind == 'u' ? 2 : 1;
        byte[] bytes = context.memory().readUpTo(va, LISTED * width);
        int end = 0;
        while (end + width <= bytes.length
                && (bytes[end] != 0 || width == 2 && bytes[end + 1] != 0)) {
            end += width;
        }
        if (end > 0) {
            String text =
                    new String(
                            bytes,
                            0,
                            end,
                            width == 2 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
            page.text("\"").text(text).text("\"");
        }
    }

    private void bits(String rest, int width) {
        var arguments = new CommandArguments(context, rest);
        CommandArguments.Range range = arguments.range(start(), width);
        long count = Math.min(LISTED * 1024L, range.countOr(32 / width));
        int inLine = 4 / width;
        for (long i = 0; i < count && !page.isAbandoned(); i += inLine) {
            address(range.va() + i * width).text(" ");
            for (long k = i; k < Math.min(count, i + inLine); k++) {
                OptionalLong value = context.memory().unsigned(range.va() + k * width, width);
                page.text(" ");
                for (int bit = 8 * width - 1; bit >= 0; bit--) {
                    page.text(value.isEmpty() ? "?" : (value.getAsLong() >>> bit & 1) + "");
                }
                page.text(value.isEmpty() ? "" : " ");
                value.ifPresent(v -> page.hex(v, 2 * width));
            }
            page.end();
        }
        shown(width == 1 ? "dyb" : "dyd", range.va() + count * width);
    }

    private void list(String rest) {
        var arguments = new CommandArguments(context, rest);
        if (arguments.isEmpty()) {
            throw new ConsoleException("dl ADDRESS [COUNT [WORDS]]");
        }
        long first = arguments.address();
        long count = arguments.isEmpty() ? 32 : arguments.value();
        long words = arguments.isEmpty() ? 2 : Math.min(16, arguments.value());
        int size = context.architecture().pointerSize();
        long va = first;
        for (long i = 0; i < count && va != 0; i++) {
            address(va).text(" ");
            for (int w = 0; w < words; w++) {
                OptionalLong value = context.memory().unsigned(va + (long) w * size, size);
                page.text(" ");
                if (value.isEmpty()) {
                    page.text("?".repeat(2 * size));
                } else {
                    page.hex(value.getAsLong(), 2 * size);
                }
            }
            page.end();
            va = context.memory().unsigned(va, size).orElse(0);
            if (va == first) {
                return;
            }
        }
    }
}
