package oriel.win32;

import java.util.ArrayList;
import java.util.List;
import oriel.driver.DriverException;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Ntdll;

/**
 * All threads of a process held still, until closed. Held one by one where the system cannot hold
 * the process as a whole; threads that start meanwhile are held too then.
 */
public final class Suspension implements AutoCloseable {
    private static final int SUSPEND_RESUME = 0x0002;
    private static final int MOST_ROUNDS = 16;

    private final long process;

    /** Handles of threads held one by one; empty when the process is held as a whole. */
    private final List<Long> threads;

    private boolean closed;

    private Suspension(long process, List<Long> threads) {
        this.process = process;
        this.threads = threads;
    }

    static Suspension of(WindowsProcess process) {
        int status = Ntdll.NtSuspendProcess(process.handle());
        if (status >= 0) {
            return new Suspension(process.handle(), List.of());
        }
        var held = new Suspension(process.handle(), new ArrayList<>());
        try {
            held.holdThreads(process);
        } catch (DriverException e) {
            held.close();
            throw e;
        }
        if (held.threads.isEmpty()) {
            throw Failures.status("NtSuspendProcess " + process.processId(), status);
        }
        return held;
    }

    private void holdThreads(WindowsProcess process) {
        var known = new ArrayList<Long>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean any = false;
            for (ThreadEntry entry : process.threads()) {
                if (known.contains(entry.threadId())) {
                    continue;
                }
                known.add(entry.threadId());
                any = true;
                long thread = Kernel32.OpenThread(SUSPEND_RESUME, false, (int) entry.threadId());
                if (thread == 0) {
                    // It ended between listing and opening.
                    continue;
                }
                if (Kernel32.SuspendThread(thread) == -1) {
                    Kernel32.CloseHandle(thread);
                } else {
                    threads.add(thread);
                }
            }
            if (!any) {
                return;
            }
        }
    }

    /** Leaves them held, until somebody else lets them go ({@link WindowsProcess#resume}). */
    public synchronized void leave() {
        if (!closed) {
            closed = true;
            threads.forEach(Kernel32::CloseHandle);
        }
    }

    /** Lets them go. Safe for any thread, and more than once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (threads.isEmpty()) {
            // The process may have been killed meanwhile: nothing is left to resume then.
            Ntdll.NtResumeProcess(process);
        }
        for (long thread : threads) {
            Kernel32.ResumeThread(thread);
            Kernel32.CloseHandle(thread);
        }
    }
}
