package oriel.engine.symbols.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A SourceLink map: {@code {"documents": {"C:\\src\\*": "https://host/commit/*"}}}. The longest
 * pattern counts; letter case and the kind of slashes do not. Specification: "Source Link" of the
 * .NET designs repository.
 */
final class SourceLink implements SourceIndex {
    private final List<String[]> documents;

    private SourceLink(List<String[]> documents) {
        this.documents = documents;
    }

    /** Reads a map; what is not one knows no file. */
    static SourceLink parse(String json) {
        var documents = new ArrayList<String[]>();
        int at = json.indexOf("\"documents\"");
        at = at < 0 ? -1 : json.indexOf('{', at);
        while (at >= 0) {
            var key = new StringBuilder();
            var value = new StringBuilder();
            int colon = text(json, at + 1, key);
            int end = colon < 0 ? -1 : text(json, colon, value);
            if (end < 0) {
                break;
            }
            documents.add(new String[] {key.toString(), value.toString()});
            at = next(json, end);
        }
        return new SourceLink(documents);
    }

    @Override
    public Optional<String> address(String file) {
        String wanted = plain(file);
        String best = "";
        int bestLength = -1;
        for (String[] document : documents) {
            String pattern = plain(document[0]);
            boolean prefix = pattern.endsWith("*");
            String stem = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
            boolean matches = prefix ? wanted.startsWith(stem) : wanted.equals(stem);
            if (matches && stem.length() > bestLength) {
                String rest = file.substring(stem.length()).replace('\\', '/');
                best = document[1].replace("*", rest);
                bestLength = stem.length();
            }
        }
        String lower = best.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://")
                ? Optional.of(best)
                : Optional.empty();
    }

    private static String plain(String path) {
        return path.replace('\\', '/').toLowerCase(Locale.ROOT);
    }

    /** Where the next pair begins after a comma; -1 at the end of the object. */
    private static int next(String json, int from) {
        int at = from;
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at < json.length() && json.charAt(at) == ',' ? at : -1;
    }

    /** Reads the next JSON string after blanks and a colon; answers the place after it, or -1. */
    private static int text(String json, int from, StringBuilder into) {
        int at = from;
        while (at < json.length()
                && (Character.isWhitespace(json.charAt(at)) || json.charAt(at) == ':')) {
            at++;
        }
        if (at >= json.length() || json.charAt(at) != '"') {
            return -1;
        }
        for (at++; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c != '\\') {
                into.append(c);
                continue;
            }
            if (++at == json.length()) {
                return -1;
            }
            char escaped = json.charAt(at);
            if (escaped == 'u') {
                if (at + 4 >= json.length()) {
                    return -1;
                }
                try {
                    into.append((char) Integer.parseInt(json.substring(at + 1, at + 5), 16));
                } catch (NumberFormatException e) {
                    return -1;
                }
                at += 4;
            } else {
                into.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            default -> escaped;
                        });
            }
        }
        return -1;
    }
}
