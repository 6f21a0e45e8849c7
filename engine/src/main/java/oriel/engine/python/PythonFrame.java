package oriel.engine.python;

import java.util.Map;

/**
 * One call of Python code.
 *
 * @param va of CPython's own frame
 * @param file as the interpreter was given it
 * @param function its qualified name, {@code <module>} outside of functions
 * @param line that is executed
 * @param locals addresses of the objects that its variables hold, in order; unbound ones are left
 *     out
 */
public record PythonFrame(
        long va, String file, String function, int line, Map<String, Long> locals) {
    /** As tracebacks have it. */
    @Override
    public String toString() {
        return "File \"" + file + "\", line " + line + ", in " + function;
    }
}
