package oriel.app.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import oriel.app.render.Page;

/** The commands that change memory, copy it and compare it. */
final class EnterCommands implements CommandGroup {
    private static final int MOST = 1 << 26;
    private static final int CHUNK = 1 << 16;

    private final ConsoleContext context;
    private final Page page;
    private String last = "eb";

    EnterCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "eb, ew, ed, eq, ep, ef, eD ADDRESS VALUE...",
                        "write bytes, words, double words, quads, pointers, fractions"),
                new HelpEntry("ea, eu, eza, ezu ADDRESS \"TEXT\"", "write text; z with its end"),
                new HelpEntry("!eb, !ed, !eq ADDRESS VALUE...", "write physical memory"),
                new HelpEntry("f, fp RANGE BYTES|\"TEXT\"", "fill memory; physical memory"),
                new HelpEntry("m RANGE ADDRESS", "copy memory"),
                new HelpEntry("c RANGE ADDRESS", "compare memory"),
                new HelpEntry(
                        ".writemem FILE RANGE, .readmem FILE RANGE", "memory to a file, back"));
    }

    @Override
    public boolean run(CommandLine command) throws IOException {
        String rest = command.rest();
        String name = command.word().equals("eD") ? "eD" : command.name();
        switch (name) {
            case "e" -> enter(last, rest, false);
            case "eb", "ew", "ed", "eq", "ep", "ef", "eD" -> enter(name, rest, false);
            case "!eb", "!ed", "!eq" -> enter(name.substring(1), rest, true);
            case "ea", "eu", "eza", "ezu" -> text(name, rest);
            case "fp" -> fill(rest, true);
            case "f" -> {
                // With a text alone it is the 'find' of other debuggers.
                var arguments = new CommandArguments(context, rest);
                if (arguments.quoted().isPresent() && arguments.isEmpty()
                        || command.words().size() < 2) {
                    return false;
                }
                fill(rest, false);
            }
            case "m" -> {
                if (rest.isEmpty()) {
                    return false;
                }
                copy(rest);
            }
            case "c" -> compare(rest);
            case ".writemem" -> save(rest);
            case ".readmem" -> load(rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    private int width(String command) {
        return switch (command.charAt(1)) {
            case 'w', 'u' -> 2;
            case 'd', 'f' -> 4;
            case 'q', 'D' -> 8;
            case 'p' -> context.architecture().pointerSize();
            default -> 1;
        };
    }

    private void enter(String command, String rest, boolean physical) {
        var arguments = new CommandArguments(context, rest);
        String usage = command + " ADDRESS VALUE...";
        if (arguments.isEmpty()) {
            throw new ConsoleException(usage);
        }
        long address = arguments.address();
        var bytes = new ByteArrayOutputStream();
        while (!arguments.isEmpty()) {
            Optional<String> quoted = arguments.quoted();
            if (quoted.isPresent()) {
                bytes.writeBytes(quoted.get().getBytes(StandardCharsets.ISO_8859_1));
            } else {
                put(bytes, bits(command, arguments), width(command));
            }
            arguments.take(',');
        }
        if (bytes.size() == 0) {
            throw new ConsoleException(usage);
        }
        last = command;
        if (physical) {
            context.on().writePhysical(address, bytes.toByteArray());
        } else {
            context.on().write(address, bytes.toByteArray());
        }
    }

    private static long bits(String command, CommandArguments arguments) {
        boolean narrow = command.equals("ef");
        if (!narrow && !command.equals("eD")) {
            return arguments.value();
        }
        String word = arguments.word();
        try {
            return narrow
                    ? Float.floatToIntBits(Float.parseFloat(word))
                    : Double.doubleToLongBits(Double.parseDouble(word));
        } catch (NumberFormatException e) {
            throw new ConsoleException("'" + word + "' is no number");
        }
    }

    private static void put(ByteArrayOutputStream bytes, long value, int width) {
        for (int b = 0; b < width; b++) {
            bytes.write((int) (value >>> 8 * b));
        }
    }

    private void text(String command, String rest) {
        var arguments = new CommandArguments(context, rest);
        long address = arguments.isEmpty() ? 0 : arguments.address();
        String text =
                arguments
                        .quoted()
                        .orElseThrow(() -> new ConsoleException(command + " ADDRESS \"TEXT\""));
        boolean wide = command.endsWith("u");
        context.on()
                .write(
                        address,
                        (text + (command.contains("z") ? "\0" : ""))
                                .getBytes(
                                        wide
                                                ? StandardCharsets.UTF_16LE
                                                : StandardCharsets.ISO_8859_1));
    }

    private byte[] pattern(CommandArguments arguments, String usage) {
        var pattern = new ByteArrayOutputStream();
        while (!arguments.isEmpty()) {
            Optional<String> quoted = arguments.quoted();
            if (quoted.isPresent()) {
                pattern.writeBytes(quoted.get().getBytes(StandardCharsets.ISO_8859_1));
            } else {
                pattern.write((int) arguments.value());
            }
        }
        if (pattern.size() == 0) {
            throw new ConsoleException(usage);
        }
        return pattern.toByteArray();
    }

    private void fill(String rest, boolean physical) {
        String usage = "f RANGE BYTES";
        var arguments = new CommandArguments(context, rest);
        CommandArguments.Range range = arguments.wholeRange(1, usage);
        long size = range.countOr(0);
        if (size < 1 || size > MOST) {
            throw new ConsoleException("from 1 to " + MOST + " bytes");
        }
        byte[] pattern = pattern(arguments, usage);
        var bytes = new byte[(int) size];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = pattern[i % pattern.length];
        }
        if (physical) {
            context.on().writePhysical(range.va(), bytes);
        } else {
            context.on().write(range.va(), bytes);
        }
        page.text("Filled 0x").hex(size, 1).line(" bytes");
    }

    private byte[] read(long va, long size) {
        byte[] bytes = context.memory().readUpTo(va, (int) size);
        if (bytes.length < size) {
            throw new ConsoleException(
                    "memory at " + Long.toHexString(va + bytes.length) + " cannot be read");
        }
        return bytes;
    }

    private void copy(String rest) {
        String usage = "m RANGE ADDRESS";
        var arguments = new CommandArguments(context, rest);
        CommandArguments.Range range = arguments.wholeRange(1, usage);
        if (arguments.isEmpty()) {
            throw new ConsoleException(usage);
        }
        context.on().write(arguments.address(), read(range.va(), range.countOr(0)));
    }

    private void compare(String rest) {
        String usage = "c RANGE ADDRESS";
        var arguments = new CommandArguments(context, rest);
        CommandArguments.Range range = arguments.wholeRange(1, usage);
        if (arguments.isEmpty()) {
            throw new ConsoleException(usage);
        }
        long other = arguments.address();
        byte[] first = read(range.va(), range.countOr(0));
        byte[] second = read(other, range.countOr(0));
        int digits = context.architecture().pointerSize() * 2;
        for (int i = 0; i < first.length; i++) {
            if (first[i] != second[i]) {
                page.hex(range.va() + i, digits).text("  ").hex(first[i] & 0xff, 2).text(" - ");
                page.hex(other + i, digits).text("  ").hex(second[i] & 0xff, 2).end();
            }
        }
    }

    private static Path file(CommandArguments arguments, String usage) {
        String name = arguments.quoted().orElseGet(arguments::word);
        if (name.isEmpty()) {
            throw new ConsoleException(usage);
        }
        return HostFiles.path(name);
    }

    private void save(String rest) throws IOException {
        String usage = ".writemem FILE RANGE";
        var arguments = new CommandArguments(context, rest);
        Path file = file(arguments, usage);
        CommandArguments.Range range = arguments.wholeRange(1, usage);
        long size = range.countOr(0);
        try (var out = Files.newOutputStream(file)) {
            for (long done = 0; done < size; done += CHUNK) {
                out.write(read(range.va() + done, Math.min(CHUNK, size - done)));
            }
        }
        page.text("Wrote 0x").hex(size, 1).line(" bytes");
    }

    private void load(String rest) throws IOException {
        String usage = ".readmem FILE RANGE";
        var arguments = new CommandArguments(context, rest);
        Path file = file(arguments, usage);
        CommandArguments.Range range = arguments.wholeRange(1, usage);
        int size = (int) Math.min(MOST, range.countOr(0));
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(size);
        }
        context.on().write(range.va(), bytes);
        page.text("Read 0x").hex(bytes.length, 1).line(" bytes");
    }
}
