package oriel.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One command as the user wrote it.
 *
 * @param name the first word, in lower case; {@code ?} and {@code ~1} need no blank after them
 * @param rest what follows, without blanks around it
 */
public record CommandLine(String name, String rest) {
    /** Reads commands separated by semicolons, except within quotes; comments begin with *. */
    public static List<CommandLine> parse(String line) {
        var commands = new ArrayList<CommandLine>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ';' : line.charAt(i);
            quoted ^= c == '"';
            boolean comment = line.substring(start, i).strip().startsWith("*");
            if (i == line.length() || c == ';' && !quoted && !comment) {
                String one = line.substring(start, i).strip();
                start = i + 1;
                if (!one.isEmpty() && !one.startsWith("*")) {
                    commands.add(one(one));
                }
            }
        }
        return List.copyOf(commands);
    }

    private static CommandLine one(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        if (text.charAt(0) == '?') {
            end = text.startsWith("??") ? 2 : 1;
        }
        return new CommandLine(
                text.substring(0, end).toLowerCase(Locale.ROOT), text.substring(end).strip());
    }

    /** The words of the rest. */
    public List<String> words() {
        return rest.isEmpty() ? List.of() : List.of(rest.split("\\s+"));
    }

    @Override
    public String toString() {
        return rest.isEmpty() ? name : name + " " + rest;
    }
}
