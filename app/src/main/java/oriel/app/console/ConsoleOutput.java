package oriel.app.console;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.app.render.CommandJson;
import oriel.app.render.JsonFact;
import oriel.app.render.Page;
import oriel.app.render.Style;

/** What a console prints: text as it comes, or a line of JSON for each command. For one thread. */
public final class ConsoleOutput {
    private final PrintStream out;
    private final PrintStream err;
    private final Journal journal;
    private final boolean json;
    private final boolean color;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Page page;
    private JsonFact fact = JsonFact.NONE;
    private StringBuilder printed = new StringBuilder();

    /**
     * @param out where results go
     * @param err where messages go
     * @param color whether to use colours
     * @param json whether each command prints a line of JSON
     */
    public ConsoleOutput(PrintStream out, PrintStream err, boolean color, boolean json) {
        this.journal = new Journal(out);
        this.out = new PrintStream(journal, false, StandardCharsets.UTF_8);
        this.err = err;
        this.json = json;
        this.color = color;
        this.page =
                json
                        ? new Page(new PrintStream(kept, true, StandardCharsets.UTF_8), false)
                        : new Page(this.out, color);
    }

    /** Where commands print. */
    public Page page() {
        return page;
    }

    /** Whether each command prints a line of JSON. */
    public boolean isJson() {
        return json;
    }

    /** What the command found out, for JSON. */
    public void fact(JsonFact found) {
        fact = found;
    }

    /** Text of the target, which may end within a line. */
    public void printed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                endPrint();
            } else if (c != '\r' && c != 0) {
                printed.append(c);
            }
        }
        flush();
    }

    private void endPrint() {
        page.styled(Style.DIM, printed.toString()).end();
        printed = new StringBuilder();
    }

    /** Ends a line of the target's that it has not ended. */
    public void finishPrints() {
        if (!printed.isEmpty()) {
            endPrint();
        }
    }

    /** Shows what is there by now, on a terminal. */
    public void flush() {
        if (!json) {
            page.flush();
            out.flush();
        }
    }

    /** What a task prints, which is not shown. */
    String captured(ConsoleTarget.Task task) throws IOException {
        var into = new ByteArrayOutputStream();
        var there = new PrintStream(into, true, StandardCharsets.UTF_8);
        try (Page.Redirection back = page.redirect(there)) {
            task.run();
        }
        return into.toString(StandardCharsets.UTF_8);
    }

    /** A command has ended. */
    public void end(String command, boolean ok) {
        finishPrints();
        page.flush();
        if (json) {
            List<String> lines = kept.toString(StandardCharsets.UTF_8).lines().toList();
            CommandJson.result(out, command, ok, lines, fact);
            kept.reset();
            fact = JsonFact.NONE;
        }
        out.flush();
    }

    /** Clears the screen of a terminal. */
    public void clear() {
        if (color) {
            flush();
            out.print("\033[2J\033[H");
            out.flush();
        }
    }

    /** Says what is wrong with a command. */
    public void complain(String words) {
        if (json) {
            page.line(words);
        } else {
            flush();
            err.println("oriel: " + words);
            err.flush();
        }
    }

    /** Says something that no command is to blame for. */
    public void notice(String words) {
        flush();
        err.println("oriel: " + words);
        err.flush();
    }

    /** Writes a line of JSON that belongs to no command, such as an event. */
    public void jsonLine(Consumer<OutputStream> line) {
        line.accept(out);
        out.flush();
    }

    /** Writes everything to a file besides, from now on. */
    public void openJournal(Path file, boolean append) throws IOException {
        flush();
        journal.open(file, append);
    }

    /** Ends that. */
    public void closeJournal() throws IOException {
        flush();
        journal.closeFile();
    }

    /** A line for the journal only: what a person has written. */
    void journal(String line) throws IOException {
        flush();
        journal.only(line);
    }

    /** A stream whose text is kept in a file besides. */
    private static final class Journal extends FilterOutputStream {
        private Optional<OutputStream> file = Optional.empty();

        Journal(OutputStream out) {
            super(out);
        }

        void open(Path path, boolean append) throws IOException {
            closeFile();
            file =
                    Optional.of(
                            append
                                    ? Files.newOutputStream(
                                            path,
                                            StandardOpenOption.CREATE,
                                            StandardOpenOption.APPEND)
                                    : Files.newOutputStream(path));
        }

        void only(String line) throws IOException {
            if (file.isPresent()) {
                file.get().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        void closeFile() throws IOException {
            if (file.isPresent()) {
                file.get().close();
                file = Optional.empty();
            }
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            if (file.isPresent()) {
                file.get().write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            if (file.isPresent()) {
                file.get().write(bytes, offset, length);
            }
        }
    }
}
