package oriel.engine.session;

/** A stop was used after its target ran on. */
public final class StaleStopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleStopException() {
        super("the target has run on since this stop");
    }
}
