package oriel.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Runs command lines in one JVM: a line of arguments with tabs between them comes in; out go the
 * exit code, the lengths of both outputs, and the outputs.
 */
final class CommandServer {
    private CommandServer() {}

    public static void main(String[] args) throws IOException {
        InputStream in = new FileInputStream(FileDescriptor.in);
        var answers = new FileOutputStream(FileDescriptor.out);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            var console =
                    new Console(
                            new PrintStream(out, false, StandardCharsets.UTF_8),
                            new PrintStream(err, false, StandardCharsets.UTF_8),
                            false,
                            false,
                            Map.of());
            int code = new CommandLineTool(console).run(line.split("\t"));
            String head = code + " " + out.size() + " " + err.size() + "\n";
            answers.write(head.getBytes(StandardCharsets.US_ASCII));
            out.writeTo(answers);
            err.writeTo(answers);
            answers.flush();
        }
    }

    /** A line of input, read byte by byte: pipes of Wine cannot say how much is there. */
    static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
