package oriel.win32;

import com.sun.jna.Memory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.driver.DriverException;
import oriel.model.Architecture;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Ntdll;
import oriel.win32.raw.Structures;

/**
 * An open process. It may end at any time; what needs it alive then fails, while exit code, times
 * and identity stay. Close it when done: a process that somebody has open cannot go wholly.
 */
public final class WindowsProcess implements AutoCloseable {
    private static final int STILL_ACTIVE = 259;
    private static final int WAIT_TIMEOUT = 258;
    private static final int WAIT_FAILED = -1;

    /** PACKAGE_FULL_NAME_MAX_LENGTH and its terminator. */
    private static final int MOST_PACKAGE_NAME = 128;

    private final long processId;
    private final long handle;
    private final ProcessMemory memory;
    private final Architecture architecture;
    private final Architecture machine;
    private boolean closed;

    WindowsProcess(long processId, long handle) {
        this.processId = processId;
        this.handle = handle;
        this.memory = new ProcessMemory(handle);
        this.machine = SystemFacts.machine();
        this.architecture = architectureOf(handle, machine);
    }

    /**
     * Opens a process with all rights, or else with those needed to read it, or else with those
     * needed to identify it.
     *
     * @throws DriverException when there is no such process, or nobody may open it
     */
    public static WindowsProcess open(long processId) {
        DriverException first = null;
        for (Access access : new Access[] {Access.ALL, Access.READ, Access.LIMITED}) {
            try {
                return open(processId, access);
            } catch (DriverException e) {
                if (e.code() != Failures.ACCESS_DENIED) {
                    throw e;
                }
                first = first == null ? e : first;
            }
        }
        throw first == null ? Failures.of("OpenProcess " + processId, 0) : first;
    }

    /**
     * Opens a process with certain rights.
     *
     * @throws DriverException when there is no such process, or it may not be opened so
     */
    public static WindowsProcess open(long processId, Access access) {
        long handle = Kernel32.OpenProcess(access.bits(), false, (int) processId);
        if (handle == 0) {
            DriverException failure = Failures.last("OpenProcess " + processId);
            if (failure.code() == Failures.INVALID_PARAMETER) {
                throw new DriverException(
                        "OpenProcess " + processId, failure.code(), "There is no such process.");
            }
            throw failure;
        }
        return new WindowsProcess(processId, handle);
    }

    // --- identity -----------------------------------------------------------------------------

    /** Its id. */
    public long processId() {
        return processId;
    }

    /** The handle, for calls that this class does not have; it closes with this object. */
    public long handle() {
        return handle;
    }

    /** X86 for a 32-bit program, whatever the machine is. */
    public Architecture architecture() {
        return architecture;
    }

    /** Architecture of the machine. */
    public Architecture machine() {
        return machine;
    }

    /** Whether it is a 32-bit program on a 64-bit system. */
    public boolean isWow64() {
        return architecture == Architecture.X86 && machine != Architecture.X86;
    }

    private static Architecture architectureOf(long handle, Architecture machine) {
        var wow64 = new int[1];
        boolean known = Kernel32.IsWow64Process(handle, wow64);
        return known && wow64[0] != 0 ? Architecture.X86 : machine;
    }

    /** Path of the program. */
    public String imagePath() {
        var name = new char[1 << 15];
        var size = new int[] {name.length};
        Failures.check(
                "QueryFullProcessImageName",
                Kernel32.QueryFullProcessImageNameW(handle, 0, name, size));
        return new String(name, 0, size[0]);
    }

    /**
     * On whose behalf it runs.
     *
     * @throws DriverException when it may not be asked
     */
    public ProcessOwner owner() {
        return ProcessOwner.of(this);
    }

    /** How it is protected; empty when it is not, or the system does not say. */
    public Optional<ProcessProtection> protection() {
        try (var answer = new Memory(1)) {
            int status =
                    Ntdll.NtQueryInformationProcess(
                            handle, Ntdll.PROCESS_PROTECTION, answer, 1, null);
            return status < 0 ? Optional.empty() : ProcessProtection.of(answer.getByte(0));
        }
    }

    /** Full name of the package that it is an app of; empty for other programs. */
    public Optional<String> packageName() {
        var name = new char[MOST_PACKAGE_NAME];
        var length = new int[] {name.length};
        return Kernel32.GetPackageFullName(handle, length, name) == 0
                ? Optional.of(DevicePaths.firstText(name))
                : Optional.empty();
    }

