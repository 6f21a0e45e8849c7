package oriel.app.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import oriel.app.console.CommandConsole;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.Halt;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.app.render.KernelJson;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.kd.KdConnection;
import oriel.kd.KdException;
import oriel.kd.KdSession;
import oriel.kd.KdStop;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Transport;

/**
 * The console of a kernel: the commands of all consoles, and those about a machine. For one thread,
 * except what is done on Ctrl-C.
 */
public final class KernelConsole implements AutoCloseable {
    private final ConsoleOutput output;
    private final Page page;
    private final KernelEvents events;
    private final KdSession session;
    private final CommandConsole console;
    private boolean person;

    /**
     * Makes a console over a line that nothing has been sent over yet.
     *
     * @param full whether all is shown at each stop
     */
    public KernelConsole(
            Transport line, Crlf crlf, SymbolPlaces symbols, ConsoleOutput output, boolean full) {
        this.output = output;
        this.page = output.page();
        this.events = new KernelEvents(output);
        this.session = new KdSession(new KdConnection(line, crlf, events));
        var view = new KernelView(session, symbols);
        var machine = new KernelMachine(view, output, symbols);
        var context = new ConsoleContext(machine, page);
        KernelFilters filters = machine.filterBy(new KernelFilters(context, page));
        session.runner().stopAtImages(filters::stops);
        this.console =
                new CommandConsole(context, output, full)
                        .with(new TargetCommands(view, events.files(), page, this::waitFor))
                        .with(new StateCommands(view, output))
                        .with(filters)
                        .with(new MachineCommands(view, page, context))
                        .with(new ObjectCommands(view, page, context))
                        .with(new ProcessCommands(view, output, context));
    }

    /**
     * Makes contact and says with what.
     *
     * @throws KdException saying what was seen when there is no kernel
     */
    public void attach(Duration patience) {
        KdStop stop = session.attach(patience);
        output.finishPrints();
        page.styled(Style.TITLE, KernelText.banner(stop)).end();
        page.line(KernelText.details(stop));
        output.fact(KernelJson.banner(stop));
        // Where it stands takes longer: the list of drivers is read for it.
        output.flush();
    }

    /** Ends what {@link #attach} began when nothing is to follow: the target runs on. */
    public void leave() {
        output.end("attach", true);
        goOn();
    }

    /** Shows where the target stands, before the first command. */
    public void place() {
        KernelText.event(session.stop(), false).forEach(page::line);
        try {
            console.show(Halt.of(Halt.Kind.STOPPED));
        } finally {
            output.end("attach", true);
        }
    }

    /**
     * Does the commands of some lines until they end or one says so.
     *
     * @param lines where they come from
     * @param somebody whether somebody waits for what comes of each, and can answer questions
     * @return whether all could be done
     */
    public boolean run(LineInput lines, boolean somebody) throws IOException {
        person = somebody;
        if (person) {
            events.answerBy(question -> answer(lines));
        }
        return console.run(lines, person);
    }

    private static String answer(LineInput lines) {
        try {
            Optional<String> line = lines.next("");
            return line.orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** A person wants to see what comes next; a script says when it waits. */
    private void waitFor() {
        if (person) {
            console.run(new CommandLine("g", ""));
        } else {
            page.line("the target runs; g waits until it stops");
        }
    }

    /** Lets the target run on before the line is closed. */
    public void goOn() {
        if (session.isStopped()) {
            session.leaveRunning();
        }
    }

    /** Ends a wait, also one for a target that has not come. For any thread. */
    public void interrupt() {
        session.interrupt();
    }

    @Override
    public void close() {
        session.close();
        events.files().close();
    }
}
