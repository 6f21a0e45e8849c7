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

    /** Splits a command line. */
    public static List<String> split(String line) {
        var arguments = new ArrayList<String>();
        int at = 0;
        while (at < line.length()) {
            while (at < line.length() && blank(line.charAt(at))) {
                at++;
            }
            if (at == line.length()) {
                break;
            }
            var argument = new StringBuilder();
            at = next(line, at, argument);
            arguments.add(argument.toString());
        }
        return arguments;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static int next(String line, int from, StringBuilder argument) {
        boolean quoted = false;
        int at = from;
        while (at < line.length() && (quoted || !blank(line.charAt(at)))) {
            int slashes = 0;
            while (at < line.length() && line.charAt(at) == '\\') {
                slashes++;
                at++;
            }
            if (at < line.length() && line.charAt(at) == '"') {
                argument.append("\\".repeat(slashes / 2));
                if (slashes % 2 == 1) {
                    argument.append('"');
                } else if (quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                    argument.append('"');
                    at++;
                } else {
                    quoted = !quoted;
                }
                at++;
            } else {
                argument.append("\\".repeat(slashes));
                if (at < line.length() && (quoted || !blank(line.charAt(at)))) {
                    argument.append(line.charAt(at++));
                }
            }
        }
        return at;
    }
}
