package oriel.app;

import oriel.app.cli.CommandLineTool;
import oriel.app.cli.Console;

/** Where the JVM begins. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        if (Boolean.getBoolean("oriel.blanks")) {
            takeBlanksOff(args);
        }
        int code = new CommandLineTool(console).run(args);
        console.flush();
        // halt, not exit: nothing of ours waits for a shutdown hook, except the archive of classes
        // that a training run leaves behind.
        if (console.isTrainingRun()) {
            System.exit(code);
        }
        Runtime.getRuntime().halt(code);
    }

    /** The launcher adds a blank to arguments with wildcards, so that the JVM leaves them alone. */
    private static void takeBlanksOff(String[] args) {
        for (int i = 0; i < args.length; i++) {
            boolean wild = args[i].indexOf('*') >= 0 || args[i].indexOf('?') >= 0;
            if (wild && args[i].endsWith(" ")) {
                args[i] = args[i].substring(0, args[i].length() - 1);
            }
        }
    }
}
