package oriel.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of debuggees/live that runs until the test ends. It lies on drive C:, because Wine
 * reports modules of other drives under names that cannot be opened.
 */
public final class Debuggee implements AutoCloseable {
    private final Process process;
    private final Map<String, Long> told = new HashMap<>();

    private Debuggee(Process process) {
        this.process = process;
    }

    /** Where a built program lies. */
    public static Path program(String name, String architecture) {
        String folder = System.getProperty("oriel.debuggees", "target/windows/debuggees");
        String extension = name.equals("probe") ? ".dll" : ".exe";
        return Path.of(folder, name + "-" + architecture + extension);
    }

    /** The same on drive C:. */
    public static Path onDriveC(String name, String architecture) {
        Path source = program(name, architecture);
        Path folder = Path.of("C:\\oriel");
        Path copy = folder.resolve(String.valueOf(source.getFileName()));
        try {
            Files.createDirectories(folder);
            if (!Files.exists(copy)
                    || !Files.getLastModifiedTime(copy).equals(Files.getLastModifiedTime(source))) {
                Files.copy(
                        source,
                        copy,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts live for x64 and waits until it is ready. */
    public static Debuggee start(String... arguments) {
        return start("x64", arguments);
    }

    /** Starts live and waits until it is ready. */
    public static Debuggee start32(String... arguments) {
        return start("x86", arguments);
    }

    private static Debuggee start(String architecture, String[] arguments) {
        var command = new ArrayList<String>();
        command.add(onDriveC("live", architecture).toString());
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var debuggee = new Debuggee(process);
            debuggee.readUntil("ready");
            return debuggee;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readUntil(String last) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            for (String part : line.split(" ")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    told.put(part.substring(0, equals), Long.decode(part.substring(equals + 1)));
                }
            }
            if (line.startsWith(last)) {
                return;
            }
        }
        throw new IOException("the program ended before it was ready");
    }

    /** Waits for one more line that begins so. */
    public void waitFor(String line) {
        try {
            readUntil(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number that the program told: {@code pid}, {@code text}, {@code counter} and so on. */
    public long told(String name) {
        Long value = told.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " was not told: " + told);
        }
        return value;
    }

    public long processId() {
        return told("pid");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Exit code, once it has ended. */
    public int exitCode() {
        try {
            if (!process.waitFor(240, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the program does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
