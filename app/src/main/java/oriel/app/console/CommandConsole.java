package oriel.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.driver.DriverException;
import oriel.engine.eval.EvalException;
import oriel.kd.KdException;
import oriel.model.MemoryReadException;

/**
 * A console: reads commands, does them, shows what comes of it. The commands are the same for all
 * targets; a target may have more. For one thread, except what is done on Ctrl-C.
 */
public final class CommandConsole {
    private static final int DEEPEST = 32;
    private static final int HELP_WORDS = 46;
    private static final int MOST_ROUNDS = 1_000_000;

    /** Letters of a word that is cut short. */
    private static final int SHORTEST = 3;

    private final ConsoleContext context;
    private final ConsoleOutput output;
    private final Page page;
    private final List<CommandGroup> groups = new ArrayList<>();
    private final RunCommands runs;
    private final BreakpointCommands breakpoints;
    private final StopView view;
    private final Aliases aliases = new Aliases();
    private boolean over;
    private boolean failed;
    private boolean person;
    private int depth;
    private int rounds;
    private String last = "";

    /**
     * @param context what the commands share
     * @param output where it prints
     * @param full whether all is shown at each stop, and not only where the target stands
     */
    public CommandConsole(ConsoleContext context, ConsoleOutput output, boolean full) {
        this.context = context;
        this.output = output;
        this.page = context.page();
        var sources = new SourceText();
        var code = new CodeCommands(context, sources);
        var registers = new RegisterCommands(context, code);
        this.breakpoints = new BreakpointCommands(context);
        this.view = new StopView(context, code, sources, full);
        this.runs = new RunCommands(context, view);
        groups.add(runs);
        groups.add(breakpoints);
        groups.add(new ThreadCommands(context, breakpoints, code, this::nested));
        groups.add(registers);
        groups.add(new MemoryCommands(context));
        groups.add(new EnterCommands(context));
        groups.add(new SearchCommands(context));
        groups.add(new CodeSearchCommands(context, code));
        groups.add(code);
        groups.add(new StackCommands(context, code));
        groups.add(new ModuleCommands(context));
        groups.add(new SymbolCommands(context));
        groups.add(new ExpressionCommands(context, registers));
        groups.add(new ExtensionCommands(context));
        groups.add(new PythonCommands(context));
        groups.add(new FlowCommands(context, this::nested, this::captured));
        groups.add(new AliasCommands(context, aliases));
        groups.add(new SystemCommands(context));
        groups.add(new CallWatch(context, view));
        groups.add(view);
        groups.add(new OwnCommands());
    }

    /** Adds commands that this kind of target has besides; they come first. */
    public CommandConsole with(CommandGroup group) {
        groups.add(0, group);
        return this;
    }

    /** Shows where the target stands. */
    public void show(Halt halt) {
        context.reset();
        view.write(halt);
        output.flush();
    }

    /** Ends the console after the current command. */
    public void end() {
        over = true;
    }

    /**
     * Does commands until there are no more or one ends the console.
     *
     * @param person whether an empty line repeats the last command
     * @return whether all could be done
     */
    public boolean run(LineInput lines, boolean person) throws IOException {
        lines.onInterrupt(context::abandon, context::forget);
        if (person && lines.answers()) {
            context.asks(lines);
        }
        lines.complete(new Completion(context, this::help)::candidates);
        while (!over) {
            output.flush();
            Optional<String> line = lines.next(context.on().prompt());
            if (line.isEmpty()) {
                break;
            }
            run(line.get(), person);
        }
        output.flush();
        return !failed;
    }

    /** Does the commands of one line. */
    public void run(String line, boolean person) throws IOException {
        String wanted = line.isBlank() && person ? last : line;
        last = wanted;
        this.person = person;
        context.begin();
        output.journal(context.on().prompt() + wanted);
        String meant;
        try {
            meant = aliases.applied(wanted);
        } catch (ConsoleException e) {
            output.complain(String.valueOf(e.getMessage()));
            failed = true;
            return;
        }
        line(meant, true);
    }

    /** Does one command for another one that leads to it. */
    public void run(CommandLine command) {
        runs.run(command);
    }

