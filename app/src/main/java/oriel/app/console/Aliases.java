package oriel.app.console;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that the user has given a meaning: they are replaced before a line is read. */
final class Aliases {
    private static final int MOST = 1000;
    private static final int LONGEST_LINE = 1 << 16;

    private final Map<String, String> all = new TreeMap<>();

    Map<String, String> all() {
        return all;
    }

    void put(String name, String meaning) {
        if (!name.matches("\\w+|[^\\s\"{};]+") || all.size() >= MOST) {
            throw new ConsoleException("'" + name + "' cannot be an alias");
        }
        all.put(name, meaning);
    }

    /** Forgets one, or all for {@code *}. */
    void remove(String name) {
        if (name.equals("*")) {
            all.clear();
        } else if (all.remove(name) == null) {
            throw new ConsoleException("there is no alias '" + name + "'");
        }
    }

    /** A line with the meanings of its words; of what makes and forgets aliases, as it stands. */
    String applied(String line) {
        if (all.isEmpty() || line.strip().matches("(as|aS|ad|al)(\\s.*)?")) {
            return line;
        }
        String text = line;
        for (Map.Entry<String, String> each : all.entrySet()) {
            text = replaced(text, each.getKey(), each.getValue());
            if (text.length() > LONGEST_LINE) {
                throw new ConsoleException("aliases make the line too long");
            }
        }
        return text;
    }

    /** A text in which {@code ${name}}, and the name where it stands alone, mean something else. */
    static String replaced(String text, String name, String meaning) {
        Pattern alone =
                Pattern.compile(
                        "\\$\\{"
                                + Pattern.quote(name)
                                + "\\}|(?<![^\\s;{}(),\"])"
                                + Pattern.quote(name)
                                + "(?![^\\s;{}(),\"])");
        return alone.matcher(text).replaceAll(Matcher.quoteReplacement(meaning));
    }
}
