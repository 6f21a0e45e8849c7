package oriel.engine.symbols.store;

/** A symbol server that cannot be reached, refuses, or sends what it should not. */
public final class SymbolServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;

    SymbolServerException(String message, boolean worthRetrying) {
        super(message);
        this.worthRetrying = worthRetrying;
    }

    /** Whether the same request may succeed a little later. */
    boolean isWorthRetrying() {
        return worthRetrying;
    }
}
