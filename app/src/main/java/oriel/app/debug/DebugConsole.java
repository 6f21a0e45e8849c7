package oriel.app.debug;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.InspectCommands;
import oriel.app.console.LineInput;
import oriel.app.render.Page;
import oriel.driver.DriverException;
import oriel.driver.Launch;
import oriel.engine.eval.EvalException;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;

/** The console of the debugger: reads commands, does them, shows what comes of it. */
public final class DebugConsole {
    private final DebugSession session;
    private final Page page;
    private final PrintStream out;
    private final PrintStream err;
    private final DebugView view;
    private final InspectCommands inspect;
    private final RunCommands runs;
    private final ProcessCommands processes;
    private final StopText text;
    private boolean over;
    private boolean failed;
    private String last = "";

    /**
     * @param session that debugs nothing yet
     * @param out where results go
     * @param err where messages go
     * @param color whether to use colours
     * @param jsonEvents whether each event is told as a line of JSON
     */
    public DebugConsole(
            DebugSession session,
            PrintStream out,
            PrintStream err,
            boolean color,
            boolean jsonEvents) {
        this.session = session;
        this.out = out;
        this.err = err;
        this.page = new Page(out, color);
        this.view = new DebugView(session);
        this.inspect = new InspectCommands(view, page);
        this.runs = new RunCommands(view, inspect, page, this::flush);
        this.processes = new ProcessCommands(view, inspect, page);
        this.text = new StopText(page, inspect);
        session.handle(new EventText(page, out, jsonEvents));
    }

    private void flush() {
        page.flush();
        out.flush();
    }

    /** Starts a program. */
    public void start(Launch launch) {
        text.write(session.start(launch));
        flush();
    }

    /** Attaches to a process. */
    public void attach(long processId) {
        text.write(session.attach(processId));
        flush();
    }

    /**
     * Does commands until there are no more or one says so.
     *
     * @param person whether an empty line repeats the last command
     * @return whether all could be done
     */
    public boolean run(LineInput lines, boolean person) throws IOException {
        lines.onInterrupt(session::interrupt);
        while (!over) {
            flush();
            Optional<String> line = lines.next(prompt());
            if (line.isEmpty()) {
                break;
            }
            String wanted = line.get().isBlank() && person ? last : line.get();
            last = wanted;
            runLine(wanted);
        }
        flush();
        return !failed;
    }

    private String prompt() {
        Optional<Stop> stop = view.now();
        return stop.isPresent()
                ? stop.get().processId() + ":" + stop.get().thread().threadId() + "> "
                : "> ";
    }

    private void runLine(String line) {
        for (CommandLine command : CommandLine.parse(line)) {
            if (!over && !attempt(command)) {
                failed = true;
                return;
            }
            Optional<String> more = runs.takeCommands();
            if (more.isPresent()) {
                runLine(more.get());
            }
        }
    }

    private boolean attempt(CommandLine command) {
        try {
            run(command);
            return true;
        } catch (ConsoleException | EvalException | DriverException e) {
            say(String.valueOf(e.getMessage()));
        } catch (IllegalStateException | IllegalArgumentException | IOException e) {
            say(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return false;
    }

    private void say(String message) {
        flush();
        err.println(message);
        err.flush();
    }

    private void run(CommandLine command) throws IOException {
        switch (command.name()) {
            case "q", "qq", "quit" -> over = true;
            case "qd" -> {
                session.processIds().forEach(session::detach);
                over = true;
            }
            case ".echo" -> page.line(command.rest());
            case "help", ".help", ".hh" -> help();
            case "$<" -> {
                Path file = Path.of(command.rest());
                for (String line : Files.readAllLines(file)) {
                    runLine(line);
                }
            }
            default -> {
                boolean done = runs.run(command) || processes.run(command) || inspect.run(command);
                if (!done) {
                    throw new ConsoleException(
                            "'" + command.name() + "' is not a command; 'help' lists them");
                }
            }
        }
    }

    private void help() {
        for (String[] each : HELP) {
            page.text("  ").text(each[0]).to(44).line(each[1]);
        }
        for (String[] each : InspectCommands.help()) {
            page.text("  ").text(each[0]).to(44).line(each[1]);
        }
    }

    private static final List<String[]> HELP =
            List.of(
                    new String[] {"g [ADDRESS], gh, gn", "go; exception handled, or not"},
                    new String[] {"t [N], p [N], gu, pc", "step into, over, out, to the next call"},
                    new String[] {"pa ADDRESS", "run to an address"},
                    new String[] {
                        "bp [/1] [/w \"COND\"] PLACE [\"CMDS\"]", "breakpoint; waits for modules"
                    },
                    new String[] {"bm MODULE!PATTERN", "a breakpoint on each symbol that matches"},
                    new String[] {"ba e1|w4|r4 ADDRESS", "debug register: execute, write, access"},
                    new String[] {
                        "bl, bc, bd, be, bo NUMBERS|*", "list, clear, disable, enable, once"
                    },
                    new String[] {
                        "sxe|sxd|sxi av|eh|CODE|*", "stop at first chance, second, never"
                    },
                    new String[] {"~, ~Ns, ~Nk, ~*k", "threads: list, select, look at one, at all"},
                    new String[] {"|, |PIDs, .attach, .detach, .kill", "processes"},
                    new String[] {".dump FILE", "write a minidump"},
                    new String[] {"!address [ADDRESS]", "the memory map"},
                    new String[] {"s|sa|su START Ln PATTERN", "search memory"},
                    new String[] {"f START Ln BYTES", "fill memory"},
                    new String[] {".echo TEXT, $< FILE, q, qd", "print, do a script, leave"});
}
