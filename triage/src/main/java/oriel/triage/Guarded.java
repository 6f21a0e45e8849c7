package oriel.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import oriel.model.Diagnostic;

/**
 * Works out sections of a report one by one. A section that fails costs itself only: it comes out
 * empty and a {@link Diagnostic} says why. For one thread.
 */
final class Guarded {
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    /** The section, or {@code otherwise} when it cannot be worked out. */
    <T> T section(String name, T otherwise, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError e) {
            diagnostics.add(new Diagnostic(name, "left out: " + e));
            return otherwise;
        }
    }

    void add(String subject, String problem) {
        diagnostics.add(new Diagnostic(subject, problem));
    }

    /** What went wrong so far. */
    List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
