package oriel.engine.search;

/** A pattern takes more work than any search should; the message says what to do about it. */
public final class SearchEffortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SearchEffortException(String message, Throwable cause) {
        super(message, cause);
    }
}
