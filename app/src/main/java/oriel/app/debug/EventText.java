package oriel.app.debug;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import oriel.app.console.ConsoleOutput;
import oriel.app.render.DebugEventJson;
import oriel.app.render.Style;
import oriel.engine.session.Access;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugHandler;
import oriel.engine.session.Stop;
import oriel.engine.symbols.Symbolizer;
import oriel.model.LoadedModule;
import oriel.model.TargetException;

/** Prints events as they come: a line of text for each, or a line of JSON. */
final class EventText extends DebugHandler {
    private final ConsoleOutput output;
    private final EventFilters filters;
    private final BooleanSupplier goesOn;

    /**
     * @param goesOn whether the present run goes on when an interrupt stops it, which is not told
     *     then
     */
    EventText(ConsoleOutput output, EventFilters filters, BooleanSupplier goesOn) {
        this.output = output;
        this.filters = filters;
        this.goesOn = goesOn;
    }

    @Override
    public void onEvent(DebugEvent event, Stop stop) {
        if (filters.stops(event)) {
            stop.hold();
        }
        if (event instanceof DebugEvent.Interrupted && goesOn.getAsBoolean()) {
            return;
        }
        if (output.isJson()) {
            output.jsonLine(out -> DebugEventJson.write(out, event, words(event, stop)));
            return;
        }
        if (event instanceof DebugEvent.StepDone || filters.isQuiet(event)) {
            return;
        }
        output.page().styled(Style.DIM, words(event, stop)).end();
        output.flush();
    }

    /** An event in words. */
    static String words(DebugEvent event, Stop stop) {
        return switch (event) {
            case DebugEvent.ProcessStarted e ->
                    "process " + e.thread().processId() + " started: " + e.image().path();
            case DebugEvent.ProcessExited e ->
                    "process " + e.thread().processId() + " ended with code " + e.exitCode();
            case DebugEvent.ThreadStarted e ->
                    "thread " + e.thread().threadId() + " started at " + label(e.startVa(), stop);
            case DebugEvent.ThreadExited e ->
                    "thread " + e.thread().threadId() + " ended with code " + e.exitCode();
            case DebugEvent.ThreadNamed e ->
                    "thread " + e.named().threadId() + " is called '" + e.name() + "'";
            case DebugEvent.ModuleLoaded e -> "loaded " + range(e.module());
            case DebugEvent.ModuleUnloaded e -> "unloaded " + range(e.module());
            case DebugEvent.OutputWritten e -> "output: " + e.text().stripTrailing();
            case DebugEvent.LoaderStopped e -> "process " + e.thread().processId() + " is ready";
            case DebugEvent.ProgramStopped e ->
                    "breakpoint of the program at " + label(e.va(), stop);
            case DebugEvent.Interrupted e -> "interrupted";
            case DebugEvent.BreakpointHit e -> hit(e, stop);
            case DebugEvent.StepDone e -> "step to " + label(e.va(), stop);
            case DebugEvent.ExceptionRaised e ->
                    exception(
                            e.exception(),
                            e.firstChance() ? " (first chance)" : " (second chance)",
                            stop.symbolizer());
            case DebugEvent.SystemFailed e -> "the system failed with error " + e.error();
            case DebugEvent.CallbackFailed e -> e.where() + " failed: " + e.failure();
        };
    }

    private static String hit(DebugEvent.BreakpointHit hit, Stop stop) {
        String text = "breakpoint " + hit.breakpoint().id() + " hit";
        return hit.access() == Access.EXECUTE
                ? text
                : text
                        + ": "
                        + hit.access().name().toLowerCase(Locale.ROOT)
                        + " of 0x"
                        + Long.toHexString(hit.accessVa())
                        + " by "
                        + label(hit.va(), stop);
    }

    /** An exception in words. */
    static String exception(TargetException exception, String chance, Symbolizer symbolizer) {
        String text =
                "exception "
                        + String.format(Locale.ROOT, "%08x", exception.code())
                        + chance
                        + " at "
                        + symbolizer.locate(exception.address()).label();
        if (exception.code() == 0xc0000005 && exception.parameters().size() >= 2) {
            long kind = exception.parameters().get(0);
            String done = kind == 0 ? "read" : kind == 1 ? "write" : "execution";
            text += ": " + done + " of 0x" + Long.toHexString(exception.parameters().get(1));
        }
        return text;
    }

    private static String range(LoadedModule module) {
        return Long.toHexString(module.base())
                + " "
                + Long.toHexString(module.range().end())
                + " "
                + module.path();
    }

    private static String label(long va, Stop stop) {
        return stop.symbolizer().locate(va).label();
    }
}
