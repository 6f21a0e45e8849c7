package oriel.app.console;

import java.io.IOException;
import java.util.List;

/** Commands that belong together. */
public interface CommandGroup {
    /**
     * Does a command.
     *
     * @return whether it is one of these
     * @throws ConsoleException saying what is wrong with it
     * @throws oriel.engine.eval.EvalException when an expression makes no sense
     * @throws IOException when a file cannot be read or written
     */
    boolean run(CommandLine command) throws IOException;

    /** What each command does. */
    List<HelpEntry> help();
}
