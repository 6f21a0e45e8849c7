package oriel.app.debug;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.app.console.CommandConsole;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.Halt;
import oriel.app.console.HelpEntry;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.model.ProcessInfo;
import oriel.model.Target;

/** The console of the debugger on a dump: the commands that look at something. */
public final class DumpConsole {
    private final ConsoleOutput output;
    private final DumpedTarget target;
    private final CommandConsole console;

    /**
     * @param dump what is looked at
     * @param symbols where symbols come from
     * @param output where it prints
     * @param full whether all is shown where the dump stands
     */
    public DumpConsole(Target dump, SymbolPlaces symbols, ConsoleOutput output, boolean full) {
        this.output = output;
        this.target = new DumpedTarget(dump, symbols);
        var context = new ConsoleContext(target, output.page());
        this.console =
                new CommandConsole(context, output, full)
                        .with(new RegionCommands(dump::handles, context))
                        .with(new OfProcesses(output.page()));
    }

    /** Shows where the dump stands, before the first command. */
    public void place() {
        target.lastEvent().forEach(line -> output.page().styled(Style.DIM, line).end());
        if (target.hasThread()) {
            console.show(Halt.of(Halt.Kind.STOPPED));
        } else {
            output.page().line(DumpedTarget.NO_THREADS);
        }
        output.end("open", true);
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

    /** Tells of the process of the dump, and that commands for processes that run make no sense. */
    private final class OfProcesses implements CommandGroup {
        private static final Set<String> OF_WHAT_RUNS =
                Set.of(
                        ".restart",
                        ".create",
                        "console",
                        "windowed",
                        ".attach",
                        "attach",
                        ".detach",
                        "detach",
                        ".abandon",
                        ".kill",
                        "kill",
                        ".childdbg",
                        ".dump",
                        "break",
                        "modload",
                        "sx",
                        "sxe",
                        "sxd",
                        "sxi",
                        "sxn",
                        "sxr",
                        "wt",
                        "bo");

        private final Page page;

        OfProcesses(Page page) {
            this.page = page;
        }

        @Override
        public List<HelpEntry> help() {
            return List.of(new HelpEntry("|, processlist, pl", "the process of the dump"));
        }

        @Override
        public boolean run(CommandLine command) {
            if (OF_WHAT_RUNS.contains(command.name())) {
                throw new ConsoleException(DumpedTarget.DOES_NOT_RUN);
            }
            if (!Set.of("|", "processlist", "pl").contains(command.name())) {
                return false;
            }
            ProcessInfo process = target.target().process();
            page.text(".   0");
            process.processId()
                    .ifPresent(
                            id -> page.text("  id: ").hex(id, 1).text(" (").number(id).text(")"));
            Optional<String> image =
                    target.target().modules().stream().findFirst().map(m -> m.path());
            image.ifPresent(path -> page.text("  ").styled(Style.NAME, path));
            page.end();
            return true;
        }
    }
}
