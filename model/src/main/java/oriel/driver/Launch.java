package oriel.driver;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A program to be started under a debugger.
 *
 * @param command the program and its arguments; one element that holds blanks and quotes is taken
 *     as a whole command line when {@code raw}
 * @param raw whether the only element of the command is a whole command line
 * @param folder current directory; empty for the debugger's
 * @param output file that gets what the program prints; empty for where the debugger prints
 * @param follow whether processes that it starts are debugged too
 * @param newConsole whether it gets a console of its own
 * @param parent id of the process that it has for its parent; empty for the debugger
 */
public record Launch(
        List<String> command,
        boolean raw,
        Optional<String> folder,
        Optional<String> output,
        boolean follow,
        boolean newConsole,
        OptionalLong parent) {
    /** Copies the command. */
    public Launch {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no program is named");
        }
    }

    /** A program and its arguments. */
    public static Launch of(List<String> command) {
        return new Launch(
                command,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                OptionalLong.empty());
    }

    /** A program and its arguments. */
    public static Launch of(String... command) {
        return of(List.of(command));
    }

    /** A command line, quoted as the caller likes. */
    public static Launch ofCommandLine(String line) {
        return new Launch(
                List.of(line),
                true,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                OptionalLong.empty());
    }

    /** This, in another current directory. */
    public Launch in(String path) {
        return new Launch(command, raw, Optional.of(path), output, follow, newConsole, parent);
    }

    /** This, with its output in a file. */
    public Launch outputTo(String file) {
        return new Launch(command, raw, folder, Optional.of(file), follow, newConsole, parent);
    }

    /** This, with the processes that it starts. */
    public Launch following() {
        return new Launch(command, raw, folder, output, true, newConsole, parent);
    }

    /** This, without the processes that it starts. */
    public Launch withoutChildren() {
        return new Launch(command, raw, folder, output, false, newConsole, parent);
    }

    /** This, in a console of its own. */
    public Launch inNewConsole() {
        return new Launch(command, raw, folder, output, follow, true, parent);
    }

    /** This, with another process for its parent: programs that look for debuggers look there. */
    public Launch childOf(long processId) {
        return new Launch(
                command, raw, folder, output, follow, newConsole, OptionalLong.of(processId));
    }
}
