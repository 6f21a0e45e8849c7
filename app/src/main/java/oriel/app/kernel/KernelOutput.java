package oriel.app.kernel;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import oriel.app.render.JsonFact;
import oriel.app.render.KernelJson;
import oriel.app.render.Page;
import oriel.app.render.Style;

/** What a console prints: text as it comes, or a line of JSON for each command. For one thread. */
final class KernelOutput {
    private final PrintStream out;
    private final boolean json;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Page page;
    private JsonFact fact = JsonFact.NONE;
    private StringBuilder printed = new StringBuilder();

    KernelOutput(PrintStream out, boolean color, boolean json) {
        this.out = out;
        this.json = json;
        this.page =
                json
                        ? new Page(new PrintStream(kept, true, StandardCharsets.UTF_8), false)
                        : new Page(out, color);
    }

    Page page() {
        return page;
    }

    boolean isJson() {
        return json;
    }

    /** What the command found out, for JSON. */
    void fact(JsonFact found) {
        fact = found;
    }

    /** Text of the target, which may end within a line. */
    void printed(String text) {
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
    void finishPrints() {
        if (!printed.isEmpty()) {
            endPrint();
        }
    }

    /** Shows what is there by now, on a terminal. */
    void flush() {
        if (!json) {
            page.flush();
            out.flush();
        }
    }

    /** A command has ended. */
    void end(String command, boolean ok) {
        finishPrints();
        page.flush();
        if (json) {
            List<String> lines = kept.toString(StandardCharsets.UTF_8).lines().toList();
            KernelJson.result(out, command, ok, lines, fact);
            kept.reset();
            fact = JsonFact.NONE;
        }
        out.flush();
    }
}