    /** Id of the process that started it. */
    public long parentId() {
        return basic(Structures.BASIC_PARENT);
    }

    /** Address of its environment block, of its own width. */
    public OptionalLong pebVa() {
        long va = isWow64() ? wow64Peb() : basic(Structures.BASIC_PEB);
        return va == 0 ? OptionalLong.empty() : OptionalLong.of(va);
    }

    /** Address of the 64-bit environment block of a 32-bit program, or of its only one. */
    public OptionalLong nativePebVa() {
        long va = basic(Structures.BASIC_PEB);
        return va == 0 ? OptionalLong.empty() : OptionalLong.of(va);
    }

    private long basic(int field) {
        try (var answer = new Memory(Structures.BASIC_SIZE)) {
            Failures.check(
                    "NtQueryInformationProcess",
                    Ntdll.NtQueryInformationProcess(
                            handle, Ntdll.PROCESS_BASIC, answer, Structures.BASIC_SIZE, null));
            return answer.getLong(field);
        }
    }

    private long wow64Peb() {
        try (var answer = new Memory(8)) {
            Failures.check(
                    "NtQueryInformationProcess",
                    Ntdll.NtQueryInformationProcess(handle, Ntdll.PROCESS_WOW64, answer, 8, null));
            return answer.getLong(0);
        }
    }

    /** What its environment block tells: command line, environment, folder. */
    public ProcessBlock block() {
        return ProcessBlock.read(memory, architecture, pebVa());
    }

    /** Its open handles; those that may not be copied have no type and name. */
    public List<HandleInfo> handles() {
        return ProcessHandles.of(this);
    }

    /** Its heaps. */
    public List<ProcessHeap> heaps() {
        return ProcessHeap.list(this);
    }

    /** What protects it against exploits, as far as the system tells. */
    public Map<MitigationPolicy, Long> mitigations() {
        return MitigationPolicy.of(this);
    }

    /** Its top-level windows. */
    public List<DesktopWindow> windows() {
        return TopLevelWindows.of(processId);
    }

    /** The services it runs. */
    public List<ServiceEntry> services() {
        return WindowsServices.list().stream().filter(s -> s.processId() == processId).toList();
    }

    /** Number of open handles. */
    public long handleCount() {
        var count = new int[1];
        Failures.check("GetProcessHandleCount", Kernel32.GetProcessHandleCount(handle, count));
        return count[0] & 0xffffffffL;
    }

    /** Whether a debugger is attached. */
    public boolean isDebugged() {
        var present = new int[1];
        Failures.check(
                "CheckRemoteDebuggerPresent", Kernel32.CheckRemoteDebuggerPresent(handle, present));
        return present[0] != 0;
    }

    /**
     * Whether data cannot be executed: empty where the system does not say, always true for 64-bit
     * programs.
     */
    public Optional<Boolean> dataExecutionPrevention() {
        if (architecture.is64Bit()) {
            return Optional.of(true);
        }
        try (var answer = new Memory(4)) {
            int status =
                    Ntdll.NtQueryInformationProcess(
                            handle, Ntdll.PROCESS_EXECUTE_FLAGS, answer, 4, null);
            // MEM_EXECUTE_OPTION_DISABLE
            return status < 0 ? Optional.empty() : Optional.of((answer.getInt(0) & 1) != 0);
        }
    }

    // --- parts --------------------------------------------------------------------------------

    /** Its memory. */
    public ProcessMemory memory() {
        return memory;
    }

    /** Its threads now. */
    public List<ThreadEntry> threads() {
        return SystemSnapshot.take()
                .process(processId)
                .map(ProcessEntry::threads)
                .orElse(List.of());
    }

    /** Its modules now, in the order of the loader; those of its own width. */
    public List<LoadedModule> modules() {
        return LoaderList.read(memory, architecture, pebVa());
    }

