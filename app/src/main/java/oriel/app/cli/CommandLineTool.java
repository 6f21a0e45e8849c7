package oriel.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.bytes.FormatException;
import oriel.driver.DriverException;
import oriel.engine.eval.EvalException;

/**
 * The program as a function of its arguments. Nothing but the command that was asked for is made,
 * and picocli is loaded only when the arguments are not plainly right: start-up is most of the time
 * that a small dump takes.
 */
public final class CommandLineTool {
    private final Console console;

    /**
     * @param console the process the program runs in
     */
    public CommandLineTool(Console console) {
        this.console = console;
    }

    /**
     * Runs a command line. Never throws: whatever goes wrong is said on the error stream.
     *
     * @return one of {@link ExitCode}
     */
    public int run(String... args) {
        int code = runAndExplain(args);
        console.flush();
        return code;
    }

    private int runAndExplain(String[] args) {
        try {
            return dispatch(args);
        } catch (UsageException | EvalException e) {
            console.err().println("oriel: " + e.getMessage());
            console.err().println("Try 'oriel help " + args[0] + "'.");
            return ExitCode.USAGE;
        } catch (FormatException e) {
            return unreadable(e.getMessage());
        } catch (DriverException e) {
            return unreadable(e.getMessage());
        } catch (NoSuchFileException e) {
            return unreadable(e.getFile() + ": no such file");
        } catch (AccessDeniedException e) {
            return unreadable(e.getFile() + ": permission denied");
        } catch (IOException e) {
            return unreadable(e.getMessage());
        } catch (OutOfMemoryError e) {
            return unreadable("not enough memory: give the JVM more by JAVA_TOOL_OPTIONS=-Xmx4g");
        } catch (RuntimeException | InternalError | StackOverflowError e) {
            return broken(e);
        }
    }

    private int dispatch(String[] args) throws IOException {
        String first = args.length == 0 ? "" : args[0];
        switch (first) {
            case "":
                console.err().print(Help.ofAll(false));
                return ExitCode.USAGE;
            case "-h", "--help":
                console.out().print(Help.ofAll(console.wantsColor()));
                return ExitCode.FOUND;
            case "-V", "--version":
                console.out().println("oriel " + version());
                return ExitCode.FOUND;
            case "help":
                return help(args);
            default:
                break;
        }
        if (first.equals("train") && args.length > 1 && console.isTrainingRun()) {
            return Training.run(Path.of(args[1]), args.length > 2 ? args[2] : "");
        }
        Command command = CommandTable.find(first);
        if (command == null) {
            return unknown(first);
        }
        String[] words = LiveInput.asOperand(args, command.syntax());
        Optional<Arguments> given = new QuickParser(command.syntax()).parse(words);
        if (given.isEmpty()) {
            String[] own = Arrays.copyOfRange(words, 1, words.length);
            if (Arrays.asList(own).contains("--help") || Arrays.asList(own).contains("-h")) {
                console.out().print(Help.of(first, command, console.wantsColor()));
                return ExitCode.FOUND;
            }
            given = Optional.of(Help.parse(first, command, own));
        }
        given.get().environment(console::variable);
        return command.run(given.get(), console);
    }

    private int help(String[] args) {
        if (args.length == 1) {
            console.out().print(Help.ofAll(console.wantsColor()));
            return ExitCode.FOUND;
        }
        Command command = CommandTable.find(args[1]);
        if (command == null) {
            return unknown(args[1]);
        }
        console.out().print(Help.of(args[1], command, console.wantsColor()));
        return ExitCode.FOUND;
    }

    private int unknown(String name) {
        PrintStream err = console.err();
        err.println("oriel: '" + name + "' is not a command; 'oriel --help' lists them");
        String close = CommandTable.closest(name);
        if (!close.isEmpty()) {
            err.println("Did you mean '" + close + "'?");
        }
        return ExitCode.USAGE;
    }

    private int unreadable(@Nullable String message) {
        console.out().flush();
        console.err().println("oriel: " + message);
        return ExitCode.UNREADABLE;
    }

    private int broken(Throwable e) {
        console.out().flush();
        PrintStream err = console.err();
        err.println("oriel: internal error: " + e);
        if (console.variable("ORIEL_DEBUG").isEmpty()) {
            err.println(
                    "Set ORIEL_DEBUG=1 to see where; please report it, with the file if you can.");
        } else {
            e.printStackTrace(err);
        }
        return ExitCode.UNREADABLE;
    }

    /** The version of the jar, or {@code development} when the classes are not in one. */
    private static String version() {
        String version = CommandLineTool.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
