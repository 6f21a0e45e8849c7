package oriel.app.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command does, for help.
 *
 * @param usage its names and arguments; names that mean the same are separated by commas
 * @param words what it does
 */
public record HelpEntry(String usage, String words) {
    /** The names of the commands; words in capitals stand for arguments. */
    public List<String> names() {
        var names = new ArrayList<String>();
        for (String part : withoutBrackets().split("[,;]")) {
            String name = part.strip().split("[ <]")[0];
            if (!name.isEmpty() && !Character.isUpperCase(name.charAt(0))) {
                names.add(name);
            }
        }
        return names;
    }

    /** What is in brackets, braces, parentheses or quotes is an argument. */
    private String withoutBrackets() {
        var text = new StringBuilder();
        int deep = 0;
        boolean quoted = false;
        for (int i = 0; i < usage.length(); i++) {
            char c = usage.charAt(i);
            quoted ^= c == '"' || c == '\'';
            boolean name = c == '[' && i > 0 && usage.charAt(i - 1) == '~';
            deep += !name && "[{(".indexOf(c) >= 0 ? 1 : 0;
            if (deep == 0 && !quoted && c != '"' && c != '\'') {
                text.append(c);
            }
            deep -= deep > 0 && "]})".indexOf(c) >= 0 ? 1 : 0;
        }
        return text.toString();
    }
}
