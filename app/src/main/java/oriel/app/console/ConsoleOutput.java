package oriel.app.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import oriel.app.render.JsonFact;
import oriel.app.render.CommandJson;
import oriel.app.render.Page;
import oriel.app.render.Style;

/** What a console prints: text as it comes, or a line of JSON for each command. For one thread. */
public final class ConsoleOutput {
    private final PrintStream out;
    private final PrintStream err;
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
        this.out = out;
        this.err = err;
        this.json = json;
        this.color = color;
        this.page =
                json
                        ? new Page(new PrintStream(kept, true, StandardCharsets.UTF_8), false)
                        : new Page(out, color);
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

    /** Where lines of JSON go that belong to no command, such as events. */
    public PrintStream jsonLines() {
        return out;
    }
}
