package oriel.app.cli;

import java.util.List;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.Stop;

/** A call that has ended as a line: who, the function with its arguments, the result. */
final class CallText {
    private static final int MOST_INDENT = 40;

    private CallText() {}

    /**
     * Writes a call.
     *
     * @param callers the innermost first; a line for each
     */
    static void show(Page page, FunctionCall call, Stop stop, List<String> callers) {
        page.number(call.thread().threadId());
        page.text("  ".repeat(Math.min(call.depth(), MOST_INDENT) + 1));
        page.text(call.describe());
        String result = call.isUnwound() ? "?  did not return" : call.resultText(stop);
        page.text(result.isEmpty() ? "" : " = " + result).end();
        callers.forEach(c -> page.to(8).text("from ").styled(Style.NAME, c).end());
        page.show();
    }
}
