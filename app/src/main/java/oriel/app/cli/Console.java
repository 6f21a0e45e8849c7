package oriel.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command may see of the process it runs in: its two streams, what they are connected to,
 * and the environment. Tests make their own. For one thread, except where a command says otherwise.
 */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final Map<String, String> environment;

    /**
     * @param out where results go
     * @param err where messages and progress go
     * @param outIsTerminal whether a person looks at {@code out}
     * @param errIsTerminal whether a person looks at {@code err}
     * @param environment variables by name
     */
    public Console(
            PrintStream out,
            PrintStream err,
            boolean outIsTerminal,
            boolean errIsTerminal,
            Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.environment = environment;
    }

    /**
     * The console of this process. The launcher says in the property {@code oriel.terminal} which
     * streams are terminals, because asking the JDK costs the loading of a terminal library.
     */
    public static Console ofProcess() {
        String told = System.getProperty("oriel.terminal");
        boolean both = told == null && System.console() != null;
        return new Console(
                stream(FileDescriptor.out, 1 << 15),
                stream(FileDescriptor.err, 1 << 10),
                both || told != null && told.contains("out"),
                both || told != null && told.contains("err"),
                System.getenv());
    }

    private static PrintStream stream(FileDescriptor descriptor, int bufferSize) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), bufferSize),
                false,
                StandardCharsets.UTF_8);
    }

    /** Where results go. */
    public PrintStream out() {
        return out;
    }

    /** Where messages and progress go. */
    public PrintStream err() {
        return err;
    }

    /** Whether a person looks at {@link #out}. */
    boolean outIsTerminal() {
        return outIsTerminal;
    }

    /** Whether progress may be drawn over and over on {@link #err}. */
    public boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** A variable of the environment; empty text when it is not set. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /**
     * Whether colours are wanted when the user does not say: on a terminal that knows them, unless
     * NO_COLOR is set to anything.
     */
    public boolean wantsColor() {
        return outIsTerminal && variable("NO_COLOR").isEmpty() && !variable("TERM").equals("dumb");
    }

    /** Whether this run is made to record the classes that start-up needs. */
    public boolean isTrainingRun() {
        return Boolean.getBoolean("oriel.training");
    }

    /** Writes out what is buffered. */
    public void flush() {
        out.flush();
        err.flush();
    }
}
