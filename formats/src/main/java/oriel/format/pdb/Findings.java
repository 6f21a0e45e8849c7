package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.MsfStream;
import oriel.model.Diagnostic;

/** What turned out to be broken while parts were read. Safe for any thread. */
final class Findings {
    /** A hostile file could produce one for each record. */
    private static final int LIMIT = 100;

    private final List<Diagnostic> list = new ArrayList<>();

    void add(String subject, FormatException problem) {
        add(subject, String.valueOf(problem.getMessage()));
    }

    synchronized void add(String subject, String problem) {
        var found = new Diagnostic(subject, problem);
        if (list.size() < LIMIT && !list.contains(found)) {
            list.add(found);
        }
    }

    synchronized List<Diagnostic> list() {
        return List.copyOf(list);
    }

    /** What a reader makes of a part, or of no bytes at all when the part is broken. */
    <T> T orEmpty(String what, MsfStream in, Function<MsfStream, T> reader) {
        try {
            return reader.apply(in);
        } catch (FormatException e) {
            add(what, e);
            return reader.apply(MsfStream.of(Bytes.of(new byte[0], what)));
        }
    }
}
