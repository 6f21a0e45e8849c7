package oriel.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the usual commands on the sample dumps, so that the archive the launcher keeps holds the
 * classes that a real run needs. Results are thrown away.
 */
final class Training {
    private Training() {}

    /** Runs over every dump of a folder, or over nothing when the folder is missing. */
    static int run(Path samples) throws IOException {
        var sink = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        var tool = new CommandLineTool(new Console(sink, sink, false, false, Map.of()));
        tool.run("info", samples.toString());
        for (Path dump : dumps(samples)) {
            tool.run("info", dump.toString());
        }
        return ExitCode.FOUND;
    }

    private static List<Path> dumps(Path samples) throws IOException {
        if (!Files.isDirectory(samples)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(samples)) {
            return files.filter(f -> f.toString().endsWith(".dmp")).sorted().toList();
        }
    }
}
