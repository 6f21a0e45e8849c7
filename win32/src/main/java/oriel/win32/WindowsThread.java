package oriel.win32;

import com.sun.jna.Memory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.bytes.Bytes;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Ntdll;

/** An open thread of an open process. Close it when done. */
public final class WindowsThread implements AutoCloseable {
    private static final int ALL = 0x1fffff;
    private static final int LIMITED = 0x0800 | 0x0002 | 0x0008 | 0x0040;
    private static final int STILL_ACTIVE = 259;
    private static final int TEB = 8;
    private static final int BASIC_SIZE = 48;
    private static final int NAME_ROOM = 1 << 12;
    private static final int NOT_SUPPORTED = 50;
    private static final int INVALID_FUNCTION = 1;
    private static final List<String> SEGMENTS = List.of("cs", "ds", "es", "fs", "gs", "ss");

    private final long threadId;
    private final long handle;
    private final WindowsProcess process;

    private WindowsThread(WindowsProcess process, long threadId, long handle) {
        this.process = process;
        this.threadId = threadId;
        this.handle = handle;
    }

    /**
     * Opens a thread.
     *
     * @throws oriel.driver.DriverException when it is gone or may not be opened
     */
    public static WindowsThread open(WindowsProcess process, long threadId) {
        long handle = Kernel32.OpenThread(ALL, false, (int) threadId);
        if (handle == 0) {
            handle = Kernel32.OpenThread(LIMITED, false, (int) threadId);
        }
        if (handle == 0) {
            throw Failures.last("OpenThread " + threadId);
        }
        return new WindowsThread(process, threadId, handle);
    }

    /** Its id. */
    public long threadId() {
        return threadId;
    }

    /** Holds it, once more if it is held already. Returns how often it was held before. */
    public int suspend() {
        int before = Kernel32.SuspendThread(handle);
        if (before == -1) {
            throw Failures.last("SuspendThread " + threadId);
        }
        return before;
    }

    /** Undoes one suspension. Returns how often it was held before. */
    public int resume() {
        int before = Kernel32.ResumeThread(handle);
        if (before == -1) {
            throw Failures.last("ResumeThread " + threadId);
        }
        return before;
    }

    /** How often it is held; empty when the system does not tell. */
    public OptionalInt suspendCount() {
        try (var answer = new Memory(4)) {
            int status =
                    Ntdll.NtQueryInformationThread(
                            handle, Ntdll.THREAD_SUSPEND_COUNT, answer, 4, null);
            return status < 0 ? OptionalInt.empty() : OptionalInt.of(answer.getInt(0));
        }
    }

    /**
     * Its registers, of the program's own width. The thread must be held, or they are of no use.
     *
     * @throws oriel.driver.DriverException when it is gone or may not be asked
     */
    public RegisterSet registers() {
        return ThreadContext.read(handle, process.architecture(), process.isWow64()).registers();
    }

    /** The 64-bit registers of a thread of a 32-bit program. */
    public RegisterSet nativeRegisters() {
        return ThreadContext.read(handle, process.machine(), false).registers();
    }

    /** Changes registers: those that are known in the set; the others stay. */
    public void registers(RegisterSet wanted) {
        ThreadContext context =
                ThreadContext.read(handle, process.architecture(), process.isWow64());
        context.set(wanted);
        context.write(handle);
    }

    /** One register by its name. */
    public void register(String name, long value) {
        Architecture architecture = process.architecture();
        registers(RegisterSet.builder(architecture).set(name, value).build());
    }

    /** Address of its environment block, of the program's own width. */
    public long tebVa() {
        try (var answer = new Memory(BASIC_SIZE)) {
            Failures.check(
                    "NtQueryInformationThread",
                    Ntdll.NtQueryInformationThread(
                            handle, Ntdll.THREAD_BASIC, answer, BASIC_SIZE, null));
            long wide = answer.getLong(TEB);
            if (!process.isWow64()) {
                return wide;
            }
            // ExceptionList of the 64-bit block holds the address of the 32-bit one. Some systems
            // leave it empty and put the 32-bit block two pages after the other.
            long narrow = process.memory().unsigned(wide, 8).orElse(0);
            return narrow != 0 && narrow >>> 32 == 0 ? narrow : wide + 0x2000;
        }
    }

    /**
     * What a selector means to a 32-bit thread.
     *
     * @param selector value of a segment register
     * @throws oriel.driver.DriverException when the table has no such entry, or the thread is one
     *     of a 64-bit program: the system tells nothing of their tables
     */
    public SegmentDescriptor segment(int selector) {
        String call = "Wow64GetThreadSelectorEntry 0x" + Integer.toHexString(selector);
        if (process.architecture() != Architecture.X86) {
            throw Failures.of(call, NOT_SUPPORTED);
        }
        try (var entry = new Memory(SegmentDescriptor.SIZE)) {
            Failures.check(call, Kernel32.Wow64GetThreadSelectorEntry(handle, selector, entry));
            return SegmentDescriptor.read(
                    Bytes.of(entry.getByteArray(0, SegmentDescriptor.SIZE), call));
        }
    }

