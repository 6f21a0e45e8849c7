package oriel.app;

import oriel.app.cli.CommandLineTool;
import oriel.app.cli.Console;

/** Where the JVM begins. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        int code = new CommandLineTool(console).run(args);
        console.flush();
        // halt, not exit: nothing of ours waits for a shutdown hook, except the archive of classes
        // that a training run leaves behind.
        if (console.isTrainingRun()) {
            System.exit(code);
        }
        Runtime.getRuntime().halt(code);
    }
}
