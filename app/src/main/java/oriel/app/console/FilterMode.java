package oriel.app.console;

/** What happens at an event: the words of sxe, sxd, sxn and sxi. */
public enum FilterMode {
    BREAK("break"),
    SECOND_CHANCE("second-chance break"),
    NOTIFY("output"),
    IGNORE("ignore");

    private final String text;

    FilterMode(String text) {
        this.text = text;
    }

    /** How lists of filters name it. */
    public String text() {
        return text;
    }
}
