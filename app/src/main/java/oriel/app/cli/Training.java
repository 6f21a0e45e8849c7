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
import oriel.bytes.Bytes;

/**
 * Runs the usual commands on the sample dumps, so that the archive the launcher keeps holds the
 * classes that a real run needs. Results are thrown away.
 */
final class Training {
    private Training() {}

    /**
     * Runs over every dump of a folder, or over nothing when the folder is missing.
     *
     * @param only the command whose classes alone are wanted: {@code symbols}; empty for all
     */
    static int run(Path samples, String only) throws IOException {
        var sink = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        var tool = new CommandLineTool(new Console(sink, sink, false, false, Map.of()));
        if (only.equals("symbols")) {
            lookUp(tool, samples);
            map();
            return ExitCode.FOUND;
        }
        List<Path> dumps = dumps(samples);
        for (Path dump : dumps) {
            String file = dump.toString();
            tool.run("analyze", file);
            tool.run("info", file);
            tool.run("threads", file);
        }
        if (!dumps.isEmpty()) {
            String file = dumps.get(0).toString();
            tool.run("analyze", "--json", file);
            lookUp(tool, samples);
            map();
            tool.run("analyze", samples.toString());
            tool.run("modules", file);
            tool.run("stack", file);
            tool.run("memory", file);
            tool.run("streams", file);
            tool.run("read", file, "rsp", "--as", "pointers");
            tool.run("disassemble", file);
            tool.run("search", file, "--text", "training", "--regex", "train");
        }
        return ExitCode.FOUND;
    }

    private static void lookUp(CommandLineTool tool, Path samples) {
        String pdb = samples.resolve("crash-x64.pdb").toString();
        tool.run("symbols", "lookup", pdb, "0x1164", "0x10c4", "start");
        tool.run("symbols", "lookup", samples.resolve("crash-x64.exe").toString(), "0x1164");
    }

    /** The samples are so small that they are read; real files are mapped, by other classes. */
    private static void map() throws IOException {
        Path file = Files.createTempFile("oriel", ".training");
        try {
            Files.write(file, new byte[2 << 20]);
            Bytes.open(file).u8(0);
        } finally {
            // Where a mapped file cannot be deleted, it is when the process ends.
            file.toFile().deleteOnExit();
        }
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
