package oriel.model;

/** A live target was read through a stop that is over: it has run on since. */
public final class StaleStopException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** The target has run on. */
    public StaleStopException() {
        super("the target has run on since this stop");
    }
}
