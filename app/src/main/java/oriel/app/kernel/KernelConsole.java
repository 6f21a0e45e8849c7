package oriel.app.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.InspectCommands;
import oriel.app.console.LineInput;
import oriel.app.render.KernelJson;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.eval.EvalException;
import oriel.engine.symbols.SymbolLocator;
import oriel.kd.KdConnection;
import oriel.kd.KdException;
import oriel.kd.KdSession;
import oriel.kd.KdStop;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Transport;

/**
 * The console of a kernel: reads commands, does them, prints what comes of it. For one thread,
 * except what is done on Ctrl-C.
 */
public final class KernelConsole implements AutoCloseable {
    private final KernelOutput output;
    private final Page page;
    private final PrintStream err;
    private final KernelEvents events;
    private final KdSession session;
    private final KernelView view;
    private final InspectCommands inspect;
    private final KernelText text;
    private final RunCommands runs;
    private final ProcessCommands processes;
    private final MachineCommands machine;
    private final StateCommands states;
    private boolean over;
    private boolean failed;

    /**
     * How a console prints.
     *
     * @param out where results go
     * @param err where messages go
     * @param color whether to use colours
     * @param json whether each command prints a line of JSON
     */
    public record Printing(PrintStream out, PrintStream err, boolean color, boolean json) {}

    /** Makes a console over a line that nothing has been sent over yet. */
    public KernelConsole(Transport line, Crlf crlf, SymbolLocator symbols, Printing how) {
        this.output = new KernelOutput(how.out(), how.color(), how.json());
        this.page = output.page();
        this.err = how.err();
        this.events = new KernelEvents(output, how.err());
        this.session = new KdSession(new KdConnection(line, crlf, events));
        this.view = new KernelView(session, symbols);
        this.inspect = new InspectCommands(view, page);
        this.text = new KernelText(page, view);
        this.runs = new RunCommands(view, output, inspect, text);
        this.processes = new ProcessCommands(view, output, inspect);
        this.machine = new MachineCommands(view, page, inspect);
        this.states = new StateCommands(view, output, text);
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
        text.event(session.stop(), false);
        try {
            text.place(inspect);
        } finally {
            output.end("attach", true);
        }
    }

    /**
     * Does the commands of some lines until they end or one says so.
     *
     * @param lines where they come from
     * @param person whether somebody waits for what comes of each, and can answer questions
     * @return whether all could be done
     */
    public boolean run(LineInput lines, boolean person) throws IOException {
        lines.onInterrupt(session::interrupt);
        if (person) {
            events.answerBy(question -> answer(lines));
        }
        while (!over) {
            Optional<String> line = lines.next(prompt());
            if (line.isEmpty()) {
                break;
            }
            run(line.get(), person);
        }
        return !failed;
    }

    private static String answer(LineInput lines) {
        try {
            return lines.next("").orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private String prompt() {
        return session.isStopped() ? session.stop().processor() + ": kd> " : "(running) kd> ";
    }

    /** Does the commands of one line. */
    public void run(String line, boolean person) {
        for (CommandLine command : CommandLine.parse(line)) {
            boolean ok = attempt(command, person);
            output.end(command.toString(), ok);
            failed |= !ok;
            if (over) {
                return;
            }
        }
    }

    /** Whether a command could be done; what is wrong with it is said. */
    private boolean attempt(CommandLine command, boolean person) {
        try {
            command(command, person);
            return true;
        } catch (ConsoleException | EvalException e) {
            complain(e.getMessage());
        } catch (KdException e) {
            complain(e.getMessage());
            over |= !person && !session.isStopped();
        } catch (IOException | InvalidPathException e) {
            complain(e.getMessage());
        }
        return false;
    }

    private void complain(@Nullable String message) {
        String words = message == null ? "it cannot be done" : message;
        if (output.isJson()) {
            page.line(words);
        } else {
            page.flush();
            output.flush();
            err.println("oriel: " + words);
            err.flush();
        }
    }

    private void command(CommandLine command, boolean person) throws IOException {
        switch (command.name()) {
            case "q", "qd", "qq" -> {
                over = true;
                if (!command.name().equals("qq")) {
                    goOn();
                }
            }
            case ".reboot" -> {
                view.stop();
                session.reboot();
                waitFor(person);
            }
            case ".crash" -> {
                view.stop();
                session.crash();
                waitFor(person);
            }
            case ".kdfiles" -> files(command.rest());
            case ".echo" -> page.line(command.rest());
            case "help", ".help", "??", "h" -> Help.write(page);
            default -> {
                boolean done =
                        runs.run(command)
                                || processes.run(command)
                                || machine.run(command)
                                || states.run(command)
                                || inspect(command);
                if (!done) {
                    throw new ConsoleException(
                            "'" + command.name() + "' is not a command; 'help' lists them");
                }
            }
        }
    }

    private boolean inspect(CommandLine command) {
        boolean done = inspect.run(command);
        if (done && output.isJson()) {
            switch (command.name()) {
                case "r" -> output.fact(KernelJson.registers(view.thread().registers()));
                case "k" ->
                        output.fact(
                                KernelJson.frames(
                                        view.walker().walk(view.thread()), view.symbolizer()));
                case "lm" -> output.fact(KernelJson.modules(view.modules()));
                default -> {
                    // Its text says it all.
                }
            }
        }
        return done;
    }

    /** A person wants to see what comes next; a script says when it waits. */
    private void waitFor(boolean person) {
        if (person) {
            runs.run(new CommandLine("g", ""));
        } else {
            page.line("the target runs; g waits until it stops");
        }
    }

    private void files(String rest) throws IOException {
        FileReplacements files = events.files();
        List<String> words = new CommandLine("", rest).words();
        if (words.isEmpty()) {
            files.list().forEach(page::line);
        } else if (words.get(0).equals("-c")) {
            files.clear();
        } else if (words.get(0).equals("-m") && words.size() == 3) {
            files.put(words.get(1), Path.of(words.get(2)));
        } else {
            page.number(files.read(Path.of(rest))).line(" files are replaced");
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
