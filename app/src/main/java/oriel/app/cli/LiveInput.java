package oriel.app.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.model.LoadedModule;
import oriel.win32.LiveTarget;

/** Running processes in the place of files: {@code --pid 42}, which is {@code pid:42} for FILE. */
final class LiveInput {
    /** How an operand begins that is no file. */
    static final String PREFIX = "pid:";

    /** Says which process to open instead of a file. */
    static final Option PID =
            Option.value(
                    "--pid",
                    "PROCESS",
                    "A running process instead of FILE, by id or name; held still meanwhile.");

    private LiveInput() {}

    /** Whether an operand names a process. */
    static boolean isMeant(String operand) {
        return operand.startsWith(PREFIX);
    }

    /**
     * The arguments with {@code --pid X} in the place of FILE, so that a command sees one operand
     * more.
     */
    static String[] asOperand(String[] args, Syntax syntax) {
        if (!takesProcess(syntax)) {
            return args;
        }
        for (int i = 1; i < args.length; i++) {
            boolean joined = args[i].startsWith("--pid=");
            if (args[i].equals("--")) {
                return args;
            }
            if (joined || args[i].equals("--pid") && i + 1 < args.length) {
                String which = joined ? args[i].substring("--pid=".length()) : args[i + 1];
                var rest = new ArrayList<>(Arrays.asList(args));
                rest.subList(i, joined ? i + 1 : i + 2).clear();
                rest.add(1, PREFIX + which);
                return rest.toArray(String[]::new);
            }
        }
        return args;
    }

    /** Not by {@code contains}: equality of records is made at run time, and this runs always. */
    private static boolean takesProcess(Syntax syntax) {
        for (Option option : syntax.options()) {
            if (option.name().equals(PID.name())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Holds a process.
     *
     * @throws IOException when this is no Windows
     * @throws oriel.driver.DriverException when it cannot be opened
     */
    static LiveTarget open(String operand, Arguments given) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        long processId = RunningProcesses.one(operand.substring(PREFIX.length())).processId();
        return hold(processId, given.has("--native"));
    }

    /** Holds a process; Ctrl-C lets it go. */
    static LiveTarget hold(long processId, boolean nativeSide) {
        LiveTarget target = LiveTarget.open(processId, nativeSide);
        Runtime.getRuntime().addShutdownHook(new Thread(target::close));
        return target;
    }

    /** Where images may lie: where the options say, and where the modules were loaded from. */
    static List<Path> images(LiveTarget target, Arguments given) {
        Set<Path> images =
                new LinkedHashSet<>(TargetInput.directories(given.values("--image-path")));
        for (LoadedModule module : target.modules()) {
            folder(module.path()).ifPresent(images::add);
        }
        return List.copyOf(images);
    }

    private static Optional<Path> folder(String path) {
        try {
            return Optional.ofNullable(Path.of(path).getParent());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