    /** A module by its file name, with or without extension, in any case. */
    public Optional<LoadedModule> module(String name) {
        return modules().stream()
                .filter(m -> m.name().equalsIgnoreCase(name) || m.label().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Where the code of one of its modules begins; empty for a library without such a place. */
    public OptionalLong entryVa(LoadedModule module) {
        long va = MappedImage.read(memory, module.base()).entryVa();
        return va == 0 ? OptionalLong.empty() : OptionalLong.of(va);
    }

    /** How often one of its modules is loaded; empty when the loader does not say. */
    public Optional<ModuleLoads> loads(LoadedModule module) {
        OptionalLong entry = LoaderList.entryVa(memory, architecture, pebVa(), module.base());
        // Wine has the newer places and counts in the older one.
        boolean byNode = SystemFacts.isAtLeast(6, 2) && !SystemFacts.isWine();
        return entry.isEmpty()
                ? Optional.empty()
                : ModuleLoads.read(memory, architecture, entry.getAsLong(), byNode);
    }

    /** Exports of one of its modules, read from its memory. */
    public ModuleExports exports(LoadedModule module) {
        return ModuleExports.read(memory, module.base());
    }

    // --- state --------------------------------------------------------------------------------

    /** Whether it runs. */
    public boolean isAlive() {
        return Kernel32.WaitForSingleObject(handle, 0) == WAIT_TIMEOUT;
    }

    /** Exit code, as signed 32 bits; empty while it runs. */
    public OptionalInt exitCode() {
        var code = new int[1];
        Failures.check("GetExitCodeProcess", Kernel32.GetExitCodeProcess(handle, code));
        return code[0] == STILL_ACTIVE && isAlive() ? OptionalInt.empty() : OptionalInt.of(code[0]);
    }

    /** When it ran. */
    public ProcessTimes times() {
        var created = new long[1];
        var exited = new long[1];
        var kernel = new long[1];
        var user = new long[1];
        Failures.check(
                "GetProcessTimes", Kernel32.GetProcessTimes(handle, created, exited, kernel, user));
        return new ProcessTimes(
                FileTimes.instant(created[0]),
                isAlive() ? Optional.empty() : FileTimes.instant(exited[0]),
                FileTimes.duration(kernel[0]),
                FileTimes.duration(user[0]));
    }

    /** Waits until it ends. Returns whether it did. */
    public boolean await(Duration timeout) {
        return await(handle, timeout);
    }

    static boolean await(long handle, Duration timeout) {
        long milliseconds = Math.min(timeout.toMillis(), Integer.MAX_VALUE);
        int outcome = Kernel32.WaitForSingleObject(handle, (int) milliseconds);
        if (outcome == WAIT_FAILED) {
            throw Failures.last("WaitForSingleObject");
        }
        return outcome != WAIT_TIMEOUT;
    }

    /**
     * Holds all threads. Each call counts; {@link Suspension#close} undoes one. A thread may run on
     * for a moment until the system has stopped it; {@link WindowsThread#registers} waits for that.
     *
     * @throws DriverException when the process may not be held
     */
    public Suspension suspend() {
        return Suspension.of(this);
    }

    /** Undoes one suspension of each thread, whoever made it. */
    public void resume() {
        Failures.check("NtResumeProcess", Ntdll.NtResumeProcess(handle));
    }

    /**
     * Whether every thread is held, by whomever. False when the system does not tell.
     *
     * @param threads those of the process, as they were listed last
     */
    public boolean isHeld(List<ThreadEntry> threads) {
        for (ThreadEntry entry : threads) {
            try (WindowsThread thread = WindowsThread.open(this, entry.threadId())) {
                if (thread.suspendCount().orElse(0) == 0) {
                    return false;
                }
            } catch (DriverException e) {
                // It ended, or may not be asked.
                return false;
            }
        }
        return !threads.isEmpty();
    }

    // --- ending -------------------------------------------------------------------------------

    /** Ends it at once; its code has no say. */
    public void kill(int exitCode) {
        Failures.check("TerminateProcess", Kernel32.TerminateProcess(handle, exitCode));
    }

    /**
     * Has it end itself by ExitProcess, so that its libraries are told.
     *
     * @return whether it ended in time
     */
    public boolean exitCleanly(int exitCode, Duration timeout) {
        long exit = RemoteCode.systemFunction(this, "kernel32", "ExitProcess");
        long thread = RemoteCode.startThread(this, exit, exitCode & 0xffffffffL);
        Kernel32.CloseHandle(thread);
        return await(timeout);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Kernel32.CloseHandle(handle);
        }
    }
}
