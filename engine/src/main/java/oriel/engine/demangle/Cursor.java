package oriel.engine.demangle;

/** A place in a name. Reading past the end gives a zero character; recursion is counted. */
final class Cursor {
    /** Nested templates of real programs stay below 100. */
    private static final int MAX_DEPTH = 400;

    private final String text;
    private int at;
    private int depth;

    Cursor(String text, int start) {
        this.text = text;
        this.at = start;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    int left() {
        return text.length() - at;
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    char next() {
        if (at >= text.length()) {
            throw new Refusal("ends too early");
        }
        return text.charAt(at++);
    }

    boolean accept(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    boolean accept(String s) {
        if (text.startsWith(s, at)) {
            at += s.length();
            return true;
        }
        return false;
    }

    boolean looksAt(String s) {
        return text.startsWith(s, at);
    }

    void expect(char c) {
        if (!accept(c)) {
            throw refused();
        }
    }

    void expect(String s) {
        if (!accept(s)) {
            throw refused();
        }
    }

    /** Goes back to a place that {@link #at()} gave. */
    void rewind(int place) {
        at = place;
    }

    void skip(int count) {
        if (count < 0 || count > left()) {
            throw refused();
        }
        at += count;
    }

    /** Where a character is next, from here on; -1 when nowhere. */
    int find(char c) {
        return text.indexOf(c, at);
    }

    String from(int start) {
        return text.substring(start, at);
    }

    String rest() {
        return text.substring(at);
    }

    Refusal refused() {
        return new Refusal("not understood at " + at);
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new Refusal("nested too deeply");
        }
    }

    void leave() {
        depth--;
    }
}