    /** What is done for another command: conditions, breakpoints, threads. */
    private boolean nested(String commands) throws IOException {
        int before = context.moves();
        if (++depth > DEEPEST) {
            depth--;
            throw new ConsoleException("commands within commands more than " + DEEPEST + " deep");
        }
        try {
            List<CommandLine> all = CommandLine.parse(commands);
            for (int i = 0; i < all.size() && !over; i++) {
                context.check();
                if (all.get(i).name().equals("z")) {
                    i = again(all.get(i)) ? -1 : i;
                } else {
                    command(all.get(i));
                }
            }
        } finally {
            depth--;
        }
        context.check();
        return !over && context.on().isStopped() && before <= context.moves();
    }

    /** Whether what stands before z is to be done again. */
    private boolean again(CommandLine command) {
        if (++rounds > MOST_ROUNDS) {
            throw new ConsoleException("more than " + MOST_ROUNDS + " rounds");
        }
        return !over && context.on().isStopped() && context.expressions().holds(command.rest());
    }

    /** What a task prints. */
    private String captured(ConsoleTarget.Task task) throws IOException {
        return output.captured(task);
    }

    /** Does a line; what is wrong with a command is said, and ends it. */
    private void line(String line, boolean outermost) {
        List<CommandLine> all = CommandLine.parse(line);
        rounds = 0;
        for (int i = 0; i < all.size(); i++) {
            CommandLine command = all.get(i);
            boolean ok = command.name().equals("z") || attempt(command);
            if (command.name().equals("z")) {
                try {
                    i = again(command) ? -1 : i;
                } catch (ConsoleException | EvalException e) {
                    output.complain(String.valueOf(e.getMessage()));
                    ok = false;
                }
            }
            if (outermost) {
                output.end(command.toString(), ok);
            }
            failed |= !ok;
            if (over || !ok && depth > 0) {
                return;
            }
        }
    }

    private boolean attempt(CommandLine command) {
        try {
            command(command);
            return true;
        } catch (ConsoleException
                | EvalException
                | DriverException
                | KdException
                | MemoryReadException
                | IOException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException e) {
            output.complain(e.getMessage() == null ? e.toString() : e.getMessage());
            over |= !person && context.on().isLost();
            return false;
        }
    }

    private void command(CommandLine command) throws IOException {
        one(command);
        afterMotion();
        if (output.isJson()) {
            CommandFacts.of(command.name(), context).ifPresent(output::fact);
        }
    }

    /** Commands of breakpoints that were hit are done at once, whatever led to them. */
    private void afterMotion() throws IOException {
        Optional<Halt> halt = runs.takeLast();
        var waiting = new ArrayDeque<>(commandsOf(halt));
        while (!waiting.isEmpty() && !over) {
            output.flush();
            boolean stays = halt.isPresent() && breakpoints.anyWithout(halt.get().breakpoints());
            for (CommandLine command : CommandLine.parse(waiting.poll())) {
                // Another breakpoint that was hit at the same time stops for the user.
                if (over || stays && RunCommands.letsRun(command)) {
                    break;
                }
                one(command);
                Optional<Halt> next = runs.takeLast();
                if (next.isPresent()) {
                    // It went on: what is left here is not for where it stands now.
                    halt = next;
                    waiting.clear();
                    waiting.addAll(commandsOf(next));
                    break;
                }
            }
        }
    }

    private List<String> commandsOf(Optional<Halt> halt) {
        var all = new ArrayList<String>();
        if (halt.isPresent()) {
            all.addAll(halt.get().commands());
            all.addAll(breakpoints.commandsOf(halt.get().breakpoints()));
        }
        return all;
    }

    private void one(CommandLine command) throws IOException {
        if (isDone(command)) {
            return;
        }
        Optional<String> whole = whole(command.name());
        if (whole.isPresent() && isDone(new CommandLine(whole.get(), command.rest()))) {
            return;
        }
        throw new ConsoleException(
                NotOffered.instead(command.name())
                        .map(words -> command.word() + " is not offered: " + words)
                        .orElse("'" + command.word() + "' is not a command; 'help' lists them"));
    }

    private boolean isDone(CommandLine command) throws IOException {
        for (CommandGroup group : groups) {
            if (group.run(command)) {
                return true;
            }
        }
        return false;
    }

    /** The name that is a word and begins so, when there is only one. */
    private Optional<String> whole(String name) {
        var found = new TreeSet<String>();
        for (HelpEntry entry : help()) {
            for (String each : entry.names()) {
                boolean word =
                        each.length() > SHORTEST && each.chars().allMatch(Character::isLetter);
                if (word && name.length() >= SHORTEST && each.startsWith(name)) {
                    found.add(each);
                }
            }
        }
        return found.size() == 1 ? Optional.of(found.first()) : Optional.empty();
    }

