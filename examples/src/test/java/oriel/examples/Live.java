package oriel.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.testkit.Debuggee;
import oriel.win32.WindowsDriver;

/** A session on a program of debuggees/live, run.c unless said otherwise, and what that prints. */
final class Live implements AutoCloseable {
    private final String program;
    private final String architecture;
    private final Path output;
    private final DebugSession session = DebugSession.open(WindowsDriver::new);

    Live(String architecture) {
        this("run", architecture);
    }

    Live(String program, String architecture) {
        this.program = program;
        this.architecture = architecture;
        try {
            Debuggee.onDriveC("probe", architecture);
            output = Files.createTempFile(Path.of("C:\\oriel"), "run", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DebugSession session() {
        return session;
    }

    /** Label of the program's module. */
    String module() {
        return program + "-" + architecture;
    }

    /** A place in the program. */
    String at(String function) {
        return module() + "!" + function;
    }

    Launch launch(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Debuggee.onDriveC(program, architecture).toString());
        command.addAll(List.of(arguments));
        return Launch.of(command).outputTo(output.toString());
    }

    Stop start(String... arguments) {
        return session.start(launch(arguments));
    }

    /**
     * Waits for what {@code run wait} prints: a program that still starts stops by itself when a
     * debugger attaches to it.
     */
    void awaitReady() {
        while (!printed().startsWith("ready")) {
            Thread.onSpinWait();
        }
    }

    /** The file that has what the program prints. */
    Path output() {
        return output;
    }

    /** What the program has printed. */
    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.close();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            // Still open in a program that is going; the folder is temporary.
            output.toFile().deleteOnExit();
        }
    }
}
