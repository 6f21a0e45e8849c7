package oriel.kd;

/** Something that the target or the line to it did not do, in words a user can act on. */
public class KdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public KdException(String message) {
        super(message);
    }

    /** What went wrong, and what caused it. */
    public KdException(String message, Throwable cause) {
        super(message, cause);
    }
}
