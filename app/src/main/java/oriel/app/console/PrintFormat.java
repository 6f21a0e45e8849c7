package oriel.app.console;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import oriel.model.Memory;

/**
 * {@code .printf "FORMAT", VALUES}: {@code %d %u %x %X %p %c %i %I64x}, {@code %ma} and {@code %mu}
 * for text at an address, {@code %msa} and {@code %msu} for counted text, {@code %y} for a symbol.
 */
final class PrintFormat {
    private static final int MOST_TEXT = 4096;

    private final ConsoleContext context;
    private final String format;
    private final CommandArguments values;
    private final StringBuilder line = new StringBuilder();
    private int at;

    private PrintFormat(ConsoleContext context, String format, CommandArguments values) {
        this.context = context;
        this.format = format;
        this.values = values;
    }

    static void write(ConsoleContext context, String rest) {
        var arguments = new CommandArguments(context, rest);
        String format =
                arguments
                        .quoted()
                        .orElseThrow(() -> new ConsoleException(".printf \"FORMAT\", VALUES"));
        new PrintFormat(context, format, arguments).write();
    }

    private void write() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c == '\\' && at < format.length()) {
                escape(format.charAt(at++));
            } else if (c == '%' && at < format.length()) {
                directive();
            } else {
                line.append(c);
            }
        }
        if (!line.isEmpty()) {
            context.page().line(line.toString());
        }
    }

    private void escape(char c) {
        switch (c) {
            case 'n' -> {
                context.page().line(line.toString());
                line.setLength(0);
            }
            case 't' -> line.append("    ");
            default -> line.append(c);
        }
    }

    private void directive() {
        if (format.charAt(at) == '%') {
            line.append('%');
            at++;
            return;
        }
        int start = at;
        while (at < format.length() && "-0123456789.".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String width = format.substring(start, at);
        for (String size : java.util.List.of("I64", "I32", "ll", "l", "h")) {
            if (format.startsWith(size, at)) {
                at += size.length();
                break;
            }
        }
        values.take(',');
        if (values.isEmpty()) {
            throw new ConsoleException(".printf has fewer values than its format asks for");
        }
        if (format.startsWith("ma", at) || format.startsWith("mu", at)) {
            line.append(text(values.address(), format.charAt(at + 1) == 'u'));
            at += 2;
        } else if (format.startsWith("msa", at) || format.startsWith("msu", at)) {
            line.append(counted(values.address(), format.charAt(at + 2) == 'u'));
            at += 3;
        } else {
            number(at < format.length() ? format.charAt(at++) : 'd', width, values.value());
        }
    }

    private void number(char kind, String width, long value) {
        String text =
                switch (kind) {
                    case 'd', 'i' ->
                            Long.toString(
                                    context.architecture().is64Bit() || value >>> 32 != 0
                                            ? value
                                            : (int) value);
                    case 'u' -> Long.toUnsignedString(value);
                    case 'x' -> Long.toHexString(value);
                    case 'X' -> Long.toHexString(value).toUpperCase(Locale.ROOT);
                    case 'o' -> Long.toOctalString(value);
                    case 'c' -> Character.toString((char) (value & 0xff));
                    case 'p' -> pointer(value);
                    case 'y' -> context.symbolizer().locate(value).label();
                    default -> throw new ConsoleException("%" + kind + " is not known");
                };
        boolean left = width.startsWith("-");
        String digits = left ? width.substring(1) : width;
        int dot = digits.indexOf('.');
        String whole = dot < 0 ? digits : digits.substring(0, dot);
        int wanted = whole.isEmpty() ? 0 : Math.min(256, Integer.parseInt(whole));
        String fill =
                (whole.startsWith("0") ? "0" : " ").repeat(Math.max(0, wanted - text.length()));
        line.append(left ? text + " ".repeat(fill.length()) : fill + text);
    }

    private String pointer(long value) {
        String hex = Long.toHexString(value);
        return "0".repeat(Math.max(0, context.architecture().pointerSize() * 2 - hex.length()))
                + hex;
    }

    private String text(long va, boolean wide) {
        byte[] bytes = context.memory().readUpTo(va, MOST_TEXT);
        int width = wide ? 2 : 1;
        int end = 0;
        while (end + width <= bytes.length && (bytes[end] != 0 || wide && bytes[end + 1] != 0)) {
            end += width;
        }
        return new String(
                bytes, 0, end, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }

    private String counted(long va, boolean wide) {
        Memory memory = context.memory();
        int pointer = context.architecture().pointerSize();
        int length = (int) memory.unsigned(va, 2).orElse(0);
        long buffer = memory.unsigned(va + pointer, pointer).orElse(0);
        byte[] bytes = memory.readUpTo(buffer, Math.min(MOST_TEXT, length));
        return new String(bytes, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }
}
