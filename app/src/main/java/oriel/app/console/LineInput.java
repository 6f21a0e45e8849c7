package oriel.app.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/** Where the lines of a console come from. For one thread. */
public interface LineInput extends AutoCloseable {
    /** The next line, or empty when there are no more; may show a prompt. */
    Optional<String> next(String prompt) throws IOException;

    /** Has something done when the user presses Ctrl-C while no line is being read. */
    void onInterrupt(Runnable action);

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
            public void onInterrupt(Runnable action) {
                Signals.register("INT", action);
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        };
    }

    /** Lines from a pipe, behind whose prompts an automaton may wait. */
    static LineInput prompting(Reader reader, PrintStream out) {
        LineInput lines = of(reader);
        return new LineInput() {
            @Override
            public Optional<String> next(String prompt) throws IOException {
                out.print(prompt);
                out.flush();
                return lines.next(prompt);
            }

            @Override
            public void onInterrupt(Runnable action) {
                lines.onInterrupt(action);
            }
        };
    }

    /** Lines that a person edits on a terminal, with history. */
    static LineInput terminal() throws IOException {
        Terminal terminal = TerminalBuilder.builder().system(true).build();
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
        return new LineInput() {
            @Override
            public Optional<String> next(String prompt) {
                while (true) {
                    try {
                        return Optional.of(reader.readLine(prompt));
                    } catch (UserInterruptException e) {
                        // Ctrl-C clears the line.
                    } catch (EndOfFileException e) {
                        return Optional.empty();
                    }
                }
            }

            @Override
            public void onInterrupt(Runnable action) {
                terminal.handle(Terminal.Signal.INT, signal -> action.run());
            }

            @Override
            public void close() throws IOException {
                terminal.close();
            }
        };
    }
}
