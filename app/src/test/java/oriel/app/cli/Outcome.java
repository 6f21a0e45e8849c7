package oriel.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import oriel.testkit.Corpus;

/** What a command line did. */
record Outcome(int code, String out, String err) {
    /** Runs a command line as a user without a terminal. */
    static Outcome of(String... args) {
        return of(Map.of(), args);
    }

    /** Runs a command line with an environment. */
    static Outcome of(Map<String, String> environment, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code =
                new CommandLineTool(
                                new Console(stream(out), stream(err), false, false, environment))
                        .run(args);
        return new Outcome(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A sample dump of the repository. */
    static String example(String name) {
        Path file = Corpus.projectRoot().resolve("examples").resolve(name);
        return file.toString();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
}
