package oriel.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Runs command lines in one JVM: a line of arguments with tabs between them comes in; out go the
 * exit code, the lengths of both outputs, and the outputs. Also runs programs of a folder.
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
            String[] words = line.split("\t");
            int code =
                    words[0].equals("main")
                            ? program(words, console.out())
                            : new CommandLineTool(console).run(words);
            console.flush();
            String head = code + " " + out.size() + " " + err.size() + "\n";
            answers.write(head.getBytes(StandardCharsets.US_ASCII));
            out.writeTo(answers);
            err.writeTo(answers);
            answers.flush();
        }
    }

    /** Runs the main method of a class in a folder: {@code main FOLDER CLASS ARGUMENT...}. */
    private static int program(String[] words, PrintStream out) throws IOException {
        PrintStream before = System.out;
        System.setOut(out);
        try (var loader = new URLClassLoader(new URL[] {Path.of(words[1]).toUri().toURL()})) {
            String[] arguments = Arrays.copyOfRange(words, 3, words.length);
            loader.loadClass(words[2])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
            return 0;
        } catch (ReflectiveOperationException e) {
            e.printStackTrace(out);
            return 1;
        } finally {
            System.setOut(before);
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
