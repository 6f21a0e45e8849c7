package oriel.app.debug;

import java.util.HashSet;
import java.util.Set;
import oriel.app.console.ConsoleException;
import oriel.driver.DriverException;
import oriel.model.ThreadRef;
import oriel.win32.WindowsProcess;
import oriel.win32.WindowsThread;

/** Threads that the user has frozen or suspended, so that only the others run. */
final class HeldThreads {
    private final Set<ThreadRef> frozen = new HashSet<>();

    /**
     * Freezes (f), unfreezes (u), suspends (n) or resumes (m) a thread.
     *
     * @return how often it is suspended now
     */
    int hold(ThreadRef thread, char how) {
        return switch (how) {
            case 'f' -> {
                if (!frozen.add(thread)) {
                    throw new ConsoleException("thread " + thread.threadId() + " is frozen");
                }
                yield change(thread, true);
            }
            case 'u' -> {
                if (!frozen.remove(thread)) {
                    throw new ConsoleException("thread " + thread.threadId() + " is not frozen");
                }
                yield change(thread, false);
            }
            case 'n' -> change(thread, true);
            default -> change(thread, false);
        };
    }

    /** Lets all frozen threads run. */
    void thaw() {
        for (ThreadRef each : frozen) {
            try {
                change(each, false);
            } catch (DriverException e) {
                // It has ended.
            }
        }
        frozen.clear();
    }

    private static int change(ThreadRef thread, boolean more) {
        try (WindowsProcess process = WindowsProcess.open(thread.processId());
                WindowsThread open = WindowsThread.open(process, thread.threadId())) {
            return more ? open.suspend() + 1 : Math.max(0, open.resume() - 1);
        }
    }
}
