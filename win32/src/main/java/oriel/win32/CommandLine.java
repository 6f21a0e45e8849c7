package oriel.win32;

import java.util.ArrayList;
import java.util.List;

/** Arguments to a command line and back, by the rules of CommandLineToArgvW. */
public final class CommandLine {
    private CommandLine() {}

    /** Quotes arguments so that programs of the Microsoft runtime get them back as they are. */
    public static String join(List<String> arguments) {
        var line = new StringBuilder();
        for (String argument : arguments) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            boolean plain = !argument.isEmpty() && argument.chars().noneMatch(CommandLine::special);
            if (plain) {
                line.append(argument);
            } else {
                quote(line, argument);
            }
        }
        return line.toString();
    }

    private static boolean special(int c) {
        return c == ' ' || c == '\t' || c == '"' || c == '\n' || c == 0x0b;
    }

    private static void quote(StringBuilder line, String argument) {
        line.append('"');
        int slashes = 0;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '\\') {
                slashes++;
                continue;
            }
            // Before a quote each backslash counts double.
            line.append("\\".repeat(c == '"' ? slashes * 2 + 1 : slashes)).append(c);
            slashes = 0;
        }
        line.append("\\".repeat(slashes * 2)).append('"');
    }

    /**
     * Splits a command line. The program, at its beginning, ends with the quote or blank that comes
     * first; what follows has backslashes before quotes and quotes in quotes.
     */
    public static List<String> split(String line) {
        if (line.isEmpty()) {
            return List.of();
        }
        var arguments = new ArrayList<String>();
        var program = new StringBuilder();
        int at = program(line, program);
        arguments.add(program.toString());
        while (true) {
            while (at < line.length() && blank(line.charAt(at))) {
                at++;
            }
            if (at == line.length()) {
                return arguments;
            }
            var argument = new StringBuilder();
            at = next(line, at, argument);
            arguments.add(argument.toString());
        }
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static int program(String line, StringBuilder into) {
        boolean quoted = line.charAt(0) == '"';
        int at = quoted ? 1 : 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (quoted && c == '"') {
                return at + 1;
            }
            if (!quoted && blank(c)) {
                return at;
            }
            into.append(c);
            at++;
        }
        return at;
    }

    private static int next(String line, int from, StringBuilder argument) {
        // An odd number of quotes lets blanks be; the third in a row is one of the argument.
        int quotes = 0;
        int at = from;
        while (at < line.length() && (quotes > 0 || !blank(line.charAt(at)))) {
            int slashes = 0;
            while (at < line.length() && line.charAt(at) == '\\') {
                slashes++;
                at++;
            }
            if (at < line.length() && line.charAt(at) == '"') {
                argument.append("\\".repeat(slashes / 2));
                if (slashes % 2 == 1) {
                    argument.append('"');
                } else {
                    quotes++;
                }
                at++;
                while (at < line.length() && line.charAt(at) == '"') {
                    at++;
                    if (++quotes == 3) {
                        argument.append('"');
                        quotes = 0;
                    }
                }
                quotes = quotes == 2 ? 0 : quotes;
            } else {
                argument.append("\\".repeat(slashes));
                if (at < line.length() && (quotes > 0 || !blank(line.charAt(at)))) {
                    argument.append(line.charAt(at++));
                }
            }
        }
        return at;
    }
}
