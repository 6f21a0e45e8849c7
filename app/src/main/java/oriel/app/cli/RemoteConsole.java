package oriel.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.app.console.LineInput;
import oriel.app.console.TerminalLines;
import oriel.app.console.TerminalOwner;

/**
 * A console under Wine for a person on this system: the console of Wine cannot edit lines and gets
 * no Ctrl-C, so this JVM owns the terminal and the other one is on two pipes. The launcher says by
 * the property {@code oriel.remote} how it was called.
 */
final class RemoteConsole {
    private RemoteConsole() {}

    /** Whether the console runs elsewhere. */
    static boolean isMeant(Arguments given, Console console) {
        return !System.getProperty("oriel.remote", "").isEmpty()
                && ConsoleLines.isPerson(given)
                && console.outIsTerminal();
    }

    /** Serves it until it ends. */
    static int run(Console console) throws IOException {
        // The arguments as the launcher got them, each ended by a line feed.
        List<String> given = List.of(System.getProperty("oriel.remote", "").split("\n"));
        var command = new ArrayList<String>();
        if (isInstalled("setsid")) {
            // In a session of its own it does not get the terminal's Ctrl-C, which is passed on.
            command.add("setsid");
        }
        command.addAll(given);
        var builder = new ProcessBuilder(command);
        builder.environment().put("ORIEL_LINES", "remote");
        try (LineInput lines = new TerminalLines(Optional.of(ConsoleLines.history(console)))) {
            return new TerminalOwner(lines, console.out()).serve(builder);
        }
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
