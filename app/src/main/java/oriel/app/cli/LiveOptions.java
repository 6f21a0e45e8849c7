package oriel.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What the commands that look into and change running processes have in common. */
final class LiveOptions {
    /** Option of commands with results that a program may want to read. */
    static final Option JSON = Option.flag("--json", "Print JSON.");

    /** Option of commands that destroy something. */
    static final Option YES = Option.flag("--yes", "Do not ask first.").withShortName("-y");

    private LiveOptions() {}

    /**
     * Asks before something is destroyed, unless {@code --yes} was given.
     *
     * @throws UsageException when the answer is not yes
     */
    static void confirm(String question, Arguments given, Console console) throws IOException {
        if (given.has(YES.name())) {
            return;
        }
        console.out().flush();
        console.err().print(question + " [y/N] ");
        console.err().flush();
        Optional<String> answer = line();
        if (answer.isEmpty()) {
            console.err().println();
        }
        String said = answer.orElse("").strip().toLowerCase(Locale.ROOT);
        if (!said.equals("y") && !said.equals("yes")) {
            throw new UsageException("nothing was changed (--yes does not ask)");
        }
    }

    /** One line of standard input, byte by byte: asking a pipe of Wine for what is there fails. */
    private static Optional<String> line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var in = new FileInputStream(FileDescriptor.in);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return bytes.size() == 0
                        ? Optional.empty()
                        : Optional.of(bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(b);
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
