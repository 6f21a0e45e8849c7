package oriel.engine.symbols.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code srcsrv} stream of a PDB: variables, and for each source file the values of var1, var2
 * and so on. Grammar from "Language Specification 1" of the source server documentation. Variables
 * refer to each other; what grows too deep or too long is not an address.
 */
final class SourceServerIndex implements SourceIndex {
    static final int LARGEST = 64 << 20;
    private static final int DEEPEST = 16;
    private static final int LONGEST = 1 << 14;
    private static final int MOST_NAMES = 10_000;

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String[]> files = new HashMap<>();

    private SourceServerIndex() {}

    static SourceServerIndex parse(String text) {
        var index = new SourceServerIndex();
        String section = "";
        for (String raw : text.split("\n")) {
            String line = raw.strip();
            if (line.startsWith("SRCSRV:")) {
                section = line.substring("SRCSRV:".length()).strip().toLowerCase(Locale.ROOT);
            } else if (section.startsWith("source files")) {
                String[] values = line.split("\\*");
                index.files.put(values[0].toLowerCase(Locale.ROOT), values);
            } else if (section.startsWith("ini") || section.startsWith("variables")) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    String name = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                    index.variables.put(name, line.substring(equals + 1).strip());
                }
            }
        }
        return index;
    }

    @Override
    public Optional<String> address(String file) {
        String[] values = files.get(file.toLowerCase(Locale.ROOT));
        String target = variables.get("srcsrvtrg");
        if (values == null || target == null) {
            return Optional.empty();
        }
        String expanded = new Expansion(values).expand(target, 0);
        String lower = expanded.toLowerCase(Locale.ROOT);
        boolean remote = lower.startsWith("https://") || lower.startsWith("http://");
        return remote && expanded.length() <= LONGEST
                ? Optional.of(expanded.replace('\\', '/'))
                : Optional.empty();
    }

    /** One expansion: names may be used so often, not more. */
    private final class Expansion {
        private final String[] values;
        private int left = MOST_NAMES;

        Expansion(String[] values) {
            this.values = values;
        }

        String expand(String text, int depth) {
            if (depth > DEEPEST) {
                return "";
            }
            var out = new StringBuilder();
            int at = 0;
            while (at < text.length() && out.length() <= LONGEST) {
                int end = text.charAt(at) == '%' ? text.indexOf('%', at + 1) : -1;
                if (end < 0) {
                    out.append(text.charAt(at++));
                    continue;
                }
                if (left-- <= 0) {
                    return "";
                }
                String name = text.substring(at + 1, end).toLowerCase(Locale.ROOT);
                at = end + 1;
                int close = at < text.length() && text.charAt(at) == '(' ? closing(text, at) : -1;
                if (name.startsWith("fn") && close > 0) {
                    String argument = expand(text.substring(at + 1, close), depth + 1);
                    out.append(function(name, argument, depth));
                    at = close + 1;
                } else {
                    out.append(expand(variable(name), depth + 1));
                }
            }
            return out.toString();
        }

        private String function(String name, String argument, int depth) {
            return switch (name) {
                case "fnvar" -> expand(variable(argument.toLowerCase(Locale.ROOT)), depth + 1);
                case "fnbksl" -> argument.replace('/', '\\');
                case "fnfile" ->
                        argument.substring(
                                Math.max(argument.lastIndexOf('\\'), argument.lastIndexOf('/'))
                                        + 1);
                default -> argument;
            };
        }

        private String variable(String name) {
            if (name.startsWith("var")) {
                try {
                    int number = Integer.parseInt(name.substring(3));
                    return number >= 1 && number <= values.length ? values[number - 1] : "";
                } catch (NumberFormatException e) {
                    // a variable of the stream's own
                }
            }
            return variables.getOrDefault(name, "");
        }
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '(') {
                depth++;
            } else if (text.charAt(i) == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
