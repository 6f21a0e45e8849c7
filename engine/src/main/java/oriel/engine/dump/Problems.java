package oriel.engine.dump;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import oriel.model.Diagnostic;

/** Collects what is damaged or missing, each thing once. Safe for any thread. */
final class Problems {
    /** A broken file can have as many problems as bytes: nobody reads more than these. */
    private static final int MOST = 500;

    private final Set<Diagnostic> list = new LinkedHashSet<>();

    synchronized void add(Diagnostic problem) {
        if (list.size() < MOST) {
            list.add(problem);
        }
    }

    void add(String subject, String problem) {
        add(new Diagnostic(subject, problem));
    }

    synchronized List<Diagnostic> list() {
        return new ArrayList<>(list);
    }
}
