package oriel.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One command as the user wrote it.
 *
 * @param name the first word, in lower case; {@code ?} and {@code .if} need no blank after them
 * @param word the same as it was written: {@code dS} is not {@code ds}
 * @param rest what follows, without blanks around it
 */
public record CommandLine(String name, String word, String rest) {
    /** Names that are followed by anything, the longest first. */
    private static final List<String> SIGNS =
            List.of("$$>a<", "$$><", "$$<", "$><", "$<", "??", "?", "!!", "#");

    /** A command of a name in lower case. */
    public CommandLine(String name, String rest) {
        this(name, name, rest);
    }

    /**
     * Reads commands separated by semicolons, except within quotes and braces. A command that
     * begins with * is a comment to the end of the line, one with $$ to the next semicolon.
     */
    public static List<CommandLine> parse(String line) {
        var commands = new ArrayList<CommandLine>();
        int start = 0;
        while (start < line.length()) {
            int end = end(line, start);
            String one = line.substring(start, end).strip();
            if (!one.isEmpty() && !isComment(one)) {
                commands.add(one(one));
            }
            start = end + 1;
        }
        return List.copyOf(commands);
    }

    private static boolean isComment(String command) {
        return command.startsWith("*")
                || command.startsWith("$$")
                        && !command.startsWith("$$<")
                        && !command.startsWith("$$>");
    }

    /** Index of the semicolon that ends the command at an index, or of the end of the line. */
    private static int end(String line, int start) {
        int begin = start;
        while (begin < line.length() && Character.isWhitespace(line.charAt(begin))) {
            begin++;
        }
        boolean toTheEnd =
                line.startsWith("*", begin)
                        || line.startsWith("!!", begin)
                        || line.startsWith(".shell ", begin)
                        || line.startsWith("j ", begin)
                        || line.startsWith("j(", begin)
                        || line.startsWith("~*e ", begin);
        if (toTheEnd) {
            return line.length();
        }
        // The three parts of .for are separated by semicolons, too.
        boolean inParentheses = line.startsWith(".for", begin);
        boolean quoted = false;
        int braces = 0;
        for (int i = begin; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escaped = quoted && i > begin && line.charAt(i - 1) == '\\';
            if (c == '"' && !escaped) {
                quoted = !quoted;
            } else if (!quoted) {
                braces += c == '{' || inParentheses && c == '(' ? 1 : 0;
                braces -= c == '}' || inParentheses && c == ')' ? 1 : 0;
                if (c == ';' && braces <= 0) {
                    return i;
                }
            }
        }
        return line.length();
    }

    private static CommandLine one(String text) {
        int end = 0;
        for (String sign : SIGNS) {
            if (text.startsWith(sign)) {
                end = sign.length();
                break;
            }
        }
        if (end == 0) {
            while (end < text.length() && !endsName(text, end)) {
                end++;
            }
        }
        String word = text.substring(0, end);
        return new CommandLine(word.toLowerCase(Locale.ROOT), word, text.substring(end).strip());
    }

    private static boolean endsName(String text, int at) {
        char c = text.charAt(at);
        return Character.isWhitespace(c)
                || at > 0 && text.charAt(0) != '~' && "({\"@/".indexOf(c) >= 0;
    }

    /** The words of the rest. */
    public List<String> words() {
        return rest.isEmpty() ? List.of() : List.of(rest.split("\\s+"));
    }

    @Override
    public String toString() {
        return rest.isEmpty() ? word : word + " " + rest;
    }
}
