package oriel.app.console;

/** A command that makes no sense or cannot be done, with a message for the user. */
public final class ConsoleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to tell the user. */
    public ConsoleException(String message) {
        super(message);
    }
}
