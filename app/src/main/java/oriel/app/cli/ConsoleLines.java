package oriel.app.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import oriel.app.console.LineInput;
import oriel.app.console.RemoteLines;
import oriel.app.console.TerminalLines;

/** Where the commands of a console come from, and how it shows what comes of them. */
final class ConsoleLines {
    static final List<Option> OPTIONS =
            List.of(
                    Option.value("--exec", "COMMANDS", "Do commands, separated by ';'.")
                            .manyTimes(),
                    Option.value("--script", "FILE", "Do the commands in a file."),
                    Option.value(
                                    "--view",
                                    "WHAT",
                                    "At each stop show all (registers, code, stack, source), brief"
                                            + " (where it stands) or auto: all to a person.")
                            .oneOf("auto", "all", "brief"));

    private ConsoleLines() {}

    /** Whether a person is there, who can see what comes of a command before the next. */
    static boolean isPerson(Arguments given) {
        return !given.has("--exec") && !given.has("--script");
    }

    /** Whether all is shown at each stop. */
    static boolean isFull(Arguments given, Console console) {
        String view = given.value("--view", "auto");
        boolean watched = isPerson(given) && console.outIsTerminal();
        return view.equals("all") || view.equals("auto") && watched;
    }

    /** The lines, as the arguments say. */
    static LineInput open(Arguments given, Console console) throws IOException {
        if (given.has("--exec")) {
            return LineInput.of(new StringReader(String.join("\n", given.values("--exec"))));
        }
        if (given.has("--script")) {
            Path file = TargetInput.path(given.value("--script", ""));
            return LineInput.of(Files.newBufferedReader(file));
        }
        if (given.has("--info")) {
            return LineInput.of(Reader.nullReader());
        }
        // Wine cannot be asked what a pipe holds, as System.in would.
        var in = new FileInputStream(FileDescriptor.in);
        if (System.getProperty("oriel.lines", "").equals("remote")) {
            return new RemoteLines(in, console.out());
        }
        // The console of Wine drops ESC and prints the rest of what an editor of lines draws; the
        // launcher names the drive of this system's files when it goes on under Wine.
        boolean wine = !System.getProperty("oriel.drive", "").isEmpty();
        if (console.outIsTerminal() && !wine) {
            return new TerminalLines(Optional.of(history(console)));
        }
        boolean json = given.has("--json-events") || given.has("--json");
        // Windows does not say what a pipe holds while it is read.
        boolean tells = !System.getProperty("os.name", "").startsWith("Windows");
        return LineInput.piped(in, tells, json ? Optional.empty() : Optional.of(console.out()));
    }

    /** The file in which lines are kept for later. */
    static Path history(Console console) {
        String state = console.variable("XDG_STATE_HOME");
        String local = console.variable("LOCALAPPDATA");
        Path folder =
                !state.isEmpty()
                        ? Path.of(state, "oriel")
                        : !local.isEmpty()
                                ? Path.of(local, "oriel")
                                : Path.of(
                                        System.getProperty("user.home", "."),
                                        ".local",
                                        "state",
                                        "oriel");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            // Then there is no history.
        }
        return folder.resolve("history");
    }
}
