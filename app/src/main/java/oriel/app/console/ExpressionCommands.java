package oriel.app.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.eval.TypedExpressions;

/** The commands that work out expressions. */
final class ExpressionCommands implements CommandGroup {
    /** Seconds from 1601, with which FILETIME begins, to 1970. */
    private static final long EPOCH_SECONDS = 11_644_473_600L;

    private static final long TICKS_PER_SECOND = 10_000_000;

    private final ConsoleContext context;
    private final Page page;
    private final RegisterCommands registers;

    ExpressionCommands(ConsoleContext context, RegisterCommands registers) {
        this.registers = registers;
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("? EXPRESSION", "a number, as in MASM"),
                new HelpEntry(
                        "?? EXPRESSION", "a value with its type, as in C++; with = it is changed"),
                new HelpEntry(".formats EXPRESSION", "a number in all forms"),
                new HelpEntry("n [8|10|16]", "the radix of numbers without a prefix"),
                new HelpEntry(".printf \"FORMAT\", VALUES", "print numbers and text"),
                new HelpEntry(".echo TEXT", "print text"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "?" -> evaluate(rest);
            case "??" -> typed(rest);
            case ".formats" -> formats(rest);
            case "n" -> radix(rest);
            case ".printf" -> PrintFormat.write(context, rest);
            case ".echo" -> {
                boolean quoted = rest.length() > 1 && rest.startsWith("\"") && rest.endsWith("\"");
                page.line(quoted ? rest.substring(1, rest.length() - 1) : rest);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void typed(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException("?? EXPRESSION");
        }
        Optional<TypedExpressions.Store> store = context.expressions().typed().store(rest);
        if (store.isPresent()) {
            write(store.get());
        }
        String shown = store.map(TypedExpressions.Store::target).orElse(rest);
        context.expressions().typed().show(shown).forEach(page::line);
    }

    private void write(TypedExpressions.Store store) {
        if (store.register().isPresent()) {
            registers.assign(store.register().get().toLowerCase(Locale.ROOT), store.bits());
            return;
        }
        var bytes = new byte[store.sizeBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (store.bits() >>> 8 * i);
        }
        context.on().write(store.va(), bytes);
    }

    private void evaluate(String rest) {
        if (rest.isEmpty()) {
            // Alone it asks for help, as in WinDbg.
            throw new ConsoleException("? EXPRESSION; help lists the commands");
        }
        long value = context.expressions().value(rest);
        context.last(value);
        boolean wide = context.architecture().is64Bit();
        boolean narrow = !wide && value >>> 32 == 0;
        page.text("Evaluate expression: ").number(narrow ? (int) value : value).text(" = ");
        page.text(narrow ? padded(value, 8) : tick(value));
        if (context.target().moduleAt(value).isPresent()) {
            page.text("  ").styled(Style.NAME, context.symbolizer().locate(value).label());
        }
        page.end();
    }

    private static String padded(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0".repeat(Math.max(0, digits - hex.length())) + hex;
    }

    /** Sixteen digits with a mark in the middle. */
    static String tick(long value) {
        String hex = padded(value, 16);
        return hex.substring(0, 8) + "`" + hex.substring(8);
    }

    private void formats(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException(".formats EXPRESSION");
        }
        long value = context.expressions().value(rest);
        boolean wide = context.architecture().is64Bit() || value >>> 32 != 0;
        int bits = wide ? 64 : 32;
        page.line("Evaluate expression:");
        row("Hex:", wide ? tick(value) : padded(value, 8));
        row("Decimal:", Long.toString(wide ? value : (int) value));
        row("Decimal (unsigned) :", Long.toUnsignedString(value));
        String octal = Long.toOctalString(value);
        row("Octal:", "0".repeat(Math.max(0, (bits + 2) / 3 - octal.length())) + octal);
        row("Binary:", binary(value, bits));
        row("Chars:", characters(value, bits / 8));
        row("Time:", time(value, wide));
        row(
                "Float:",
                "low "
                        + Float.intBitsToFloat((int) value)
                        + " high "
                        + Float.intBitsToFloat((int) (value >>> 32)));
        row("Double:", Double.toString(Double.longBitsToDouble(value)));
    }

    private void row(String title, String value) {
        page.to(2).text(title).to(11).line(value);
    }

    private static String binary(long value, int bits) {
        var text = new StringBuilder();
        for (int i = bits - 1; i >= 0; i--) {
            text.append(value >>> i & 1);
            text.append(i % 8 == 0 && i > 0 ? " " : "");
        }
        return text.toString();
    }

    private static String characters(long value, int bytes) {
        var text = new StringBuilder();
        for (int i = bytes - 1; i >= 0; i--) {
            char c = (char) (value >>> 8 * i & 0xff);
            text.append(c >= 0x20 && c < 0x7f ? c : '.');
        }
        return text.toString();
    }

    /** Small numbers are seconds from 1970, large ones FILETIME. */
    private static String time(long value, boolean wide) {
        if (value < 0 && wide) {
            return "***** Invalid FILETIME";
        }
        boolean fileTime = value >>> 32 != 0;
        long seconds = fileTime ? value / TICKS_PER_SECOND - EPOCH_SECONDS : value & 0xffffffffL;
        long nanos = fileTime ? value % TICKS_PER_SECOND * 100 : 0;
        return Instant.ofEpochSecond(seconds, nanos).toString();
    }

    private void radix(String rest) {
        if (!rest.isEmpty()) {
            if (!List.of("8", "10", "16").contains(rest)) {
                throw new ConsoleException("the radix is 8, 10 or 16");
            }
            context.radix(Integer.parseInt(rest));
        }
        page.text("base is ").number(context.radix()).end();
    }
}
