package oriel.app.cli;

import java.io.IOException;

/** One subcommand. */
interface Command {
    /** What it accepts. */
    Syntax syntax();

    /**
     * Does the work.
     *
     * @return one of {@link ExitCode}
     * @throws IOException when the input cannot be read; the message names the file
     * @throws UsageException when arguments make no sense together
     */
    int run(Arguments given, Console console) throws IOException;
}
