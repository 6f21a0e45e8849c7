package oriel.app.render;

/** How a piece of text stands out on a terminal. */
public enum Style {
    PLAIN(""),
    TITLE("1"),
    BAD("1;31"),
    WARN("33"),
    GOOD("32"),
    NAME("36"),
    DIM("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The number of an ECMA-48 SGR sequence; empty for plain text. */
    String code() {
        return code;
    }
}