    /** What each command does. */
    List<HelpEntry> help() {
        var all = new ArrayList<HelpEntry>();
        groups.forEach(g -> all.addAll(g.help()));
        return all;
    }

    /** Commands about the console itself. */
    private final class OwnCommands implements CommandGroup {
        @Override
        public List<HelpEntry> help() {
            return List.of(
                    new HelpEntry("help [WORD], .help, .hh", "these lines; those with a word"),
                    new HelpEntry(
                            "$<FILE, $><FILE, $$>a<FILE ARGUMENTS",
                            "do the commands in a file; with blocks over lines; ${$arg1}"),
                    new HelpEntry(".shell COMMAND, shell, !!", "a command of the system"),
                    new HelpEntry(".cls", "clear the screen"),
                    new HelpEntry(".logopen FILE, .logappend FILE, .logclose", "keep a journal"),
                    new HelpEntry("q, qq, qd, quit", "leave"));
        }

        @Override
        public boolean run(CommandLine command) throws IOException {
            String rest = command.rest();
            switch (command.name()) {
                case "q", "qq", "qd", "quit" -> {
                    context.on().leave(command.name());
                    over = true;
                }
                case "help", ".help", ".hh", "h" -> helpAbout(rest);
                case "$<", "$><", "$$<", "$$><", "$$>a<" -> script(command.name(), rest);
                case ".shell", "!!", "shell" -> shell(rest);
                case ".cls" -> output.clear();
                case ".logopen" -> output.openJournal(HostFiles.path(name(rest)), false);
                case ".logappend" -> output.openJournal(HostFiles.path(name(rest)), true);
                case ".logclose" -> output.closeJournal();
                default -> {
                    return false;
                }
            }
            return true;
        }

        private String name(String rest) {
            if (rest.isEmpty()) {
                throw new ConsoleException("a file is missing");
            }
            return rest;
        }

        private void helpAbout(String word) {
            for (HelpEntry entry : CommandConsole.this.help()) {
                boolean wanted =
                        word.isEmpty()
                                || word.equals("*")
                                || entry.usage().contains(word)
                                || entry.words().contains(word);
                if (wanted) {
                    page.to(2).styled(Style.NAME, entry.usage());
                    if (entry.usage().length() >= HELP_WORDS - 1) {
                        page.end();
                    }
                    page.to(2 + HELP_WORDS).line(entry.words());
                }
            }
            if (word.isEmpty()) {
                page.line(
                        "Ctrl-C stops a target that runs. An empty line repeats the last command.");
            }
        }

        private void script(String sign, String rest) throws IOException {
            boolean arguments = sign.equals("$$>a<");
            List<String> words = new CommandLine("", rest).words();
            String file = arguments && !words.isEmpty() ? words.get(0) : name(rest);
            List<String> lines = Files.readAllLines(HostFiles.path(name(file)));
            // $< does line by line, $>< makes one line of all, in which blocks may span lines.
            for (String line : sign.contains("><") || arguments ? joined(lines) : lines) {
                String text = line;
                for (int i = 1; arguments && i < words.size(); i++) {
                    text = text.replace("${$arg" + i + "}", words.get(i));
                }
                nested(aliases.applied(text));
            }
        }

        /** One line of all: a new line separates commands where no block is open before it. */
        private static List<String> joined(List<String> lines) {
            var text = new StringBuilder();
            for (String each : lines) {
                String line = each.strip();
                if (line.isEmpty() || line.startsWith("*") || line.startsWith("$$ ")) {
                    continue;
                }
                boolean goesOn =
                        line.startsWith("{")
                                || line.startsWith("}")
                                || line.startsWith(".else")
                                || line.startsWith(".elsif")
                                || text.isEmpty()
                                || ";{".indexOf(text.charAt(text.length() - 1)) >= 0;
                text.append(goesOn ? " " : ";").append(line);
            }
            return List.of(text.toString());
        }

        private void shell(String commandLine) throws IOException {
            if (commandLine.isEmpty()) {
                throw new ConsoleException(".shell COMMAND");
            }
            boolean windows = System.getProperty("os.name", "").startsWith("Windows");
            Process process =
                    new ProcessBuilder(
                                    windows
                                            ? List.of("cmd.exe", "/c", commandLine)
                                            : List.of("/bin/sh", "-c", commandLine))
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            try (InputStream in = process.getInputStream()) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(page::line);
            }
        }
    }
}
