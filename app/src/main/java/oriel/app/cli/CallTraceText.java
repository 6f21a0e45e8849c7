package oriel.app.cli;

import java.time.Duration;
import java.util.Optional;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.session.CallTrace;
import oriel.engine.session.Stop;
import oriel.engine.session.TracedCall;

/**
 * Prints calls as a tree: the time since the beginning, how long a call took, and the call,
 * indented by its depth. A call without traced calls within is one line; others open and close.
 */
final class CallTraceText implements CallTrace.Listener {
    private static final int MOST_INDENT = 40;

    private final Page page;
    private final long limit;
    private long shown;

    /** The last call that was entered, as long as nothing else has happened. */
    private Optional<TracedCall> open = Optional.empty();

    CallTraceText(Page page, long limit) {
        this.page = page;
        this.limit = limit;
    }

    @Override
    public void entered(TracedCall call, Stop stop) {
        finish();
        open = Optional.of(call);
        if (++shown >= limit) {
            stop.hold();
        }
    }

    @Override
    public void left(TracedCall call, Stop stop) {
        if (open.isPresent() && open.get() == call) {
            open = Optional.empty();
            line(call, call.begun(), true, call.name());
        } else {
            finish();
            line(call, call.begun().plus(call.elapsed()), true, "} " + call.name());
        }
    }

    /** Writes the call that has begun and not ended. */
    void finish() {
        if (open.isPresent()) {
            TracedCall call = open.get();
            open = Optional.empty();
            line(call, call.begun(), false, call.name() + " {");
        }
    }

    long shown() {
        return shown;
    }

    private void line(TracedCall call, Duration when, boolean ended, String words) {
        page.number(call.thread().threadId());
        page.rightTo(18, milliseconds(when)).text(" ms");
        page.rightTo(32, ended ? milliseconds(call.elapsed()) + " ms" : "");
        page.text("  ".repeat(Math.min(call.depth(), MOST_INDENT) + 1));
        page.styled(Style.NAME, words);
        page.text(call.isUnwound() ? "  did not return" : "").end();
        page.show();
    }

    /** With three digits behind the point. */
    private static String milliseconds(Duration time) {
        long micros = time.toNanos() / 1000;
        String fraction = Long.toString(1000 + micros % 1000).substring(1);
        return micros / 1000 + "." + fraction;
    }
}