    /**
     * Where a segment begins: {@code linear address = segmentBase("fs") + offset}. The thread must
     * be held. Where the system does not tell, it is what Windows makes of every thread.
     *
     * @param register cs, ds, es, fs, gs or ss
     */
    public long segmentBase(String register) {
        if (!SEGMENTS.contains(register)) {
            throw new IllegalArgumentException(register + " is none of " + SEGMENTS);
        }
        return switch (process.architecture()) {
            case X86 -> {
                int selector = (int) registers().value(register).orElse(0);
                try {
                    yield segment(selector).base();
                } catch (DriverException e) {
                    // Wine 10 does not look into tables from without.
                    if (e.code() != INVALID_FUNCTION) {
                        throw e;
                    }
                    yield register.equals("fs") ? tebVa() : 0;
                }
            }
            // Of all segments of 64-bit programs, Windows lets one begin elsewhere than at 0.
            case X64 -> register.equals("gs") ? tebVa() : 0;
            case ARM, ARM64 -> throw Failures.of("segment register " + register, NOT_SUPPORTED);
        };
    }

    /** Its stack, from its limit now to its base; empty when it cannot be read. */
    public AddressRange stack() {
        Architecture own = process.architecture();
        long teb = tebVa();
        long base = process.memory().pointer(teb + own.pointerSize(), own).orElse(0);
        long limit = process.memory().pointer(teb + 2L * own.pointerSize(), own).orElse(0);
        return AddressRange.compare(limit, base) < 0
                ? new AddressRange(limit, base - limit)
                : AddressRange.EMPTY;
    }

    /** The handlers of exceptions it has set up; empty for all but 32-bit programs. */
    public List<SehChain.Handler> exceptionHandlers() {
        return process.architecture() == Architecture.X86
                ? SehChain.read(process.memory(), tebVa())
                : List.of();
    }

    /**
     * Whom it waits for.
     *
     * @throws oriel.driver.DriverException when the system does not tell
     */
    public WaitChain waitChain() {
        return WaitChain.of(threadId);
    }

    /** Where it began; 0 when the system does not tell. */
    public long startVa() {
        try (var answer = new Memory(8)) {
            int status =
                    Ntdll.NtQueryInformationThread(handle, Ntdll.THREAD_START, answer, 8, null);
            return status < 0 ? 0 : answer.getLong(0);
        }
    }

    /** Name given by SetThreadDescription. */
    public Optional<String> name() {
        try (var answer = new Memory(NAME_ROOM)) {
            int status =
                    Ntdll.NtQueryInformationThread(
                            handle, Ntdll.THREAD_NAME, answer, NAME_ROOM, null);
            int length = status < 0 ? 0 : answer.getShort(0) & 0xffff;
            return length == 0
                    ? Optional.empty()
                    : Optional.of(new String(answer.getPointer(8).getCharArray(0, length / 2)));
        }
    }

    /** Gives it a name, as SetThreadDescription does. */
    public void name(String name) {
        int length = Math.min(name.length(), Short.MAX_VALUE / Character.BYTES);
        try (var text = new Memory(Math.max(2, length * 2L));
                var wanted = new Memory(16)) {
            text.write(0, name.toCharArray(), 0, length);
            wanted.clear();
            wanted.setShort(0, (short) (length * 2));
            wanted.setShort(2, (short) (length * 2));
            wanted.setPointer(8, text);
            Failures.check(
                    "NtSetInformationThread",
                    Ntdll.NtSetInformationThread(handle, Ntdll.THREAD_NAME, wanted, 16));
        }
    }

    /** Its top-level windows. */
    public List<DesktopWindow> windows() {
        return TopLevelWindows.list().stream().filter(w -> w.threadId() == threadId).toList();
    }

    /** Whether it hides from debuggers; empty where the system does not say. */
    public Optional<Boolean> isHidden() {
        try (var answer = new Memory(4)) {
            int status =
                    Ntdll.NtQueryInformationThread(handle, Ntdll.THREAD_HIDDEN, answer, 1, null);
            return status < 0 ? Optional.empty() : Optional.of(answer.getByte(0) != 0);
        }
    }

    /** When it ran. */
    public ProcessTimes times() {
        var created = new long[1];
        var exited = new long[1];
        var kernel = new long[1];
        var user = new long[1];
        Failures.check(
                "GetThreadTimes", Kernel32.GetThreadTimes(handle, created, exited, kernel, user));
        return new ProcessTimes(
                FileTimes.instant(created[0]),
                FileTimes.instant(exited[0]),
                FileTimes.duration(kernel[0]),
                FileTimes.duration(user[0]));
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return !await(Duration.ZERO);
    }

    /** Exit code as signed 32 bits; empty while it runs. */
    public OptionalInt exitCode() {
        var code = new int[1];
        Failures.check("GetExitCodeThread", Kernel32.GetExitCodeThread(handle, code));
        return code[0] == STILL_ACTIVE && isAlive() ? OptionalInt.empty() : OptionalInt.of(code[0]);
    }

    /** Waits until it ends. Returns whether it did. */
    public boolean await(Duration timeout) {
        return WindowsProcess.await(handle, timeout);
    }

    /** Ends it at once: locks it holds stay locked. */
    public void kill(int exitCode) {
        Failures.check("TerminateThread", Kernel32.TerminateThread(handle, exitCode));
    }

    @Override
    public void close() {
        Kernel32.CloseHandle(handle);
    }
}
