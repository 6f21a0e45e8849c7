package oriel.engine.symbols.store;

import java.io.IOException;

/** An answer that must not be taken, however often it is asked for. */
final class RefusedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedAnswerException(String message) {
        super(message);
    }
}
