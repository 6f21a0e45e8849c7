package oriel.app.debug;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.app.console.CommandArguments;
import oriel.app.console.CommandConsole;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.app.console.Halt;
import oriel.app.console.HelpEntry;
import oriel.app.console.HostFiles;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.driver.Launch;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.MinidumpWriter;
import oriel.engine.session.DebugSession;
import oriel.engine.session.ExceptionRules;
import oriel.engine.session.Stop;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;
import oriel.win32.ProcessEntry;
import oriel.win32.SystemSnapshot;

/** The commands about processes as a whole: beginning, ending, choosing them. */
final class ProcessCommands implements CommandGroup {
    /** DBG_CONTROL_C, which the system raises in a debugged program. */
    private static final int CONTROL_C = 0x40010005;

    /** How long Ctrl-C may have to wait while processes end. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SessionTarget target;
    private final DebugSession session;
    private final ConsoleContext context;
    private final Page page;
    private Optional<CommandConsole> console = Optional.empty();
    private Optional<Launch> launched = Optional.empty();
    private Optional<Long> attached = Optional.empty();
    private boolean follows;

    ProcessCommands(SessionTarget target, ConsoleContext context) {
        this.target = target;
        this.session = target.session();
        this.context = context;
        this.page = context.page();
    }

    /** Where new processes are shown. */
    void showIn(CommandConsole wanted) {
        console = Optional.of(wanted);
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "|, |N, |Ns, processlist, pl", "processes that are debugged; turn to one"),
                new HelpEntry(".tlist [PATTERN]", "processes that run"),
                new HelpEntry(
                        ".create COMMAND LINE, console, windowed", "debug another program, too"),
                new HelpEntry(".attach ID|NAME, attach", "debug a process that runs"),
                new HelpEntry(
                        ".detach, .kill [*|ID...], detach, kill", "let go of processes; end them"),
                new HelpEntry(".restart", "end the program and start it anew"),
                new HelpEntry(
                        ".childdbg 0|1", "whether programs debugged from now on bring children"),
                new HelpEntry(".dump [/m|/ma] FILE", "write a minidump; /ma with all memory"),
                new HelpEntry(
                        "break, refresh",
                        "stop what runs; processes stand while commands are read"),
                new HelpEntry("modload FILE", "have the process load a library when it goes on"));
    }

    @Override
    public boolean run(CommandLine command) throws IOException {
        String rest = command.rest();
        switch (command.name()) {
            case "|", "processlist", "pl" -> list();
            case ".tlist" -> running(rest);
            case ".create", "console", "windowed" -> create(command.name(), rest);
            case ".attach", "attach" -> words(rest).forEach(this::attach);
            case ".detach", "detach", ".abandon" -> ids(rest).forEach(this::detach);
            case ".kill", "kill" -> kill(ids(rest));
            case ".restart" -> restart();
            case ".childdbg" -> children(rest);
            case ".dump" -> dump(rest);
            case "break" -> page.line("the processes stand already");
            case "refresh" -> context.reset();
            case "modload" -> LibraryLoad.begin(target, context, rest);
            default -> {
                if (!command.name().startsWith("|") || command.name().startsWith("||")) {
                    return false;
                }
                turn(command.name().substring(1) + command.rest());
            }
        }
        return true;
    }

    private static List<String> words(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException("which process?");
        }
        return new CommandLine("", rest).words();
    }

    // --- choosing -----------------------------------------------------------------------------

    private void list() {
        long here = target.now().map(Stop::processId).orElse(-1L);
        List<Long> ids = session.processIds();
        for (int i = 0; i < ids.size(); i++) {
            long id = ids.get(i);
            page.text(id == here ? "." : " ").rightTo(4, Integer.toString(i));
            page.text("  id: ").hex(id, 1).text(" (").number(id).text(")  ");
            image(id).ifPresent(m -> page.styled(Style.NAME, m.path()));
            page.end();
        }
        if (ids.isEmpty()) {
            page.line("nothing is debugged");
        }
    }

    private Optional<LoadedModule> image(long id) {
        Optional<Stop> now = target.now();
        return now.flatMap(stop -> stop.from(new ThreadRef(id, 0)).modules().stream().findFirst());
    }

    private void running(String pattern) {
        SystemSnapshot all = SystemSnapshot.take();
        List<ProcessEntry> chosen = pattern.isEmpty() ? all.processes() : all.named(pattern);
        for (ProcessEntry each : chosen) {
            page.text(" 0n").number(each.processId()).to(10);
            page.styled(Style.NAME, each.name()).end();
        }
    }

    /** A process by its position in the list, or by its id. */
    private void turn(String text) {
        String which = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        long number = id(which.strip());
        List<Long> ids = session.processIds();
        long id = number >= 0 && number < ids.size() ? ids.get((int) number) : number;
        if (!ids.contains(id)) {
            throw new ConsoleException("process " + which + " is not debugged");
        }
        if (!text.endsWith("s")) {
            image(id).ifPresent(m -> page.line(id + "  " + m.path()));
            return;
        }
        Stop stop = target.stop().from(new ThreadRef(id, 0));
        stop.threads().stream().findFirst().ifPresent(t -> session.select(t.ref()));
        context.reset();
    }

    private static long id(String text) {
        try {
            return Long.decode(text.startsWith("0n") ? text.substring(2) : text);
        } catch (NumberFormatException e) {
            throw new ConsoleException("'" + text + "' is not the id of a process");
        }
    }

    /** Those that are named; all for *, the current one for nothing. */
    private List<Long> ids(String rest) {
        if (rest.isEmpty()) {
            return List.of(target.stop().processId());
        }
        if (rest.equals("*")) {
            return session.processIds();
        }
        var found = new ArrayList<Long>();
        words(rest).forEach(word -> found.add(id(word)));
        return found;
    }

    // --- beginning and ending -------------------------------------------------------------------

    /** Starts a program. */
    Stop start(Launch launch) {
        if (launched.isEmpty() && !launch.newConsole()) {
            // Ctrl-C reaches the program, too. What it does here is told by the console alone.
            session.exceptions()
                    .stop(CONTROL_C, ExceptionRules.StopAt.NEVER)
                    .handle(CONTROL_C, true);
        }
        launched = Optional.of(launch);
        attached = Optional.empty();
        follows = launch.follow();
        return context.letRun(() -> session.start(launch));
    }

    /** Attaches to a process. */
    Stop attach(long processId) {
        attached = Optional.of(processId);
        launched = Optional.empty();
        return context.letRun(() -> session.attach(processId));
    }

    private void shown(Stop stop) {
        Halt halt = target.halt(Optional.of(stop));
        console.ifPresent(c -> c.show(halt));
    }

    private void create(String how, String commandLine) {
        if (commandLine.isEmpty()) {
            throw new ConsoleException(how + " COMMAND LINE");
        }
        Launch launch = Launch.ofCommandLine(commandLine);
        launch = follows ? launch.following() : launch;
        launch =
                how.equals(".create")
                        ? launch
                        : how.equals("console") ? launch.inNewConsole() : launch;
        shown(start(launch));
    }

    private void attach(String who) {
        long id;
        try {
            id = Long.decode(who.startsWith("0n") ? who.substring(2) : who);
        } catch (NumberFormatException e) {
            List<ProcessEntry> found = SystemSnapshot.take().named(who);
            if (found.size() != 1) {
                throw new ConsoleException(
                        (found.isEmpty()
                                        ? "no process is called "
                                        : "several processes are called ")
                                + who);
            }
            id = found.get(0).processId();
        }
        shown(attach(id));
    }

    /** A person is asked first, a script is not. */
    private void kill(List<Long> ids) throws IOException {
        String who = ids.size() == 1 ? "process " + ids.get(0) : ids.size() + " processes";
        if (context.confirms("end " + who + "? (y/n) ")) {
            ids.forEach(session::kill);
        } else {
            page.line("nothing was ended");
        }
    }

    private void detach(long id) {
        target.thaw();
        session.detach(id);
        context.reset();
        page.text("detached from process ").number(id).end();
    }

    /** Ends everything and starts the program once more, or attaches once more. */
    private void restart() {
        if (launched.isEmpty() && attached.isEmpty()) {
            throw new ConsoleException("nothing was started from here");
        }
        if (attached.isPresent()) {
            long id = attached.get();
            if (session.processIds().contains(id)) {
                session.detach(id);
            }
            shown(attach(id));
            return;
        }
        session.processIds().forEach(session::kill);
        // Until nothing is debugged any more; other things may happen before. One that is slow
        // to end cannot be interrupted: no thread can be made in it any more.
        while (!session.processIds().isEmpty()) {
            context.check();
            context.letRun(() -> session.go(PATIENCE));
        }
        Launch launch = launched.orElseThrow();
        shown(start(follows && !launch.follow() ? launch.following() : launch));
    }

    private void children(String rest) {
        if (!rest.isEmpty()) {
            follows = new CommandArguments(context, rest).value() != 0;
            launched = launched.map(l -> follows ? l.following() : l.withoutChildren());
        }
        page.line(
                "Processes created by the programs that are started from now on will "
                        + (follows ? "" : "NOT ")
                        + "be debugged");
    }

    private void dump(String rest) throws IOException {
        var arguments = new CommandArguments(context, rest);
        DumpPlan plan = DumpPlan.NORMAL;
        while (arguments.next() == '/') {
            plan = arguments.word().startsWith("/ma") ? DumpPlan.FULL : plan;
        }
        String name = arguments.quoted().orElseGet(arguments::rest);
        if (name.isEmpty()) {
            throw new ConsoleException(".dump [/ma] FILE");
        }
        Path file = HostFiles.path(name);
        for (Diagnostic each : MinidumpWriter.write(target.stop(), plan, file, done -> {})) {
            page.styled(Style.WARN, each.toString()).end();
        }
        page.line("wrote " + name);
    }
}
