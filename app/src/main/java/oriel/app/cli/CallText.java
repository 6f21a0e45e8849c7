package oriel.app.cli;

import oriel.app.render.Page;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.Stop;

/** A call that has ended as a line: who, the function with its arguments, the result. */
final class CallText {
    private static final int MOST_INDENT = 40;

    private CallText() {}

    static void show(Page page, FunctionCall call, Stop stop) {
        page.number(call.thread().threadId());
        page.text("  ".repeat(Math.min(call.depth(), MOST_INDENT) + 1));
        page.text(call.describe());
        String result = call.isUnwound() ? "?  did not return" : call.resultText(stop);
        page.text(result.isEmpty() ? "" : " = " + result).end();
        page.flush();
    }
}
