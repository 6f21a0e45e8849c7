package oriel.win32;

import com.sun.jna.WString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import oriel.driver.DriverException;
import oriel.model.LoadedModule;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/**
 * Runs code in other processes by threads that begin there. The memory that a call needs is given
 * back when the thread has ended; when it does not end in time, the memory stays, because the
 * thread may still use it.
 */
public final class RemoteCode {
    private static final int CREATE_SUSPENDED = 4;
    private static final int TIMED_OUT = 258;

    private RemoteCode() {}

    /**
     * What a call gave.
     *
     * @param threadId the thread it ran on
     * @param result exit code of the thread: what the function returned, cut to 32 bits
     */
    public record Outcome(long threadId, long result) {}

    /**
     * Calls a function with one parameter and waits for what it returns.
     *
     * @throws DriverException when it cannot be called, or does not return in time
     */
    public static Outcome call(
            WindowsProcess process, long functionVa, long parameter, Duration timeout) {
        var threadId = new int[1];
        long thread =
                Kernel32.CreateRemoteThread(
                        process.handle(), null, 0, functionVa, parameter, 0, threadId);
        if (thread == 0) {
            throw Failures.last("CreateRemoteThread");
        }
        try {
            if (!WindowsProcess.await(thread, timeout)) {
                throw new DriverException(
                        "CreateRemoteThread",
                        TIMED_OUT,
                        "The code did not return within " + timeout.toMillis() + " ms.");
            }
            var code = new int[1];
            Failures.check("GetExitCodeThread", Kernel32.GetExitCodeThread(thread, code));
            return new Outcome(threadId[0] & 0xffffffffL, code[0] & 0xffffffffL);
        } finally {
            Kernel32.CloseHandle(thread);
        }
    }

    /** Whether a failed call was given up on, so that its code may still use what it was given. */
    static boolean mayStillRun(DriverException failure) {
        return failure.code() == TIMED_OUT;
    }

    /**
     * Puts machine code into the process, runs it with one parameter, and takes it away again.
     *
     * @throws DriverException when it cannot be run, or does not return in time
     */
    public static Outcome run(
            WindowsProcess process, byte[] code, long parameter, Duration timeout) {
        ProcessMemory memory = process.memory();
        long at = memory.allocate(0, code.length, Protection.EXECUTE_READ_WRITE);
        boolean ended = false;
        try {
            memory.overwrite(at, code);
            Outcome outcome = call(process, at, parameter, timeout);
            ended = true;
            return outcome;
        } catch (DriverException e) {
            ended = !mayStillRun(e);
            throw e;
        } finally {
            if (ended) {
                memory.free(at);
            }
        }
    }

    /**
     * Has the process load a library.
     *
     * @return the module
     * @throws DriverException when it does not load; the message names the usual reasons
     */
    public static LoadedModule inject(WindowsProcess process, Path library, Duration timeout) {
        String path = library.toAbsolutePath().toString();
        byte[] text = (path + "\0").getBytes(StandardCharsets.UTF_16LE);
        long load = systemFunction(process, "kernel32", "LoadLibraryW");
        ProcessMemory memory = process.memory();
        long at = memory.allocate(0, text.length, Protection.READ_WRITE);
        boolean ended = false;
        try {
            memory.write(at, text);
            call(process, load, at, timeout);
            ended = true;
        } catch (DriverException e) {
            ended = !mayStillRun(e);
            throw e;
        } finally {
            if (ended) {
                memory.free(at);
            }
        }
        // The result of the call is a handle cut to 32 bits; the loader's list says it whole.
        String name = LoadedModule.baseName(path);
        return process.modules().stream()
                .filter(m -> m.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new DriverException(
                                        "LoadLibrary " + path,
                                        126,
                                        "The process did not load it: is it there, for "
                                                + process.architecture()
                                                + ", with all the libraries it needs?"));
    }

    /**
     * Address of a function of a library of Windows in a process: by the exports of the process,
     * or, while its loader has not begun, by those of this program, because the libraries of
     * Windows lie at the same place in all programs of the same width.
     */
    static long systemFunction(WindowsProcess process, String library, String function) {
        var module = process.module(library);
        if (module.isPresent()) {
            ModuleExports exports = process.exports(module.get());
            var va = exports.address(function);
            if (va.isPresent()) {
                return va.getAsLong();
            }
            var forward = exports.forward(function);
            if (forward.isPresent() && forward.get().indexOf('.') > 0) {
                String[] parts = forward.get().split("\\.", 2);
                if (process.module(parts[0]).isPresent()) {
                    return systemFunction(process, parts[0], parts[1]);
                }
            }
        }
        if (process.architecture() == process.machine()) {
            long own = Kernel32.GetModuleHandleW(new WString(library));
            long va = own == 0 ? 0 : Kernel32.GetProcAddress(own, function);
            if (va != 0) {
                return va;
            }
        }
        throw new DriverException(
                library + "!" + function, 127, "The process has no such function yet.");
    }

    /** Starts a thread and returns its handle. */
    static long startThread(WindowsProcess process, long va, long parameter) {
        long thread =
                Kernel32.CreateRemoteThread(
                        process.handle(), null, 0, va, parameter, 0, new int[1]);
        if (thread == 0) {
            throw Failures.last("CreateRemoteThread");
        }
        return thread;
    }

    /**
     * Starts a thread and does not wait for it.
     *
     * @param suspended whether it is to wait until somebody resumes it
     */
    public static WindowsThread start(
            WindowsProcess process, long functionVa, long parameter, boolean suspended) {
        var id = new int[1];
        long thread =
                Kernel32.CreateRemoteThread(
                        process.handle(),
                        null,
                        0,
                        functionVa,
                        parameter,
                        suspended ? CREATE_SUSPENDED : 0,
                        id);
        if (thread == 0) {
            throw Failures.last("CreateRemoteThread");
        }
        try {
            return WindowsThread.open(process, id[0] & 0xffffffffL);
        } finally {
            Kernel32.CloseHandle(thread);
        }
    }
}
