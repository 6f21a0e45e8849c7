package oriel.engine.eval;

/** A label or an expression that means nothing here, and where it stops making sense. */
public final class EvalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final int position;
    private final String problem;

    /**
     * @param text the whole label or expression
     * @param position index into it of what is wrong
     * @param problem what is wrong, for the user
     */
    public EvalException(String text, int position, String problem) {
        super("'" + text + "' at " + position + ": " + problem);
        this.text = text;
        this.position = position;
        this.problem = problem;
    }

    /** The whole label or expression. */
    public String text() {
        return text;
    }

    /** Index into the text of what is wrong; its length when something is missing at the end. */
    public int position() {
        return position;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }
}
