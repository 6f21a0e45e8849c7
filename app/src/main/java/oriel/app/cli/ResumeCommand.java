package oriel.app.cli;

import java.io.IOException;
import oriel.win32.WindowsProcess;

/** {@code oriel resume}: lets go of processes that somebody holds. */
final class ResumeCommand implements Command {
    /** MAXIMUM_SUSPEND_COUNT of Windows. */
    private static final int MOST_TIMES = 127;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Lets processes go on that are held, by 'oriel suspend', by"
                                + " 'oriel spawn --suspended' or by a program that was killed"
                                + " meanwhile.",
                        "Undoes one suspension of each thread; with --all, every one. A program"
                                + " that still looks at the process counts on it being held.")
                .operand("PROCESS...", RunningProcesses.HELP)
                .option(Option.flag("--all", "However often they are held."))
                .option(LiveOptions.JSON)
                .examples("oriel resume 4242", "oriel resume 'worker-*' --all");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        boolean all = given.has("--all");
        return SuspendCommand.change(given, console, process -> resume(process, all));
    }

    /** Returns whether it is still held. */
    private static boolean resume(WindowsProcess process, boolean all) {
        process.resume();
        boolean held = process.isHeld(process.threads());
        for (int i = 1; all && held && i < MOST_TIMES; i++) {
            process.resume();
            held = process.isHeld(process.threads());
        }
        return held;
    }
}
