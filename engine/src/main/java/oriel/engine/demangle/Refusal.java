package oriel.engine.demangle;

import java.io.Serial;

/** A name is not what it looked like, or too much to write out. Never leaves the package. */
final class Refusal extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    Refusal(String problem) {
        super(problem, null, false, false);
    }
}
