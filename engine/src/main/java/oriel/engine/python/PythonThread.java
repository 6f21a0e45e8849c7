package oriel.engine.python;

import java.util.List;

/**
 * A thread that runs Python code.
 *
 * @param threadId of the system
 * @param frames innermost first
 */
public record PythonThread(long threadId, List<PythonFrame> frames) {
    /** Copies the list. */
    public PythonThread {
        frames = List.copyOf(frames);
    }
}
