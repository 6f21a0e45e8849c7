package oriel.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/**
 * Lines that a person edits on a terminal, with completion and a history that is kept in a file.
 */
public final class TerminalLines implements LineInput {
    private static final int KEPT_LINES = 2000;
    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;

    private final Terminal terminal;
    private final LineReader reader;
    private final Interrupts interrupts = new Interrupts();
    private Function<String, List<String>> candidates = text -> List.of();

    /**
     * @param history file of lines of earlier consoles; it and its folder need not be there
     */
    public TerminalLines(Optional<Path> history) throws IOException {
        terminal = TerminalBuilder.builder().system(true).build();
        if (terminal.getWidth() <= 0) {
            // What automata make is often of no size: nothing could be shown in it.
            terminal.setSize(Size.of(USUAL_WIDTH, USUAL_HEIGHT));
        }
        var builder =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .parser((line, cursor, context) -> new Words(line, cursor))
                        .completer(
                                (r, line, found) ->
                                        candidates
                                                .apply(line.line().substring(0, line.cursor()))
                                                .forEach(word -> found.add(candidate(word))))
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.HISTORY_INCREMENTAL, true)
                        .variable(LineReader.HISTORY_SIZE, KEPT_LINES)
                        .variable(LineReader.HISTORY_FILE_SIZE, KEPT_LINES);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        reader = builder.build();
    }

    /** Behind the name of a module or a folder more is to come, so no blank follows. */
    private static Candidate candidate(String word) {
        boolean ends = !word.endsWith("!") && !word.endsWith("/");
        return new Candidate(word, word, null, null, null, null, ends);
    }

    @Override
    public Optional<String> next(String prompt) {
        interrupts.waitForLine();
        while (true) {
            try {
                String line = reader.readLine(prompt);
                interrupts.lineComes();
                if (Thread.interrupted()) {
                    // Ctrl-C came when the line had ended and the editor still listened.
                    interrupts.press();
                }
                return Optional.of(line);
            } catch (UserInterruptException e) {
                // Ctrl-C clears the line.
            } catch (EndOfFileException e) {
                interrupts.lineComes();
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public void onInterrupt(Runnable action, Runnable forget) {
        interrupts.on(action, forget);
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            // These know nothing of signals.
            Signals.register("INT", interrupts::press);
        } else {
            terminal.handle(Terminal.Signal.INT, signal -> interrupts.press());
        }
    }

    @Override
    public void complete(Function<String, List<String>> words) {
        candidates = words;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** A line cut where completion begins. */
    private record Words(String line, int cursor) implements CompletingParsedLine {
        private int start() {
            return Completion.wordStart(line.substring(0, cursor));
        }

        @Override
        public String word() {
            return line.substring(start(), cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - start();
        }

        @Override
        public int wordIndex() {
            return 1;
        }

        @Override
        public List<String> words() {
            return List.of(line.substring(0, start()), word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }
    }
}
