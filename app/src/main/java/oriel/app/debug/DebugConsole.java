package oriel.app.debug;

import java.io.IOException;
import java.util.Optional;
import oriel.app.console.CommandConsole;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.Halt;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;

/** The console of the debugger: the commands of all consoles, and those about processes. */
public final class DebugConsole {
    private final ConsoleOutput output;
    private final SessionTarget target;
    private final CommandConsole console;
    private final ProcessCommands processes;
    private final ConsoleContext context;

    /**
     * @param session that debugs nothing yet
     * @param symbols where the session's symbols come from
     * @param output where it prints; of JSON, events are lines of their own
     * @param full whether all is shown at each stop
     */
    public DebugConsole(
            DebugSession session, SymbolPlaces symbols, ConsoleOutput output, boolean full) {
        this.output = output;
        this.target = new SessionTarget(session, symbols, output::flush);
        this.context = new ConsoleContext(target, output.page());
        var filters = new EventFilters(session, context);
        target.filters(filters);
        this.processes = new ProcessCommands(target, context);
        this.console =
                new CommandConsole(context, output, full)
                        .with(new RegionCommands(target::handles, context))
                        .with(filters)
                        .with(processes);
        processes.showIn(console);
        session.handle(new EventText(output, filters, context::passesInterruptsOver));
    }

    /** Stops what runs, or what is begun next. From any thread. */
    public void interrupt() {
        context.abandon();
    }

    /** Starts a program. */
    public void start(Launch launch) {
        shown(processes.start(launch));
    }

    /** Attaches to a process. */
    public void attach(long processId) {
        shown(processes.attach(processId));
    }

    private void shown(Stop stop) {
        Halt halt = target.halt(Optional.of(stop));
        console.show(halt);
        output.end("start", true);
    }

    /**
     * Does commands until there are no more or one says so.
     *
     * @param person whether an empty line repeats the last command
     * @return whether all could be done
     */
    public boolean run(LineInput lines, boolean person) throws IOException {
        return console.run(lines, person);
    }
}
