package oriel.engine.eval;

/** The text of an expression and how far it has been read: names, blanks, brackets. */
final class ExpressionText {
    private static final int LONGEST_LINE = 7;

    private final String text;
    private int at;

    ExpressionText(String text, int from) {
        this.text = text;
        this.at = from;
    }

    int at() {
        return at;
    }

    void at(int position) {
        at = position;
    }

    String from(int start) {
        return text.substring(start, at);
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    /** The next character; 0 at the end. */
    char next() {
        return charAt(at);
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    /** Whether a word comes next, in any case. */
    boolean startsWith(String word) {
        return text.regionMatches(true, at, word, 0, word.length());
    }

    /** The character behind so many others. */
    char after(int characters) {
        return charAt(at + characters);
    }

    boolean take(char c) {
        boolean there = next() == c && !isAtEnd();
        at += there ? 1 : 0;
        return there;
    }

    void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Index of the parenthesis that closes another; -1 when none does. */
    int closing(int open) {
        int deep = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            deep += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (deep == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Takes letters, digits and what else words have. */
    String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /**
     * Takes the name of a symbol: letters, digits and what decorated and C++ names have in them,
     * template arguments as long as their brackets close, and the sign of an operator; or a source
     * file and a line.
     */
    String symbolName() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            int template = c == '<' && at > start ? templateLength() : 0;
            if (template > 0) {
                at += template;
            } else if (isNamePart(c) || c == '?' || c == '@' || c == '~' || c == '$') {
                at++;
            } else if (c == ':' && charAt(at + 1) == ':') {
                at += 2;
            } else {
                break;
            }
        }
        if (next() == ':' && text.substring(start, at).indexOf('.') > 0) {
            at += lineLength();
        }
        return text.substring(start, at);
    }

    /** Characters of a colon and the decimal number behind it; 0 when there is none. */
    private int lineLength() {
        int end = at + 1;
        while (end <= at + LONGEST_LINE && charAt(end) >= '0' && charAt(end) <= '9') {
            end++;
        }
        return end == at + 1 || isNamePart(charAt(end)) ? 0 : end - at;
    }

    /** Characters up to the bracket that closes the one here; 0 when none does. */
    private int templateLength() {
        int open = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (open == 0) {
                return i + 1 - at;
            }
            boolean plain = isNamePart(c) || "<>,:*&()[] -".indexOf(c) >= 0;
            if (!plain) {
                return 0;
            }
        }
        return 0;
    }

    /** Whether a character can be part of a word: of numbers the backtick, of modules the dot. */
    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '`' || c == '.';
    }
}
