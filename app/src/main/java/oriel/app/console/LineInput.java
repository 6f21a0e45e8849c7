package oriel.app.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jline.utils.Signals;

/** Where the lines of a console come from. For one thread. */
public interface LineInput extends AutoCloseable {
    /** The next line, or empty when there are no more; may show a prompt. */
    Optional<String> next(String prompt) throws IOException;

    /** Whether a person at a terminal answers questions; what comes over a pipe is for commands. */
    default boolean answers() {
        return false;
    }

    /**
     * Has something done when the user presses Ctrl-C after a line was sent and before the next one
     * is wanted. While a line is waited for, Ctrl-C clears what was written of it and no more.
     *
     * @param action on any thread; short
     * @param forget done when the next line is wanted, before which an action may have come too
     *     late for the last one
     */
    void onInterrupt(Runnable action, Runnable forget);

    /**
     * Has words offered while a line is written.
     *
     * @param candidates words that could stand where the last word of a text begins
     */
    default void complete(Function<String, List<String>> candidates) {}

    @Override
    default void close() throws IOException {}

    /** Lines that are there already, such as a script; the prompt is not shown. */
    static LineInput of(Reader reader) {
        var lines = new BufferedReader(reader);
        return new LineInput() {
            @Override
            public Optional<String> next(String prompt) throws IOException {
                return Optional.ofNullable(lines.readLine());
            }

            @Override
            public void onInterrupt(Runnable action, Runnable forget) {
                // Nobody waits at a prompt: what is pressed between two lines is for the second.
                Signals.register("INT", action);
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        };
    }

    /**
     * Lines from a pipe, behind whose prompts an automaton may wait.
     *
     * @param in not buffered
     * @param tells whether it can be asked what it holds while it is read
     * @param out where prompts are shown, if they are
     */
    static LineInput piped(InputStream in, boolean tells, Optional<PrintStream> out) {
        return new PipedLines(in, tells, out);
    }
}
